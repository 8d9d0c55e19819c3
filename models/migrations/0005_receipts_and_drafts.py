"""Answers to requests with a one-time key, and what was written by somebody who was logged in no more."""

from peewee import CharField, DateTimeField, ForeignKeyField, IntegerField, Model, TextField

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

    class KnownBrowser(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "known_browsers"
            legacy_table_names = False

    class Draft(Model):
        id = IdField()
        known_browser = ForeignKeyField(KnownBrowser, on_delete="CASCADE")
        path = CharField(max_length=255)
        texts = TextField()
        created = DateTimeField(index=True)

        class Meta:
            database = db
            table_name = "drafts"
            legacy_table_names = False
            indexes = ((("known_browser", "path"), True),)

    db.create_tables([Receipt, Draft])
