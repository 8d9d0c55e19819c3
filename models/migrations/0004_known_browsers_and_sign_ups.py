"""Browsers in which somebody has logged in before, and sign-ups."""

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

    class SignUp(Model):
        id = IdField()
        address = CharField(max_length=64, index=True)
        created = DateTimeField(index=True)

        class Meta:
            database = db
            table_name = "sign_ups"
            legacy_table_names = False

    db.create_tables([KnownBrowser, SignUp])
