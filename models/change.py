"""What was done to rows: a request or a command that wrote something is one change."""

from peewee import CharField, DateTimeField, IntegerField

from models.shared.rows import BaseModel


class Change(BaseModel):
    """One change, with its rows in `ChangedRow`. Triggers write both, whatever program it was.

    `person` is a user's id, which may be that of a user who is gone. `command` says what was asked for, like
    `POST /posts/3/edit`; another program says nothing. `label` says what cannot be seen in the rows: seeded, erased or
    restored. `undone_by` is the change that has taken this one back. One that has not been `created` is still being
    written.
    """

    created = DateTimeField(null=True, index=True)
    person = IntegerField(null=True)
    command = CharField(max_length=150, null=True)
    label = CharField(max_length=20, null=True)
    undone_by = IntegerField(null=True)

    history = False
    sort = "-id"

    class Meta:
        table_name = "changes"
        indexes = ((("person", "id"), False),)


Change.add_index(Change.index(Change.undone_by, where=Change.undone_by.is_null(False), name="changes_undone"))
