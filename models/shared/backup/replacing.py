"""All rows of SQLite's file give place to those of another one, in one transaction: nobody sees anything between."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from models.shared.changing_tables import changing_tables
from models.shared.database import database
from models.shared.sql_names import sql_name
from models.shared.start_errors import Unusable

NOT_OF_SQLITE = "type = ? AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
VIRTUAL_FIRST = "ORDER BY sql NOT LIKE 'CREATE VIRTUAL%'"  # which takes its other tables along


def replace_rows(copy: Path, keep: Callable[[], None], settle: Callable[[], None]) -> None:
    """Bring the tables of the file `copy` into the database that is bound, in place of all that is there.

    `keep` may copy what is there first; nobody can write from then on. `settle` may add to what has come.
    """
    with attached(copy) as connection, changing_tables():
        if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            connection.execute("PRAGMA cache_spill = 0")  # with a journal, others can read until all is written
        keep()
        given = last_given(connection, "main")
        drop_all(connection)
        bring_all(connection)
        bring_numbers(connection, given)
        settle()


@contextmanager
def attached(copy: Path) -> Iterator[sqlite3.Connection]:
    """The connection of this thread, which has the file beside its own."""
    connection: sqlite3.Connection = database.connection()
    connection.execute("ATTACH ? AS coming", (str(copy),))
    try:
        yield connection
    finally:
        connection.execute("DETACH coming")


def drop_all(connection: sqlite3.Connection) -> None:
    """All tables and what belongs to them."""
    first = f"SELECT name FROM main.sqlite_master WHERE {NOT_OF_SQLITE} {VIRTUAL_FIRST} LIMIT 1"  # noqa: S608
    for kind in ("view", "trigger", "table"):
        while name := connection.execute(first, (kind,)).fetchone():
            connection.execute(f"DROP {kind} main.{sql_name(name[0])}")


def bring_all(connection: sqlite3.Connection) -> None:
    """Tables with their rows, then what belongs to them: a trigger would fire for each row."""
    for name in made_as(connection, "table"):
        table = sql_name(name)
        # SQLite takes the rows over page by page, as the two are alike and the new one is empty.
        connection.execute(f"INSERT INTO main.{table} SELECT * FROM coming.{table}")  # noqa: S608
        require_same_count(connection, table)
    for kind in ("index", "view", "trigger"):
        made_as(connection, kind)


def made_as(connection: sqlite3.Connection, kind: str) -> list[str]:
    """Make all of this kind as they are in the other file; their names."""
    sql = f"SELECT name, sql FROM coming.sqlite_master WHERE {NOT_OF_SQLITE} AND sql IS NOT NULL ORDER BY rowid"  # noqa: S608
    found = connection.execute(sql, (kind,)).fetchall()
    for _name, statement in found:
        connection.execute(statement)
    return [name for name, _ in found]


def require_same_count(connection: sqlite3.Connection, table: str) -> None:
    """Unusable when a row has been lost on the way."""
    queries = [f"SELECT count(*) FROM {place}.{table}" for place in ("main", "coming")]  # noqa: S608
    counts = [connection.execute(query).fetchone() for query in queries]
    if counts[0] != counts[1]:
        raise Unusable(f"Not all rows of {table} could be brought back; nothing was changed")


def last_given(connection: sqlite3.Connection, place: str) -> dict[str, int]:
    """The number that was given last in each table, where SQLite keeps that."""
    sql = f"SELECT 1 FROM {place}.sqlite_master WHERE name = 'sqlite_sequence'"  # noqa: S608
    is_kept = connection.execute(sql).fetchone()
    return dict(connection.execute(f"SELECT name, seq FROM {place}.sqlite_sequence")) if is_kept else {}  # noqa: S608


def bring_numbers(connection: sqlite3.Connection, given: dict[str, int]) -> None:
    """No number is given again, neither one of the backup nor one that was `given` since: a link would lead astray."""
    coming = last_given(connection, "coming")
    connection.execute("DELETE FROM main.sqlite_sequence")
    for (table,) in connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
        highest = max(coming.get(table, 0), given.get(table, 0))
        if highest:
            connection.execute("INSERT INTO main.sqlite_sequence (name, seq) VALUES (?, ?)", (table, highest))
