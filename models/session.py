"""Who is logged in. A browser or a script holds a random token; the table only its digest."""

from datetime import timedelta
from typing import Any, Self

from peewee import SQL, BooleanField, CharField, DateTimeField, ForeignKeyField, fn

from models.closed_account import ClosedAccount
from models.shared.database import database
from models.shared.fields import IntegerField, LineField, utc_now
from models.shared.prepared import Given, prepared
from models.shared.row_checks import Invalid
from models.shared.rows import BaseModel
from models.shared.tokens import digest, new_token
from models.shared.waiting import Busy, without_waiting
from models.user import User

BROWSER_DAYS = 14
SCRIPT_DAYS = 90
MOST_DAYS = 365
MOST_LOGINS = 50  # the oldest login ends when there are more
USE_IS_NOTED_AFTER = timedelta(minutes=1)
DAYS = IntegerField(null=True, default=SCRIPT_DAYS, minimum=1, maximum=MOST_DAYS, help_text="How long the token lasts.")


class Session(BaseModel):
    """A login: a browser's lasts as long as it is used, a script's until the day it was given."""

    digest = CharField(max_length=64, unique=True)
    user = ForeignKeyField(User, backref="sessions", on_delete="CASCADE")
    kind = CharField(max_length=10, choices=[("browser", "Browser"), ("script", "Script")])
    label = LineField(max_length=100, null=True, help_text="What it is for, so that you know it again.")
    created = DateTimeField(default=utc_now)
    last_used = DateTimeField(default=utc_now)
    expires = DateTimeField(index=True)
    chooses = BooleanField(default=False)  # a password of their own, before anything else
    user_id: int

    shows = ("id", "kind", "label", "created", "last_used", "expires")
    history = False
    secrets = ("digest",)
    sort = "-id"
    examples = {"kind": "script", "label": "Backup"}

    class Meta:
        table_name = "sessions"

    @classmethod
    def start(
        cls, user: User, kind: str, label: str | None = None, days: int | None = None, asked_by: Self | None = None
    ) -> tuple[Self, str]:
        """Log `user` in: the new row, and the token that nobody can read again. `Invalid` for bad `label` or `days`.

        Without a password it is `asked_by` a login. Busy when that has just ended, or the password has just changed;
        AccountClosed for who may not log in. Who is let in by a slip uses it up, and must choose a password.
        """
        if days is None:
            days = BROWSER_DAYS if kind == "browser" else SCRIPT_DAYS
        if type(days) is not int or not 1 <= days <= MOST_DAYS:
            raise Invalid({"days": f"must be a whole number from 1 to {MOST_DAYS}"})
        token = new_token()
        expires = utc_now() + timedelta(days=days)
        session = cls(
            digest=digest(token), user=user, kind=kind, label=label, expires=expires, chooses=user.slip is not None
        )
        with database.atomic():
            user.refuse_if_changed(user.password_hash)
            ClosedAccount.refuse(user)
            if user.slip:
                user.slip.use_up()
            if asked_by and not cls.select().where(cls.id == asked_by.id).exists():
                raise Busy("This login has just ended.")
            cls.sweep()
            session.create()
            newest = cls.select(cls.id).where(cls.user == user).order_by(cls.id.desc()).limit(MOST_LOGINS)
            cls.delete().where(cls.user == user, cls.id.not_in([each.id for each in newest])).execute()
        return session, token

    @classmethod
    def of_token(cls, token: str, kind: str) -> Self | None:
        """The login of this `kind` that `token` opens, with its user, unless it is unknown or over."""
        return cls.of_tokens([token], kind)

    @classmethod
    def of_tokens(cls, tokens: list[str], kind: str) -> Self | None:
        """The same for the first of `tokens` that opens one. It is one query, however many they are."""
        digests = [digest(token) for token in tokens]
        given = {f"digest {number}": each for number, each in enumerate(digests)}
        found = cls.good_ones(len(digests)).rows(kind=kind, now=utc_now(), **given) if digests else []
        return min(found, key=lambda session: digests.index(session.digest), default=None)

    @classmethod
    @prepared
    def good_ones(cls, count: int) -> Any:
        """The logins of a kind with one of so many digests that are not over, with users whose accounts are open."""
        digests = [Given(f"digest {number}") for number in range(count)]
        good = cls.digest.in_(digests) & (cls.kind == Given("kind")) & (cls.expires > Given("now"))
        closed = ClosedAccount.select(SQL("1")).where(ClosedAccount.user == cls.user)
        return cls.select(cls, User).join(User).where(good & ~fn.EXISTS(closed))

    @classmethod
    def of_user(cls, user: User) -> list[Self]:
        """The logins of `user` that are not over, the newest first."""
        return list(cls.select().where(cls.user == user, cls.expires > utc_now()).order_by(cls.id.desc()))

    @classmethod
    def sweep(cls) -> None:
        """Remove the logins that are over."""
        cls.delete().where(cls.expires <= utc_now()).execute()

    def note_use(self) -> None:
        """Remember that it is used, at most once a minute; a browser's then lasts another fortnight."""
        now = utc_now()
        if self.last_used and now - self.last_used < USE_IS_NOTED_AFTER:
            return
        self.last_used = now
        if self.kind == "browser":
            self.expires = now + timedelta(days=BROWSER_DAYS)
        with without_waiting():
            self.save(only=[Session.last_used, Session.expires])

    def note_chosen(self) -> None:
        """There is a password of their own now."""
        self.chooses = False
        Session.update(chooses=False).where(Session.id == self.id).execute()

    @property
    def owner_id(self) -> int:
        """Whose login it is."""
        return self.user_id
