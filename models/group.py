"""Groups: periods and teams, with those who are in them."""

from typing import Any

from peewee import BooleanField, CharField, DateTimeField, IntegerField, ModelSelect

from models.shared.database import database
from models.shared.fields import LineField, utc_now
from models.shared.rows import BaseModel
from models.shared.viewers import Viewer


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
    memberships: Any  # who is in it: Peewee makes it, as Membership.group says backref="memberships"

    shows = ("id", "name", "quiet", "created")
    readers = "members"
    when_deleted = "NO ACTION"  # without it, the rows that are for it would be for everybody
    secrets = ("join_code",)
    sort = "name"
    takes_along = ("group",)
    examples = {"name": "Period 3", "quiet": False}

    class Meta:
        table_name = "groups"

    def __str__(self) -> str:
        return str(self.name or f"group {self.id}")

    def add(self, user: Any, role: str = "member") -> bool:
        """Take `user` in. Whether they are new: who is in it already keeps their role. DoesNotExist when it is gone."""
        with database.atomic():
            self.lock()
            if self.memberships.where(self.membership.user == user).exists():
                return False
            self.membership.create(group=self, user=user, role=role)
            return True

    def remove(self, user: Any) -> None:
        """Take `user` out. DoesNotExist when they are not in it."""
        self.memberships.where(self.membership.user == user).get().delete()

    def people(self) -> "ModelSelect[Any]":
        """Who is in it as a member."""
        return self.users(self.membership.role == "member")

    def pupils(self) -> "ModelSelect[Any]":
        """Its members over whom a teacher has a say."""
        return self.users(self.membership.is_of_pupil())

    def teachers(self) -> "ModelSelect[Any]":
        """Who teaches it."""
        return self.users(self.membership.role == "teacher")

    def users(self, which: Any) -> "ModelSelect[Any]":
        """Those of such memberships, by their names."""
        user = self.membership.user.rel_model
        ids = self.memberships.select(self.membership.user).where(which)
        return user.select().where(user.id.in_(ids)).order_by(user.name, user.id)

    @classmethod
    def ids_with(cls, user: Any) -> Any:
        """The query of the ids of the groups that `user` is in, whatever their role."""
        members = cls.memberships.rel_model.alias()
        return members.select(members.group).where(members.user == user)

    @classmethod
    def seen_by(cls, viewer: Viewer, rows: Any = None) -> Any:
        """Their own; visitors see none."""
        rows = rows or cls
        return rows.id.is_null() if viewer.id is None else rows.id.in_(cls.ids_with(viewer.me))

    @property
    def membership(self) -> Any:
        """The class that says who is in it, which knows of this one."""
        return type(self).memberships.rel_model
