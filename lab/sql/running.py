"""Has statements run by a process of its own, on a copy. The rest of the lab asks here."""

import shutil
from collections.abc import Sequence
from datetime import date, time
from threading import BoundedSemaphore
from typing import Any

from lab.sql.ending import no_result, result_of_module
from lab.sql.limits import MOST_LETTERS_OF_SQL, SECONDS_OF_SQL
from lab.sql.postgresql import run_on_postgresql
from lab.sql.reading_copy import Copy, NoCopy, ReadingCopy, sql_folder
from lab.sql.words import COPY_FULL
from models.shared.database import is_sqlite
from models.shared.text import can_be_sent
from models.shared.waiting import Busy, without_connection

MOST_RUN_AT_ONCE = 2
SECONDS_IN_LINE = 5.0
GivenSql = Sequence[tuple[str, Sequence[Any]]]  # statements with the values for their places

places = BoundedSemaphore(MOST_RUN_AT_ONCE)
reading_copy = ReadingCopy()


def run_all_sql(statements: GivenSql, seconds: float = SECONDS_OF_SQL) -> dict[str, Any]:
    """What became of the statements, which see what the ones before them did. Busy when too many are being run.

    `problem` says why one came to nothing; then there are no others. `statements` has for each `columns`, `rows`,
    `cut`, `count`, `changed`, `ms` and its `plan` in `words` and as a `tree`. When one of them changes something, all
    run on a copy that is thrown away; `changes` has what is another one there, and `touches` what each would write.
    `read_secrets` are columns that are ••• on the copy only.
    """
    if sum(len(sql) for sql, _ in statements) > MOST_LETTERS_OF_SQL:
        return no_result(f"That is too long: at most {MOST_LETTERS_OF_SQL:,} letters are run.")
    if any("\0" in sql for sql, _ in statements):
        return no_result("There is a NUL in it, and no text of SQL can have one.")
    if any(not can_be_sent(sql) for sql, _ in statements):
        return no_result("There is half of a letter in it, and no text can have one.")
    if not places.acquire(timeout=SECONDS_IN_LINE):
        raise Busy("Other statements are being run just now.")
    try:
        if not is_sqlite():
            return run_on_postgresql(given_in_json(statements), seconds)
        with without_connection(), reading_copy.in_use() as copy:
            return in_place(copy, statements, seconds)
    except NoCopy as error:
        return no_result(str(error)) | {"is_unavailable": True}
    finally:
        places.release()


def run_sql(sql: str, values: Sequence[Any] = ()) -> dict[str, Any]:
    """The same for one text, which may be several statements."""
    return run_all_sql([(sql, values)])


def in_place(copy: Copy, statements: GivenSql, seconds: float) -> dict[str, Any]:
    """The same, with a folder that is gone afterwards."""
    try:
        place = sql_folder()
    except OSError:
        return no_result(COPY_FULL)
    try:
        job = {"copy": str(copy.path), "secrets": copy.secrets, "place": str(place)}
        return result_of_module("lab.sql.inside", job | {"statements": given_in_json(statements), "seconds": seconds})
    finally:
        shutil.rmtree(place, ignore_errors=True)


def given_in_json(statements: GivenSql) -> list[tuple[str, list[Any]]]:
    """For a process."""
    return [(sql, [as_value(value) for value in values]) for sql, values in statements]


def as_value(value: Any) -> Any:
    """A value for a place, in JSON's types, as the site writes it into a table."""
    if isinstance(value, date | time):  # a datetime is a date
        return str(value)
    return value if value is None or isinstance(value, str | int | float) else str(value)
