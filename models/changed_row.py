"""What a change did to each row: how it was before, and afterwards."""

from peewee import CharField, ForeignKeyField, IntegerField

from models.change import Change
from models.shared.history.stored import StoredField
from models.shared.rows import BaseModel


class ChangedRow(BaseModel):
    """One row of a change. Their ids are in the order in which they were written.

    `done` is create, update or delete. `before` and `after` are JSON objects of columns as the database has them: all
    of them for a row that came or went, else those that changed. Neither has a secret. Without a change it is none: a
    row that might have been replaced.
    """

    change = ForeignKeyField(Change, null=True, backref="rows", on_delete="CASCADE")
    table_name = CharField(max_length=63)
    row_id = IntegerField()
    done = CharField(max_length=6)
    before = StoredField(null=True)
    after = StoredField(null=True)

    change_id: int | None

    history = False

    class Meta:
        table_name = "changed_rows"
        indexes = ((("table_name", "row_id", "change"), False), (("table_name", "change"), False))


for name, columns in (("gone", [ChangedRow.table_name, ChangedRow.change]), ("gone_lately", [ChangedRow.change])):
    ChangedRow.add_index(ChangedRow.index(*columns, where=ChangedRow.done == "delete", name=f"changed_rows_{name}"))
