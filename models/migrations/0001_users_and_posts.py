"""The first tables: users and their posts."""

from peewee import CharField, DateField, DateTimeField, ForeignKeyField, Model, TextField

from models.shared.fields import IdField


def up(migrator, db):
    class User(Model):
        id = IdField()
        name = CharField(column_name="_name", index=True)
        uid = CharField(column_name="_uid", max_length=64, unique=True)
        password_hash = CharField(column_name="_password", null=True)
        dob = DateField(column_name="_dob", null=True, index=True)
        role = CharField(column_name="_role")

        class Meta:
            database = db
            table_name = "users"
            legacy_table_names = False

    class Post(Model):
        id = IdField()
        note = TextField()
        image = CharField(null=True)
        user = ForeignKeyField(User, column_name="userID", on_delete="CASCADE")
        created = DateTimeField(index=True)

        class Meta:
            database = db
            table_name = "posts"
            legacy_table_names = False

    db.create_tables([User, Post])
