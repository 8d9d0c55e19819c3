"""SQLite's plans, asked of the file that is bound."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from lab.changed_rows import places_in
from lab.plan import Explaining, Plan, long_query
from lab.sqlite_plan_words import plan_in_words
from models.shared.database import database

SECONDS_TO_WAIT = 0.3


@contextmanager
def sqlite_explaining() -> Iterator[Explaining]:
    """Over a connection of its own."""
    with closing(reading_connection(SECONDS_TO_WAIT)) as connection:
        (version,) = connection.execute("PRAGMA schema_version").fetchone()

        def explain(sql: str) -> Plan:
            return plan_in_sqlite(connection, sql, [None] * places_in(sql))

        def is_long(table: str) -> bool:
            return connection.execute(long_query(table)).fetchone() is not None

        yield version, explain, is_long


def reading_connection(seconds: float) -> sqlite3.Connection:
    """To the file that is bound. It cannot write, and waits so long for others."""
    place = f"{Path(database.database).absolute().as_uri()}?mode=rw"  # as `ro` could not open a log that is not in use
    connection = sqlite3.connect(place, uri=True, timeout=seconds, isolation_level=None)
    connection.execute("PRAGMA query_only = 1")
    return connection


def plan_in_sqlite(connection: sqlite3.Connection, sql: str, values: list[Any]) -> Plan:
    """How SQLite would find the rows. EXPLAIN does not run the statement."""
    try:
        steps = connection.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_BUSY":
            raise
        return Plan(problem=f"The plan cannot be had: {error}.")
    return plan_in_words(sql, steps, connection.execute)
