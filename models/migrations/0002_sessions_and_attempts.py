"""Logins, and guesses at passwords."""

from peewee import CharField, DateTimeField, ForeignKeyField, Model

from models.shared.fields import IdField


def up(migrator, db):
    class User(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "users"
            legacy_table_names = False

    class Session(Model):
        id = IdField()
        digest = CharField(max_length=64, unique=True)
        user = ForeignKeyField(User, on_delete="CASCADE")
        kind = CharField(max_length=10)
        label = CharField(max_length=100, null=True)
        created = DateTimeField()
        last_used = DateTimeField()
        expires = DateTimeField(index=True)

        class Meta:
            database = db
            table_name = "sessions"
            legacy_table_names = False

    class Attempt(Model):
        id = IdField()
        uid = CharField(max_length=64)
        address = CharField(max_length=64)
        created = DateTimeField(index=True)

        class Meta:
            database = db
            table_name = "attempts"
            legacy_table_names = False
            indexes = ((("address", "uid"), False),)

    db.create_tables([Session, Attempt])
