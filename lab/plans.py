"""How the database finds the rows of a statement. It is asked for when somebody looks, and the statement is not run."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from peewee import PeeweeException
from playhouse.pool import MaxConnectionsExceeded

from lab.plan import Explaining, Plan
from lab.postgresql_plans import postgresql_explaining
from lab.recording import MOST_SQL
from lab.sql_words import verb_of
from lab.sqlite_plans import sqlite_explaining
from models.shared.database import is_sqlite

EXPLAINED = ("SELECT", "INSERT", "REPLACE", "UPDATE", "DELETE", "WITH", "VALUES")  # a PRAGMA is done by explaining it
MOST_PLANS = 1000


NOTHING_TO_FIND = Plan()
NO_ANSWER = Plan(problem="The plan cannot be had, as the database does not answer.")
SQL_TOO_LONG = Plan(problem="The plan cannot be had, as the statement is too long to be kept.")
TWO_AT_ONCE = Plan(problem="The plan cannot be had, as there is a semicolon in the statement.")


class Plans:
    """Those of one site, by the text of the statement and the state of the tables."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.found: dict[tuple[Any, str], Plan] = {}

    def of(self, statements: list[str]) -> dict[str, Plan]:
        """The plan of each of these statements."""
        different = set(statements)
        with self.lock:
            try:
                with explaining() as (version, explain, _is_long):
                    return {sql: self.plan_of(sql, version, explain) for sql in different}
            except (PeeweeException, MaxConnectionsExceeded, sqlite3.Error, OSError):
                return dict.fromkeys(
                    different, Plan(problem="The plan cannot be had, as the database does not answer.")
                )

    def long_tables(self, names: set[str]) -> set[str]:
        """Those of these tables that have more than some rows."""
        try:
            with self.lock, explaining() as (_version, _explain, is_long):
                return {name for name in names if is_long(name)}
        except (PeeweeException, MaxConnectionsExceeded, sqlite3.Error, OSError):
            return set()

    def plan_of(self, sql: str, version: Any, explain: Callable[[str], Plan]) -> Plan:
        """One that is known, or what the database says now."""
        if verb_of(sql) not in EXPLAINED:
            return NOTHING_TO_FIND
        if len(sql) >= MOST_SQL:
            return SQL_TOO_LONG
        if ";" in sql.rstrip("; \n"):
            return TWO_AT_ONCE
        kept = self.found.get((version, sql))
        if kept is None:
            kept = self.found[version, sql] = explain(sql.rstrip("; \n"))
            while len(self.found) > MOST_PLANS:
                del self.found[next(iter(self.found))]
        return kept


@contextmanager
def explaining() -> Iterator[Explaining]:
    """The database that is bound now, asked over a connection that cannot write."""
    with sqlite_explaining() if is_sqlite() else postgresql_explaining() as found:
        yield found
