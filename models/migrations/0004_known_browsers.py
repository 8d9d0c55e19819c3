"""Browsers in which somebody has logged in before."""

from peewee import CharField, DateTimeField, ForeignKeyField, Model

from models.shared.fields import IdField


def up(migrator, db):
    class User(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "users"
            legacy_table_names = False

    class KnownBrowser(Model):
        id = IdField()
        digest = CharField(max_length=64)
        user = ForeignKeyField(User, on_delete="CASCADE")
        last_used = DateTimeField()

        class Meta:
            database = db
            table_name = "known_browsers"
            legacy_table_names = False
            indexes = ((("digest", "user"), True),)

    db.create_tables([KnownBrowser])
