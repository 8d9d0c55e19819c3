"""The database: where it is, how it is opened, who writes when."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from peewee import DatabaseProxy, OperationalError, SqliteDatabase

from models.shared.storage import Folder, storage

database = DatabaseProxy()

POOL_SIZE = 32  # at once and for one process; more than the threads of any usual server
BUSY_SECONDS = 3  # to wait for another writer


def bind_database(path: Path, url: str = "", threads: int = 1, readable_alone: bool = False) -> None:
    """Point every model at the SQLite file `path`, or at `url` when there is one; pictures go to `uploads` beside it.

    `readable_alone` keeps the main file complete after each commit, for viewers that ignore the
    write-ahead log next to it. Nothing is opened yet; what was bound before is closed.
    """
    if database.obj:
        database.close_all()
    storage.initialize(Folder(path.parent / "uploads"))
    pool = {"max_connections": max(threads, POOL_SIZE), "timeout": BUSY_SECONDS, "autoconnect": False}
    sqlite = {
        "pragmas": {
            "journal_mode": "wal",
            "foreign_keys": 1,
            "synchronous": "full",
            "busy_timeout": int(BUSY_SECONDS * 1000),
            "wal_autocheckpoint": 1 if readable_alone else 1000,
        },
        "check_same_thread": False,
        # A transaction that reads before it writes would fail at once when another one writes.
        "lock_type": "IMMEDIATE",
    }
    if not url:
        from playhouse.pool import PooledSqliteDatabase

        database.initialize(PooledSqliteDatabase(str(path), **pool, **sqlite))
        return
    from playhouse.db_url import connect  # it tries every driver there is, which takes its time

    engine, _, place = url.partition("://")
    options = pool | (sqlite if engine == "sqlite" else {})
    database.initialize(connect(f"{engine}+pool://{place}", unquote_user=True, unquote_password=True, **options))


class Busy(Exception):
    """Too much is going on for this just now; the message says what. It is worth asking again in a moment."""


@contextmanager
def without_waiting() -> Iterator[None]:
    """What is written here is written at once or not at all: when another writer is busy, never mind."""
    if not is_sqlite():
        yield  # a server locks rows, and nobody holds those for long
        return
    database.pragma("busy_timeout", 0)
    try:
        with suppress(OperationalError):
            yield
    finally:
        database.pragma("busy_timeout", int(BUSY_SECONDS * 1000))


def locked(query: Any) -> Any:
    """The rows of `query`, which nobody else changes before this transaction ends."""
    return query.for_update() if database.for_update else query  # SQLite has one writer at a time


def checkpoint() -> None:
    """Bring committed rows into SQLite's main file, so that it can be read alone. They are as safe in the log."""
    if is_sqlite():
        with without_waiting():
            database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def is_sqlite() -> bool:
    """Whether the database is a file of SQLite, and no server."""
    return isinstance(database.obj, SqliteDatabase)
