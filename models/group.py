"""Groups: periods and teams, with those who are in them."""

from peewee import BooleanField, CharField, DateTimeField, IntegerField

from models.shared.fields import LineField, utc_now
from models.shared.rows import BaseModel


class Group(BaseModel):
    """Some people and their teachers. With a `join_code` others may ask to come in, unless it is over or full.

    In a `quiet` group everybody reads, and nobody but teachers and admins writes.
    """

    name = LineField(max_length=100, unique=True)
    quiet = BooleanField(default=False)
    join_code = CharField(max_length=20, null=True, unique=True)
    join_until = DateTimeField(null=True)
    join_most = IntegerField(null=True)  # people who may come in by this code
    created = DateTimeField(default=utc_now)

    secrets = ("join_code",)
    sort = "name"

    class Meta:
        table_name = "groups"

    def __str__(self) -> str:
        return str(self.name or f"group {self.id}")
