"""What is counted, like the rows on all pages of a list: anew when somebody has written, or remembered where slow."""

import time
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Any

from peewee import SQL, ModelSelect, fn

from models.shared.database import database, is_sqlite
from models.shared.version import current_version

SLOW_COUNT = 0.005  # seconds
REMEMBERED_TOTALS = 200

Numbers = tuple[int, ...]


class Totals:
    """What was counted last, by its query, and of which version of the database that is. The oldest goes first."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.found: dict[Hashable, tuple[Hashable, Any]] = {}

    def get(self, key: Hashable) -> tuple[Hashable, Any] | None:
        """The version and what was counted; None when that query has not been slow yet."""
        with self.lock:
            found = self.found.pop(key, None)
            if found:
                self.found[key] = found  # the youngest now
            return found

    def keep(self, key: Hashable, version: Hashable, counted: Any) -> None:
        """A version of None is like no other: it will be asked for the next time."""
        with self.lock:
            self.found[key] = version, counted
            if len(self.found) > REMEMBERED_TOTALS:
                del self.found[next(iter(self.found))]


totals = Totals()


def total_of(query: "ModelSelect[Any]") -> int:
    """How many rows `query` has, exactly."""
    return total_by(*counting(query).sql())


def counting(query: "ModelSelect[Any]") -> "ModelSelect[Any]":
    """The query of how many rows `query` has, without its order: SQLite has a short way for just this."""
    return query.select(fn.COUNT(SQL("*"))).order_by()


def total_by(sql: str, parameters: Sequence[Any]) -> int:
    """The one number that this query gives, exactly."""
    return totals_by([(sql, parameters)])[0]


def totals_by(queries: Sequence[tuple[str, Sequence[Any]]]) -> Numbers:
    """The one number that each of these queries gives, exactly. They are asked together, as one query."""
    sql = queries[0][0] if len(queries) == 1 else f"SELECT {', '.join(f'({sql})' for sql, _ in queries)}"
    numbers: Numbers = remembered(sql, [value for _, values in queries for value in values], counted_now)
    return numbers


def remembered(sql: str, parameters: Sequence[Any], count: Callable[[str, Sequence[Any]], Any]) -> Any:
    """What `count` makes of this query now, or made of it when it was slow and the database the same."""
    if database.in_transaction():  # which sees what nobody else does
        return count(sql, parameters)
    key = database.obj, sql, tuple(parameters)
    known = totals.get(key)
    # PostgreSQL is asked by a query, which is as slow as counting few rows.
    version = current_version() if known or is_sqlite() else None
    if known and version is not None and known[0] == version:
        return known[1]
    started = time.perf_counter()
    counted = count(sql, parameters)
    if time.perf_counter() - started >= SLOW_COUNT:
        is_of_version = version is not None and current_version() == version
        totals.keep(key, version if is_of_version else None, counted)
    return counted


def counted_now(sql: str, parameters: Sequence[Any]) -> Numbers:
    """The counts, by this query."""
    return tuple(int(each) for each in database.execute_sql(sql, parameters).fetchone())
