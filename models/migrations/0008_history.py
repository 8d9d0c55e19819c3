"""What was done to rows, by whom; the triggers that write it are made at the start. And whose answers are kept."""

from peewee import CharField, DateTimeField, ForeignKeyField, IntegerField, Model, TextField

from models.shared.fields import IdField


def up(migrator, db):
    class Change(Model):
        id = IdField()
        created = DateTimeField(null=True, index=True)
        person = IntegerField(null=True)
        command = CharField(max_length=150, null=True)
        label = CharField(max_length=20, null=True)
        undone_by = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "changes"
            legacy_table_names = False
            indexes = ((("person", "id"), False),)

    Change.add_index(Change.index(Change.undone_by, where=Change.undone_by.is_null(False), name="changes_undone"))

    class ChangedRow(Model):
        id = IdField()
        change = ForeignKeyField(Change, null=True, on_delete="CASCADE")
        table_name = CharField(max_length=63)
        row_id = IntegerField()
        done = CharField(max_length=6)
        before = TextField(null=True)
        after = TextField(null=True)

        class Meta:
            database = db
            table_name = "changed_rows"
            legacy_table_names = False
            indexes = ((("table_name", "row_id", "change"), False), (("table_name", "change"), False))

    for name, columns in (("gone", [ChangedRow.table_name, ChangedRow.change]), ("gone_lately", [ChangedRow.change])):
        ChangedRow.add_index(ChangedRow.index(*columns, where=ChangedRow.done == "delete", name=f"changed_rows_{name}"))
    db.create_tables([Change, ChangedRow])
    migrator.migrate(migrator.add_column("receipts", "person", IntegerField(null=True)))
