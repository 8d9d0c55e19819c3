"""Reads the database for pages about its tables: one moment of it, over what cannot write, and never for long."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from typing import Any

from peewee import (  # type: ignore[attr-defined]  # its stubs forget the last
    OperationalError,
    PeeweeException,
    __exception_wrapper__,
)

from lab.sqlite_plans import reading_connection
from models.shared.database import database, is_sqlite
from models.shared.sql_names import sql_name
from models.shared.waiting import Busy

MOST_SECONDS_TO_READ = 2.0  # for all that a page asks
STEPS_UNTIL_ASKED = 20_000  # of SQLite, a millisecond or so
CANCELED = "57014"  # PostgreSQL's word


class TooSlow(Busy):
    """The database was asked for more than it can find in a short time."""

    def __init__(self) -> None:
        super().__init__(f"That takes longer than {MOST_SECONDS_TO_READ:.0f} seconds, so it was stopped.")


class TableReader:
    """Asks one database. Whoever asks in vain asks the others all the same."""

    is_sqlite = True
    param = "?"

    def __init__(self) -> None:
        self.more_time()

    def more_time(self) -> None:
        """Begin to count the seconds, again for what is asked when something else took too long."""
        self.until = time.monotonic() + MOST_SECONDS_TO_READ

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of this query. TooSlow, or one of Peewee's errors."""
        if time.monotonic() > self.until:
            raise TooSlow
        return self.ask(sql, values)

    def ask(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """What the engine answers."""
        raise NotImplementedError

    def name(self, name: str) -> str:
        """The name of a table or a column in a statement."""
        return sql_name(name)


class SqliteTableReader(TableReader):
    """Over a connection of its own, in one transaction that only reads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__()
        self.connection = connection
        connection.text_factory = lambda text: text.decode("utf-8", "replace")
        connection.set_progress_handler(lambda: time.monotonic() > self.until, STEPS_UNTIL_ASKED)

    def ask(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """As Reader's."""
        try:
            with __exception_wrapper__:
                return self.connection.execute(sql, values).fetchall()
        except OperationalError as error:
            if getattr(getattr(error, "orig", None), "sqlite_errorname", "") == "SQLITE_INTERRUPT":
                raise TooSlow from None
            raise


class PostgresqlTableReader(TableReader):
    """Over the connection of the request, in a transaction that only reads and is taken back."""

    is_sqlite = False
    param = "%s"

    def ask(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """As Reader's. What fails leaves the transaction as it was."""
        try:
            with database.atomic():
                return list(database.execute_sql(sql, values).fetchall())
        except PeeweeException as error:
            if getattr(getattr(error, "orig", None), "sqlstate", "") == CANCELED:
                raise TooSlow from None
            raise

    def name(self, name: str) -> str:
        """As Reader's; the driver takes a % for the place of a value."""
        return sql_name(name).replace("%", "%%")


@contextmanager
def reading_tables() -> Iterator[TableReader]:
    """What reads the database that is bound now."""
    with reading_sqlite() if is_sqlite() else reading_postgresql() as reader:
        yield reader


@contextmanager
def reading_sqlite() -> Iterator[TableReader]:
    """Of SQLite's file. What it shows is of one moment, whoever writes meanwhile."""
    with __exception_wrapper__, closing(reading_connection(MOST_SECONDS_TO_READ)) as connection:
        connection.execute("BEGIN")
        yield SqliteTableReader(connection)


@contextmanager
def reading_postgresql() -> Iterator[TableReader]:
    """Of the server."""
    connected = database.connection_context() if database.is_closed() else nullcontext()
    with connected, database.transaction() as transaction:
        database.execute_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        database.execute_sql(f"SET LOCAL statement_timeout = {int(MOST_SECONDS_TO_READ * 1000)}")
        yield PostgresqlTableReader()
        transaction.rollback()
