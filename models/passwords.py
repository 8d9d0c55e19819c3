"""Passwords: what may be chosen, and the slow hash that is all we keep of one."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from secrets import token_urlsafe
from threading import BoundedSemaphore
from typing import Any
from unicodedata import normalize

from models.base import Busy
from models.text import check_characters, check_length

LENGTHS = 8, 256
METHOD = "scrypt"  # Werkzeug's default: N=2^15, r=8, p=1, about 32 MB and 0.1 s a hash
LESSON_PASSWORD = "123"  # noqa: S105 - and the uid: public knowledge

places = BoundedSemaphore()


def limit_hashing(count: int) -> None:
    """How many passwords this process may hash at once, so that its other threads can answer everyone else."""
    global places  # noqa: PLW0603 - bound late, like the database
    places = BoundedSemaphore(count)


@contextmanager
def place_to_hash() -> Iterator[None]:
    """Where `hash_of` and `is_password` are to be called. Busy, at once, when all places are taken."""
    taken = places
    if not taken.acquire(blocking=False):
        raise Busy
    try:
        yield
    finally:
        taken.release()


def hash_of(text: str) -> str:
    from werkzeug.security import generate_password_hash  # it loads all of Werkzeug

    return generate_password_hash(normalize("NFC", text), method=METHOD)


def is_password(kept: str | None, text: str) -> bool:
    """Whether `kept` is the hash of `text`. It takes as long when nothing is kept, so that time tells nobody."""
    from werkzeug.security import check_password_hash

    nothing = hash_of_nothing()
    if len(text) > LENGTHS[1] or not can_be_sent(text):
        return False
    is_right = check_password_hash(kept or nothing, normalize("NFC", text))
    return is_right and kept is not None


@cache
def hash_of_nothing() -> str:
    """What is compared for those who have no password."""
    return hash_of(token_urlsafe())


def can_be_sent(text: str) -> bool:
    """JSON can say half a character, which is none in UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def check_choice_of(text: Any, uid: str) -> None:
    """ValueError with a message when `uid` should not choose this password."""
    if not isinstance(text, str):
        raise ValueError("must be text")
    check_length(text, *LENGTHS)
    check_characters(text, lines=False)
    if text == LESSON_PASSWORD + uid:
        raise ValueError(f"must not be {LESSON_PASSWORD} and the user id, which everyone knows")
