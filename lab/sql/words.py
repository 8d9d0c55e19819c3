"""Why a statement came to nothing, in words."""

import errno
from typing import Any

from lab.sql.limits import MEMORY_OF_SQL, SECONDS_OF_SQL

TOO_LATE = f"It had not ended after {SECONDS_OF_SQL:.0f} seconds, so it was stopped."
TOO_MUCH_MEMORY = f"It would take more memory than the {MEMORY_OF_SQL >> 20} MiB that one statement may have."
TOO_MUCH_WRITTEN = "It would write more than a copy may grow by."
COPY_FULL = "The disk is full, so there is no room for a copy of the database. Nothing was changed."
WORDS_OF_ERRORS = {
    "SQLITE_INTERRUPT": TOO_LATE,
    "SQLITE_NOMEM": TOO_MUCH_MEMORY,
    "SQLITE_TOOBIG": "It would make a text, or a row, of more than 16 MiB, or is too long itself.",
    "SQLITE_FULL": COPY_FULL,
    "SQLITE_IOERR": TOO_MUCH_WRITTEN,
    "SQLITE_READONLY": "It would change something, and the copy that is read cannot be written.",
}
NO_VALUES = "It has a place for a value, like ? or :name, and there is none here: write the value itself."
NO_REGEXP = "SQLite has no regular expressions of its own: use LIKE 'a%' or GLOB '[a-c]*'."


def reason_of(error: BaseException, refused: str = "") -> str:
    """Of an error of SQLite, or of the system; `refused` is what SQLite was not allowed to use."""
    name, text = getattr(error, "sqlite_errorname", ""), str(error)
    if isinstance(error, MemoryError):
        return TOO_MUCH_MEMORY
    if isinstance(error, OSError):
        return COPY_FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else TOO_MUCH_WRITTEN
    if "number of bindings" in text:
        return NO_VALUES
    if "REGEXP" in text:
        return NO_REGEXP
    if name == "SQLITE_AUTH" or "not authorized" in text or "prohibited" in text:
        return f"That is not done here: {refused or text}. A statement reaches this database, and no file beside it."
    words = next((words for start, words in WORDS_OF_ERRORS.items() if name.startswith(start)), "")
    return words or f"SQLite says: {in_one_line(text)}"


def in_one_line(text: Any) -> str:
    """What SQLite says, in one line that is not too long."""
    line = " ".join(str(text).split())
    return line if len(line) <= 300 else f"{line[:300]}…"
