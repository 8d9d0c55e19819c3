"""Why the database cannot be used just now, in words for whoever sits at the site: they name no file."""

from typing import NoReturn

from peewee import OperationalError

HELD = "Another program holds the database: close it there, or commit. Then try again."
CROWDED = "Many are writing just now. Please try again in a moment."
FULL = "The disk is full: nothing new can be kept until something is deleted."
GONE = "The database file was deleted or replaced while the site ran: put it back, or start the site again."
READ_ONLY = "The database may not be written: its file, its folder or its disk is read-only."
SERVER_READ_ONLY = "The database may only be read at this moment. Please try again."
SQLITE_WORDS = {  # what SQLite calls it; a longer name before a shorter one that it begins with
    "SQLITE_BUSY": HELD,
    "SQLITE_LOCKED": HELD,
    "SQLITE_FULL": FULL,
    "SQLITE_READONLY_DBMOVED": GONE,
    "SQLITE_READONLY": READ_ONLY,
}


class Unavailable(OperationalError):
    """The database cannot be written, or not be read; the message says why, and what to do."""


def raise_in_words(error: OperationalError) -> NoReturn:
    """Raise Unavailable when there are words for this error of SQLite, else the error as it is."""
    name = sqlite_name_of(error)
    for start, words in SQLITE_WORDS.items():
        if name.startswith(start):
            raise Unavailable(words) from error
    raise error


def is_held(error: BaseException) -> bool:
    """Whether another program has the lock that was waited for."""
    return sqlite_name_of(error).startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def sqlite_name_of(error: BaseException) -> str:
    """SQLite's name for what went wrong, such as SQLITE_BUSY; empty for another engine's error."""
    return getattr(getattr(error, "orig", error), "sqlite_errorname", "")
