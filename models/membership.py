"""Who is in which group."""

from typing import Any

from peewee import CharField, DateTimeField, ForeignKeyField

from models.group import Group
from models.shared.fields import utc_now
from models.shared.prepared import Given, prepared
from models.shared.rows import BaseModel
from models.user import User


class Membership(BaseModel):
    """That `user` is in `group`, as a member of it or as its teacher."""

    group = ForeignKeyField(Group, backref="memberships", on_delete="CASCADE")
    user = ForeignKeyField(User, backref="memberships", on_delete="CASCADE")
    role = CharField(max_length=10, choices=[("member", "Member"), ("teacher", "Teacher")], default="member")
    created = DateTimeField(default=utc_now)
    user_id: int

    class Meta:
        table_name = "memberships"
        indexes = ((("group", "user"), True),)

    def __str__(self) -> str:
        return f"user {self.__data__.get('user')} in group {self.__data__.get('group')}"

    @classmethod
    def group_ids_of(cls, user: User) -> list[int]:
        """The groups that `user` is in, whatever their role."""
        rows: Any = cls.select(cls.group).where(cls.user == user).order_by(cls.group)
        return [row[0] for row in rows.tuples()]

    @classmethod
    def is_teacher(cls, user: User, group: Group | None = None) -> bool:
        """Whether `user` teaches this group; without one, whether they teach any."""
        theirs = cls.ids_taught_by(user)
        return bool((theirs.where(theirs.model.group == group) if group else theirs).exists())

    @classmethod
    def must_be_quiet(cls, user: User) -> bool:
        """Whether `user` is a member of a group that is quiet. Its teachers are not."""
        return cls.quiet_ones().value(user=user.id) is not None

    @classmethod
    @prepared
    def quiet_ones(cls) -> Any:
        """The id of one membership of somebody in a quiet group."""
        is_quiet = (cls.user == Given("user")) & (cls.role == "member") & Group.quiet
        return cls.select(cls.id).join(Group).where(is_quiet).limit(1)

    @classmethod
    def teaches(cls, teacher: User, user: User) -> bool:
        """Whether `user` is in a group that `teacher` teaches, and a pupil."""
        return bool(cls.pupils_of(teacher).where(cls.user == user).exists())

    @classmethod
    def pupils_of(cls, teacher: User) -> Any:
        """The query of the ids of all whom `teacher` teaches."""
        return cls.select(cls.user).where(cls.group.in_(cls.ids_taught_by(teacher)) & cls.is_of_pupil())

    @classmethod
    def is_of_pupil(cls) -> Any:
        """The condition that somebody can be taught: nobody teaches an admin, or who teaches a group themselves."""
        teachers = cls.alias()
        untouchable = teachers.select(teachers.user).where(teachers.role == "teacher")
        admins = User.select(User.id).where(User.role == "admin")
        return cls.user.not_in(untouchable) & cls.user.not_in(admins)

    @classmethod
    def ids_taught_by(cls, teacher: User) -> Any:
        """The query of the ids of the groups that `teacher` teaches."""
        own = cls.alias()
        return own.select(own.group).where((own.user == teacher) & (own.role == "teacher"))
