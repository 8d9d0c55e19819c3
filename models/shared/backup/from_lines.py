"""A new SQLite file is made of lines of JSON: there it is seen whether they fit together."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from models.shared.backup.manifest import BadBackup, Manifest
from models.shared.backup.row_lines import SavedRow, file_of_lines, insert_lines, read_lines, saved_models
from models.shared.database import bind_database, database
from models.shared.live_copy import Told
from models.shared.loading import all_models
from models.shared.schema import prepare
from models.shared.sql_names import sql_name

TELL_AFTER = 500  # rows


def make_file(copy: Path, manifest: Manifest, pieces: Callable[[str], Iterable[bytes]], told: Told) -> None:
    """Fill the new file `copy`; `pieces` gives the content of a file of lines. BadBackup for what does not fit."""
    make_tables_of_today(copy)
    done, in_all = 0, sum(manifest.tables.values())
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = off")  # nobody relies on it yet
        connection.execute("BEGIN")
        drop_all_triggers(connection)  # prepare() makes them again, and what they would have noted
        empty_all(connection)
        for model in saved_models():
            name = file_of_lines(model)
            if name in manifest.files:
                with refused_in_words(name):
                    rows = told_rows(read_lines(pieces(name), name), told, done, in_all)
                    done += insert_lines(model, rows, connection.executemany, "?")
        set_sequences(connection, manifest.sequences)
        connection.execute("COMMIT")


def make_tables_of_today(copy: Path) -> None:
    """Empty ones, in a new file."""
    bind_database(copy, readable_alone=True)
    try:
        prepare(index=False)
    finally:
        database.close_all()


def drop_all_triggers(connection: sqlite3.Connection) -> None:
    """Each would fire for each row."""
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {sql_name(name)}")


def empty_all(connection: sqlite3.Connection) -> None:
    """What a new database begins with, such as the first entry of the history."""
    for model in reversed(all_models()):
        connection.execute(f"DELETE FROM {sql_name(model._meta.table_name)}")  # noqa: S608
    connection.execute("DELETE FROM sqlite_sequence")


def set_sequences(connection: sqlite3.Connection, sequences: dict[str, int]) -> None:
    """No number that was given is given again."""
    for table, number in sequences.items():
        connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, number))


def told_rows(rows: Iterator[SavedRow], told: Told, done: int, in_all: int) -> Iterator[SavedRow]:
    """The same rows; it is told how many have come."""
    for number, row in enumerate(rows, start=done + 1):
        if number % TELL_AFTER == 0 or number == in_all:
            told(number, in_all)
        yield row


@contextmanager
def refused_in_words(name: str) -> Iterator[Any]:
    """What a table does not take is BadBackup, with the name of the file."""
    try:
        yield
    except BadBackup as error:
        raise BadBackup(str(error) if name in str(error) else f"{name}: {error}") from None
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError, OverflowError) as error:
        raise BadBackup(f"{name} does not fit into its table: {error}") from None
