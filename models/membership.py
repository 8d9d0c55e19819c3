"""Who is in which group."""

from peewee import CharField, DateTimeField, ForeignKeyField

from models.group import Group
from models.shared.fields import utc_now
from models.shared.rows import BaseModel
from models.user import User


class Membership(BaseModel):
    """That `user` is in `group`, as a member of it or as its teacher."""

    group = ForeignKeyField(Group, backref="memberships", on_delete="CASCADE")
    user = ForeignKeyField(User, backref="memberships", on_delete="CASCADE")
    role = CharField(max_length=10, choices=[("member", "Member"), ("teacher", "Teacher")], default="member")
    created = DateTimeField(default=utc_now)

    class Meta:
        table_name = "memberships"
        indexes = ((("group", "user"), True),)
