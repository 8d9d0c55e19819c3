"""Who waits for whom at the database, and who does not."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from peewee import InternalError, OperationalError, PostgresqlDatabase

from models.shared.database import database, is_sqlite
from models.shared.tries import repeatable
from models.shared.write_turn import hurry

READ_ONLY_STATE = "25006"


class Busy(Exception):
    """Too much is going on for this just now; the message says what. It is worth asking again in so many `seconds`."""

    def __init__(self, words: str, seconds: int = 1) -> None:
        super().__init__(words)
        self.seconds = max(1, seconds)


@contextmanager
def without_connection() -> Iterator[None]:
    """Whoever waits here holds no connection, so that there is one for others. A transaction keeps its own."""
    if not database.obj or database.is_closed() or database.in_transaction():
        yield
        return
    opened_by = [*database._state.ctx]  # Peewee forgets it in between
    database.close()
    try:
        yield
    finally:
        try:
            database.connect()
        finally:
            database._state.ctx.extend(opened_by)


@contextmanager
def without_waiting(longer_than: float = 0) -> Iterator[None]:
    """What is written here is written at once, or in so many seconds, or not at all: others are busy, never mind."""
    if not is_sqlite():
        with unless_read_only(), repeatable():  # a server locks rows, and nobody holds those for long
            yield
        return
    in_a_hurry = hurry.set(longer_than)
    database.obj.wait_at_most(0)
    try:
        with suppress(OperationalError):
            yield
    finally:
        database.obj.wait_at_most(database.obj.busy_seconds)
        hurry.reset(in_a_hurry)


@contextmanager
def unless_read_only() -> Iterator[None]:
    """What a standby refuses to write is not written, as it is a note. Whoever asked for it is told by `Reading`."""
    try:
        yield
    except InternalError as error:
        if getattr(getattr(error, "orig", None), "sqlstate", "") != READ_ONLY_STATE:
            raise


def locked(query: Any) -> Any:
    """The rows of `query`, which nobody else changes before this transaction ends."""
    return query.for_update() if database.for_update else query  # SQLite has one writer at a time


def one_at_a_time(name: str) -> None:
    """In a transaction, from here to its end: nobody else comes past this with the same `name`.

    Where rows are counted before one more is inserted, there is no row to lock.
    """
    if isinstance(database.obj, PostgresqlDatabase):  # SQLite has one writer at a time
        database.execute_sql("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (name,))
