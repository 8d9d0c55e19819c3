"""Answers to requests with a one-time key."""

from peewee import CharField, DateTimeField, IntegerField, Model, TextField

from models.shared.fields import IdField


def up(migrator, db):
    class Receipt(Model):
        id = IdField()
        digest = CharField(max_length=64, unique=True)
        content = CharField(max_length=64)
        status = IntegerField()
        location = TextField(null=True)
        content_type = CharField(max_length=100, null=True)
        body = TextField()
        created = DateTimeField(index=True)

        class Meta:
            database = db
            table_name = "receipts"
            legacy_table_names = False

    db.create_tables([Receipt])
