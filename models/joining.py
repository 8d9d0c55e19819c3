"""Who has asked to come into a group by its code, until a teacher has answered."""

from peewee import CharField, DateTimeField, ForeignKeyField

from models.group import Group
from models.shared.fields import LineField, utc_now
from models.shared.rows import BaseModel
from models.user import User


class Joining(BaseModel):
    """Somebody who waits to come into `group`: as a new user, or as one of its people whose name they have picked."""

    group = ForeignKeyField(Group, backref="joinings", on_delete="CASCADE")
    user = ForeignKeyField(User, null=True, backref="joinings", on_delete="CASCADE")
    name = LineField(max_length=255)
    uid = CharField(max_length=64)
    password_hash = CharField()
    digest = CharField(max_length=64, unique=True)  # of the token by which their browser is known again
    created = DateTimeField(default=utc_now)
    answered = DateTimeField(null=True)

    history = False
    secrets = ("password_hash", "digest")
    sort = "-id"

    class Meta:
        table_name = "joinings"
