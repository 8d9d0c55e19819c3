"""Accounts that a teacher or an admin has closed."""

from typing import Self

from peewee import DateTimeField, ForeignKeyField

from models.shared.database import database
from models.shared.fields import LineField, utc_now
from models.shared.row_checks import Invalid
from models.shared.rows import BaseModel
from models.shared.waiting import Busy
from models.user import User


class AccountClosed(Exception):
    """Somebody would log in whose account is closed; the message is for them."""


class ClosedAccount(BaseModel):
    """That `user` may not log in, and why. What they have made stays."""

    user = ForeignKeyField(User, backref="closed", unique=True, on_delete="CASCADE")
    reason = LineField(max_length=300, null=True, verbose_name="Why", help_text="For teachers and admins.")
    closed_by = ForeignKeyField(User, null=True, backref="closed_accounts", on_delete="SET NULL")
    created = DateTimeField(default=utc_now)
    user_id: int

    shows = ("user", "reason", "closed_by", "created")
    sort = "-id"
    examples = {"user": 11, "reason": "Has left the school.", "closed_by": 1}

    class Meta:
        table_name = "closed_accounts"

    def __str__(self) -> str:
        return f"the account of user {self.__data__.get('user')}"

    @classmethod
    def close(cls, user: User, by: User, reason: str | None = None) -> Self:
        """Nobody is logged in as `user` from now on. `Invalid` for the last admin, for oneself, and for bad text."""
        if user == by:
            raise Invalid({"user": "must be somebody else"})
        closed = cls(user=user, closed_by=by, reason=reason)
        with database.atomic():
            admins = user.locked_admins()
            if by.is_admin and by.id not in admins:
                raise Busy("Your own account has just been changed.")
            if admins == [user.id]:
                raise Invalid({"user": "must stay open, as nobody else is an admin"})
            if cls.of(user):
                raise Invalid({"user": "is closed already"})
            closed.create()
            user.end_sessions()
        return closed

    @classmethod
    def of(cls, user: User) -> Self | None:
        """Who closed the account of `user`, when and why; None while it is open."""
        found: Self | None = cls.get_or_none(cls.user == user)
        return found

    @classmethod
    def refuse(cls, user: User) -> None:
        """AccountClosed when `user` may not log in."""
        if cls.of(user):
            raise AccountClosed("This account is closed. Ask a teacher or an admin.")
