"""Who has asked to come into a group by its code, until a teacher has answered."""

from datetime import timedelta
from typing import Any, Self

from peewee import CharField, DateTimeField, ForeignKeyField

from models.group import Group
from models.shared.database import database
from models.shared.fields import LineField, utc_now
from models.shared.row_checks import Invalid, check_row
from models.shared.short_lived import ShortLived
from models.shared.tokens import digest, new_token
from models.shared.waiting import one_at_a_time
from models.slip import Slip
from models.user import User

NO_PUPIL = "is no pupil of this group any more: ask an admin"
PICKED_ALREADY = "has been picked already, or has a password: ask your teacher"


class Joining(ShortLived):
    """Somebody who waits to come into `group`: as a new user, or as one of its people whose name they have picked.

    Who is new has a `uid`, and gets a `user` when a teacher lets them in.
    """

    group = ForeignKeyField(Group, backref="joinings", on_delete="CASCADE")
    user = ForeignKeyField(User, null=True, backref="joinings", on_delete="CASCADE")
    name = LineField(max_length=255)
    uid = CharField(max_length=64)
    password_hash = CharField()
    digest = CharField(max_length=64, unique=True)  # of the token by which their browser is known again
    created = DateTimeField(default=utc_now)
    answered = DateTimeField(null=True)
    user_id: int | None

    memory = timedelta(days=14)
    secrets = ("password_hash", "digest")
    sort = "-id"

    class Meta:
        table_name = "joinings"

    @classmethod
    def ask(cls, group: Group, user: User, is_new: bool) -> str:
        """`user`, whose password has been checked, wants to come in. The token by which their browser is known."""
        token = new_token()
        whose = {"uid": user.uid} if is_new else {"uid": "", "user": user}
        with database.atomic():
            one_at_a_time(f"joining {group.id}")
            cls.sweep()
            cls.refuse_if_full(group)
            cls.refuse_if_waiting(user, is_new)
            cls.insert(
                group=group, name=user.name, password_hash=user.password_hash, digest=digest(token), **whose
            ).execute()
        return token

    @classmethod
    def refuse_if_full(cls, group: Group) -> None:
        """`Invalid` when as many have come by this code as may."""
        if group.join_most is not None and cls.select().where(cls.group == group).count() >= group.join_most:
            raise Invalid({"code": "has let in as many as it may: ask your teacher"})

    @classmethod
    def refuse_if_waiting(cls, user: User, is_new: bool) -> None:
        """`Invalid` when somebody waits with this user id, or has picked this name."""
        same = (cls.uid == user.uid) if is_new else (cls.user == user)
        if cls.select().where(same, cls.answered.is_null()).exists():
            raise Invalid({"uid": "is already taken"} if is_new else {"user": PICKED_ALREADY})

    @classmethod
    def of_group(cls, group: Group) -> list[Self]:
        """All who came by its code, the first one first."""
        return list(cls.select().where(cls.group == group, ~cls.is_over()).order_by(cls.id))

    @classmethod
    def of_token(cls, token: str) -> Self | None:
        """What became of who asked in this browser; None when they were turned away, or it is long ago."""
        return cls.select(cls, Group).join(Group).where(cls.digest == digest(token), ~cls.is_over()).first()

    @property
    def is_new(self) -> bool:
        """Whether it is nobody who was there before."""
        return bool(self.uid)

    @property
    def uid_to_log_in(self) -> str:
        """What they log in with when they are in."""
        user: Any = self.user
        return str(user.uid if user else self.uid)

    def let_in(self) -> None:
        """They are in the group, and log in with the password that they chose. `Invalid` when that cannot be."""
        with database.atomic():
            self.lock()
            if Joining.get_by_id(self.id).answered:
                return
            user = self.made_user() if self.is_new else self.picked_user()
            self.group.add(user)
            Joining.update(user=user, answered=utc_now()).where(Joining.id == self.id).execute()

    def made_user(self) -> User:
        """A new one."""
        user: User = User.create(name=self.name, uid=self.uid, password_hash=self.password_hash)
        return user

    def picked_user(self) -> User:
        """The one who was there, with the password that was chosen; a slip of theirs is void."""
        user = self.pupil(self.user_id)
        if user.password_hash is not None:
            raise Invalid({"user": "has a password by now"})
        User.update(password_hash=self.password_hash).where(User.id == user.id).execute()
        Slip.take_back([user.id])
        return user

    def pupil(self, user_id: int | None) -> Any:
        """Who was there or was let in. `Invalid` when they are no pupil of the group now: its teacher has no say."""
        found = self.group.pupils().where(User.id == user_id).first()
        if not found:
            raise Invalid({"user": NO_PUPIL})
        return found

    def turn_away(self) -> None:
        """They wait no more."""
        self.delete()

    def undo(self) -> None:
        """It was a wrong tick: they wait again. Whoever was new is gone with what they wrote; the history knows it.

        `Invalid` for who has left the group since, or is over its teacher now.
        """
        with database.atomic():
            self.lock()
            now = Joining.get_by_id(self.id)
            if not now.answered:
                return
            user = self.pupil(now.user_id)
            Joining.update(answered=None, user=None if self.is_new else user.id).where(Joining.id == self.id).execute()
            if self.is_new:
                user.delete()
            else:
                Slip.void([user.id])


def with_chosen_password(user: User) -> User:
    """`user`, whose password is only a hash now; `Invalid` for what they or it cannot be."""
    problems = {} if user.given.get("password") else {"password": "is required"}
    try:
        check_row(user, [] if user.id else User._meta.sorted_fields)
    except Invalid as error:
        problems = error.problems | problems
    if problems:
        raise Invalid(problems)
    user.set_password(user.given.pop("password"))
    return user
