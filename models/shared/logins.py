"""Logging in: the passwords of a row's own, and the logins that end when it changes."""

from typing import Any, Self

from models.shared.database import database
from models.shared.fields import LineField
from models.shared.passwords import hash_of, hashing_slot, is_lesson_password, is_password
from models.shared.rows import BaseModel
from models.shared.text import tidy
from models.shared.waiting import Busy, locked

MOST_TYPED = 256  # characters, with blanks around them
UID_LETTERS = "the letters a to z, digits, dots, underscores and hyphens"


class UidField(LineField):
    """What somebody logs in with. Nobody else has it, and capitals make no difference."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            min_length=2,
            max_length=64,
            lower=True,
            pattern=r"[a-z0-9._-]+",
            allows=UID_LETTERS,
            unique=True,
            autocomplete="username",
            verbose_name="User id",
            help_text=f"{UID_LETTERS[0].upper()}{UID_LETTERS[1:]}; for logging in.",
            **options,
        )


def typed_uid(value: Any) -> str:
    """The uid that somebody means who typed or pasted `value`; nothing when nobody can have it."""
    try:
        return tidy(value, MOST_TYPED).lower() if isinstance(value, str) and len(value) <= MOST_TYPED else ""
    except ValueError:
        return ""


class LogsIn(BaseModel):
    """Somebody with a `uid`, a `password_hash`, `sessions`, and `slips` that let them in once."""

    sessions: Any  # what Session.user refers back with
    slips: Any  # the same of Slip.user
    password_hash: Any
    secrets = ("password_hash",)
    login: Any = None  # the session that outlives a change of password
    slip: Any = None  # what lets them in, where that is no password
    old_hash: Any = None  # what the password was before it was set

    @property
    def owner_id(self) -> int:
        """They are their own."""
        return int(self.id)

    def set_password(self, text: str) -> None:
        """Keep only the hash of `text`. It takes about 0.1 s, so not inside a transaction."""
        with hashing_slot():
            new_hash = hash_of(text)
        if not self.is_changed("password_hash"):
            self.old_hash = self.password_hash
        self.password_hash = new_hash

    def check_password(self, text: str) -> bool:
        """Whether `text` is the password; never so for somebody who has none. It takes as long as `set_password`."""
        with hashing_slot():
            return is_password(self.password_hash, text)

    @classmethod
    def log_in(cls, uid: str, password: str, lesson: bool) -> Self | None:
        """Who has this uid and password; to be called in a `hashing_slot`.

        An unknown uid takes as long as a wrong password. The password that the lesson tells everyone,
        `123` and the uid, is good in `lesson` mode only.
        """
        user = cls.get_or_none(uid=uid)
        is_known_to_all = is_lesson_password(uid, password) and not lesson
        is_right = is_password(user.password_hash if user else None, password)
        return user if is_right and not is_known_to_all else None

    def before_write(self) -> None:
        """With a new password all other logins end, and what let them in once is good no more."""
        super().before_write()
        if self.is_changed("password_hash"):
            self.refuse_if_changed(self.old_hash)
            self.end_sessions(but=self.login)
            if self.old_hash is None:  # nobody who has a password has a slip
                slip = type(self).slips.rel_model
                slip.delete().where(slip.user == self).execute()
            if self.login and self.login.chooses:
                self.login.note_chosen()

    def refuse_if_changed(self, known_hash: str | None) -> None:
        """In a transaction: Busy when the password is not the one that was known, else it stays so to the end."""
        model = type(self)
        now = locked(model.select(model.password_hash).where(model.id == self.id))
        if [each.password_hash for each in now] != [known_hash]:
            raise Busy("The password has just been changed.")

    def end_sessions(self, but: Any = None) -> None:
        """Log this user out everywhere, `but` in one place. Who is just logging in is logged out too."""
        session = type(self).sessions.rel_model
        ended = session.delete().where(session.user == self)
        with database.atomic():
            self.lock()
            (ended.where(session.id != but.id) if but else ended).execute()
