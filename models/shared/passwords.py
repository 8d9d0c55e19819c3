"""Passwords: what may be chosen, and the slow hash that is all we keep of one."""

from contextlib import AbstractContextManager
from typing import Any
from unicodedata import normalize

from models.shared.fields import WriteOnlyField
from models.shared.places import Places
from models.shared.text import can_be_sent, check_characters, check_length
from models.shared.tries import only_once

LENGTHS = 8, 256
METHOD = "scrypt:32768:8:1"  # Werkzeug's default, about 32 MB and 0.1 s a hash
# What is compared for those who have no password: of a random text that nobody has kept.
HASH_OF_NOTHING = (
    "scrypt:32768:8:1$ifpZzRa5OxIBFSfE$a5384fdb725112a86948c15e5e81b35c4e870de63"
    "7bd1a9b23c92ccdb38e2fd9462b0bec20e0b6bb86d7ad285a1c903f6e9f164702e903f91ee03e192e0c19f3"
)
LESSON_PASSWORD = "123"  # noqa: S105 - and the uid: public knowledge
KNOWN_TO_ALL = f"must not be {LESSON_PASSWORD} and the user id, which everyone knows"

HASHING = Places("Many are logging in or signing up just now.", seconds=10)


class PasswordField(WriteOnlyField):
    """A password that somebody chooses. It becomes a hash in the row's `password_hash`; blank keeps the old one."""

    def __init__(self, *args: Any, min_length: int = 0, max_length: int = LENGTHS[1], **options: Any) -> None:
        self.min_length, self.max_length = min_length, max_length
        super().__init__(*args, **options)

    def accept(self, value: Any) -> str:
        """The password as it was typed. ValueError with a message."""
        if not isinstance(value, str):
            raise ValueError("must be text")
        check_length(value, self.min_length, self.max_length)
        check_characters(value, lines=False)
        return value

    def keep(self, row: Any, value: Any) -> None:
        """Keep only the hash."""
        if value is not None:
            row.set_password(value)


def hashing_slot() -> AbstractContextManager[None]:
    """Where `hash_of` and `is_password` are to be called. Busy when too many wait for it, or for too long."""
    return HASHING.place()


def is_lesson_password(uid: Any, password: Any) -> bool:
    """Whether it is the one that the lesson tells everyone: `123` and the uid, as somebody may type that."""
    return isinstance(uid, str) and password == LESSON_PASSWORD + uid.strip().lower()


def hash_of(text: str) -> str:
    """The slow hash of a password, about 0.1 s."""
    from werkzeug import security  # it loads all of Werkzeug

    return only_once(("hash", text), lambda: security.generate_password_hash(normalize("NFC", text), method=METHOD))


def is_password(kept: str | None, text: str) -> bool:
    """Whether `kept` is the hash of `text`. It takes as long when nothing is kept, so that time tells nobody."""
    from werkzeug import security

    if not text or len(text) > LENGTHS[1] or not can_be_sent(text):
        return False
    try:
        is_right = only_once(
            ("is hash", kept, text),
            lambda: security.check_password_hash(kept or HASH_OF_NOTHING, normalize("NFC", text)),
        )
    except ValueError:  # no hash at all: somebody typed it into the table
        return False
    return is_right and kept is not None
