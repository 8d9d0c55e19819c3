"""One-time passwords, as they are handed out on slips of paper."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import NamedTuple, Self

from peewee import CharField, DateTimeField, ForeignKeyField, IntegerField

from models.session import Session
from models.shared.database import database
from models.shared.fields import utc_now
from models.shared.passwords import hash_of, hashing_slot, is_password
from models.shared.row_checks import Invalid
from models.shared.rows import BaseModel
from models.shared.spoken_passwords import as_spoken, new_spoken_password
from models.shared.tokens import digest, new_token
from models.shared.waiting import Busy, one_at_a_time
from models.user import User

SLIP_DAYS = 14
MOST_PIN_TRIES = 5  # wrong ones in all, wherever they come from; then the link is good no more
WAS_FOR_ONCE = "was good once only, and for 14 days at most: ask for a new one"


class NewSlip(NamedTuple):
    """What is printed, and what is kept of it. Nobody can read `password` and `link` again."""

    password: str
    link: str
    kept: dict[str, str | None]


class Slip(BaseModel):
    """What opens the site for `user` once, until it is over: a password, or a link with or without a PIN.

    Only what cannot be turned back is kept of them. Who is let in by it must choose a password of their own, and
    when they have one, there is no slip any more.
    """

    user = ForeignKeyField(User, backref="slips", unique=True, on_delete="CASCADE")
    password_hash = CharField()
    link_digest = CharField(max_length=64, unique=True)
    pin_hash = CharField(null=True)
    pin_tries = IntegerField(default=0)
    created = DateTimeField(default=utc_now)
    expires = DateTimeField(index=True)
    user_id: int

    history = False
    secrets = ("password_hash", "link_digest", "pin_hash")
    sort = "-id"

    class Meta:
        table_name = "slips"

    @classmethod
    def give(
        cls, users: Sequence[User], given_by: User | None = None, pin: str | None = None
    ) -> list[tuple[User, str, str]]:
        """New ones: each user with the password and the token of the link. Their own password is void, as their slip.

        All their logins end. `Invalid` for `given_by` themselves, who would be logged out before they have read it.
        """
        if given_by in users:
            raise Invalid({"user": "is you: your own password is changed at your account"})
        new = cls.made(len(users), pin)
        cls.hand_out(users, new)
        return [(user, each.password, each.link) for user, each in zip(users, new, strict=True)]

    @classmethod
    def made(cls, count: int, pin: str | None = None) -> list[NewSlip]:
        """So many, for nobody yet. A hash takes about 0.1 s, so not inside a transaction; others come in between."""
        return [cls.new(pin) for _ in range(count)]

    @classmethod
    def new(cls, pin: str | None) -> NewSlip:
        """One of them."""
        password, link = new_spoken_password(), new_token()
        with hashing_slot():
            password_hash = hash_of(password)
        kept = {"password_hash": password_hash, "link_digest": digest(link), "pin_hash": pin and pin_digest(link, pin)}
        return NewSlip(password, link, kept)

    @classmethod
    def hand_out(cls, users: Sequence[User], new: Sequence[NewSlip]) -> None:
        """One of `new` for each user, all or none."""
        ids, expires = [user.id for user in users], utc_now() + timedelta(days=SLIP_DAYS)
        with database.atomic():
            one_at_a_time("slips")
            cls.delete().where(cls.expires <= utc_now() - timedelta(days=SLIP_DAYS)).execute()
            cls.void(ids)
            for user, each in zip(users, new, strict=True):
                cls.insert(user=user, expires=expires, **each.kept).execute()

    @classmethod
    def void(cls, ids: Collection[int]) -> None:
        """In a transaction: the passwords, logins and slips of these users are good no more."""
        User.update(password_hash=None).where(User.id.in_(ids)).execute()
        Session.delete().where(Session.user.in_(ids)).execute()
        cls.delete().where(cls.user.in_(ids)).execute()

    @classmethod
    def take_back(cls, ids: Collection[int]) -> None:
        """The slips of these users let nobody in any more; whoever they let in and has not chosen yet is out."""
        with database.atomic():
            cls.delete().where(cls.user.in_(ids)).execute()
            Session.delete().where(Session.user.in_(ids), Session.chooses).execute()

    @classmethod
    def of_uid(cls, uid: str) -> Self | None:
        """The slip of who has this uid, and no password."""
        has_none = User.password_hash.is_null()
        return cls.select(cls, User).join(User).where(User.uid == uid, has_none).first()

    def user_with(self, password: str) -> User | None:
        """Who it is for, when `password` is on it; to be called in a `hashing_slot`. Their login uses it up."""
        return self.let_in() if is_password(self.password_hash, as_spoken(password)) else None

    @classmethod
    def of_link(cls, link: str) -> Self | None:
        """The slip with this token, unless it is over, used, or void."""
        is_good = (cls.link_digest == digest(link)) & (cls.expires > utc_now()) & (cls.pin_tries < MOST_PIN_TRIES)
        return cls.select(cls, User).join(User).where(is_good).first()

    def is_opened_by(self, link: str, pin: str) -> bool:
        """Whether this PIN is the one of the link, or it has none. A wrong one is counted, before it is looked at."""
        if self.pin_hash is None:
            return True
        with database.transaction():
            fewer = (Slip.id == self.id) & (Slip.pin_tries < MOST_PIN_TRIES)
            if not Slip.update(pin_tries=Slip.pin_tries + 1).where(fewer).execute():
                return False
        return self.pin_hash == pin_digest(link, pin)

    def let_in(self) -> User:
        """Who it is for; `Session.start` uses it up."""
        self.user.slip = self
        return self.user

    @property
    def is_over(self) -> bool:
        """Whether it has been used, or is too old."""
        return self.expires <= utc_now()

    def use_up(self) -> None:
        """In the transaction of a login: it is good no more. Busy when somebody was quicker."""
        now = utc_now()
        if not Slip.update(expires=now).where(Slip.id == self.id, Slip.expires > now).execute():
            raise Busy("This one-time password has just been used.")


def pin_digest(link: str, pin: str) -> str:
    """What is kept of a PIN: without the token of its link, nobody can try all."""
    return digest(f"{link} {pin}")
