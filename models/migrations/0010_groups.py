"""Groups and who is in them, one-time passwords, what is hidden and closed; a post may be for a group only."""

from peewee import BooleanField, CharField, DateTimeField, ForeignKeyField, IntegerField, Model

from models.shared.fields import IdField


def up(migrator, db):
    class Table(Model):
        id = IdField()

        class Meta:
            database = db
            legacy_table_names = False

    class User(Table):
        class Meta:
            table_name = "users"

    class Post(Table):
        class Meta:
            table_name = "posts"

    class Group(Table):
        name = CharField(max_length=100, unique=True)
        quiet = BooleanField()
        join_code = CharField(max_length=20, null=True, unique=True)
        join_until = DateTimeField(null=True)
        join_most = IntegerField(null=True)
        created = DateTimeField()

        class Meta:
            table_name = "groups"

    class Membership(Table):
        group = ForeignKeyField(Group, on_delete="CASCADE")
        user = ForeignKeyField(User, on_delete="CASCADE")
        role = CharField(max_length=10)
        created = DateTimeField()

        class Meta:
            table_name = "memberships"
            indexes = ((("group", "user"), True),)

    class Slip(Table):
        user = ForeignKeyField(User, unique=True, on_delete="CASCADE")
        password_hash = CharField()
        link_digest = CharField(max_length=64, unique=True)
        pin_hash = CharField(null=True)
        pin_tries = IntegerField()
        created = DateTimeField()
        expires = DateTimeField(index=True)

        class Meta:
            table_name = "slips"

    class Joining(Table):
        group = ForeignKeyField(Group, on_delete="CASCADE")
        user = ForeignKeyField(User, null=True, on_delete="CASCADE")
        name = CharField(max_length=255)
        uid = CharField(max_length=64)
        password_hash = CharField()
        digest = CharField(max_length=64, unique=True)
        created = DateTimeField()
        answered = DateTimeField(null=True)

        class Meta:
            table_name = "joinings"

    class HiddenPost(Table):
        post = ForeignKeyField(Post, unique=True, on_delete="CASCADE")
        reason = CharField(max_length=300)
        hidden_by = ForeignKeyField(User, null=True, on_delete="SET NULL")
        created = DateTimeField()

        class Meta:
            table_name = "hidden_posts"

    class ClosedAccount(Table):
        user = ForeignKeyField(User, unique=True, on_delete="CASCADE")
        reason = CharField(max_length=300, null=True)
        closed_by = ForeignKeyField(User, null=True, on_delete="SET NULL")
        created = DateTimeField()

        class Meta:
            table_name = "closed_accounts"

    db.create_tables([Group, Membership, Slip, Joining, HiddenPost, ClosedAccount])
    migrator.migrate(
        migrator.add_column("sessions", "chooses", BooleanField(default=False)),
        migrator.add_column(
            "posts", "group_id", ForeignKeyField(Group, null=True, field=Group.id, on_delete="NO ACTION")
        ),
        migrator.add_index("posts", ("userID", "group_id"), False),
    )
