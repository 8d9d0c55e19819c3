"""The transaction in which tables are made and changed."""

from collections.abc import Iterator
from contextlib import contextmanager

from peewee import PostgresqlDatabase

from models.shared.database import database, is_sqlite

LOCK_NUMBER = 8086  # any number, the same in each process that may change the tables
STEPS = 1_000_000  # of SQLite, some hundredths of a second


@contextmanager
def changing_tables() -> Iterator[None]:
    """One transaction at a time over all processes, in which SQLite may rebuild a table."""
    if database.in_transaction():  # it is ours already
        yield
        return
    if is_sqlite():
        # With foreign keys on, the rebuilding of a table would delete the rows that refer to it.
        database.execute_sql("PRAGMA foreign_keys = 0")
        # Python hears a signal between its own steps only, and a statement on a large table may take minutes.
        database.connection().set_progress_handler(lambda: 0, STEPS)
    try:
        with database.atomic():
            if isinstance(database.obj, PostgresqlDatabase):
                database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (LOCK_NUMBER,))
            yield
    finally:
        if is_sqlite():
            database.connection().set_progress_handler(None, STEPS)
            database.execute_sql("PRAGMA foreign_keys = 1")
