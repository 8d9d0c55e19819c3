"""SQLite's part of a backup: a copy of its file, which is opened and looked through before anybody relies on it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from models.shared.backup.manifest import BadBackup
from models.shared.backup.rows_facts import Facts, facts_of

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
MOST_FAULTS = 3  # of what is wrong


def sqlite_facts(copy: Path, name: str = "") -> Facts:
    """What is in this file, which nobody else has open. BadBackup, with this name for it, when it is damaged."""
    try:
        with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            require_whole(connection, name or copy.name)
            columns = columns_by_table(connection)
            return facts_of(lambda sql: connection.execute(sql).fetchall(), columns, sequences_of(connection))
    except sqlite3.DatabaseError as error:
        raise BadBackup(f"{name or copy.name} cannot be used: {error}") from None


def require_whole(connection: sqlite3.Connection, name: str) -> None:
    """BadBackup when SQLite finds something wrong with the file."""
    found = [text for (text,) in connection.execute(f"PRAGMA integrity_check({MOST_FAULTS})")]
    if found != ["ok"]:
        raise BadBackup(f"{name} is damaged: {'; '.join(found)}".replace("\n", " "))


def columns_by_table(connection: sqlite3.Connection) -> dict[str, set[str]]:
    """The columns of each table."""
    tables = [name for (name,) in connection.execute(TABLES)]
    sql = "SELECT name FROM pragma_table_info(?)"
    return {table: {name for (name,) in connection.execute(sql, (table,))} for table in tables}


def sequences_of(connection: sqlite3.Connection) -> dict[str, int]:
    """The number that was given last in each table, whether its row is there or not."""
    is_kept = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'").fetchone()
    return dict(sorted(connection.execute("SELECT name, seq FROM sqlite_sequence"))) if is_kept else {}


def orphans(copy: Path) -> int:
    """How many rows refer to one that is gone."""
    with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        return len(connection.execute("PRAGMA foreign_key_check").fetchall())
