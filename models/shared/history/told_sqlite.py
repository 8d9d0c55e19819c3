"""SQLite is told who writes by a row of the transaction: the newest change, which has not been `created` yet."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from peewee import OperationalError, __exception_wrapper__  # type: ignore[attr-defined]  # its stubs forget the last

from models.shared.fields import utc_now
from models.shared.history.telling import TellsWho
from models.shared.history.touched import altered_table
from models.shared.history.writer import Writer, current_writer

NEW_CHANGE, NO_CHANGE = "INSERT INTO changes (person, command) VALUES (?, ?)", "DELETE FROM changes WHERE id = ?"
STILL_OPEN = "SELECT id FROM changes WHERE id = (SELECT max(id) FROM changes) AND created IS NULL"
CLOSE_CHANGE = (
    "UPDATE changes SET created = ? WHERE id = ? "
    "AND (label IS NOT NULL OR EXISTS (SELECT 1 FROM changed_rows WHERE change_id = changes.id))"
)
# A request that writes in several transactions.
ADD_TO_FIRST = (
    "UPDATE changed_rows SET change_id = ?1 WHERE change_id = ?2 AND EXISTS (SELECT 1 FROM changes WHERE id = ?1) "
    "AND NOT EXISTS (SELECT 1 FROM changes WHERE id = ?2 AND label IS NOT NULL)"
)


class Fetched:
    """A cursor whose rows are here already, as those of SQLite are lost when its transaction ends."""

    def __init__(self, cursor: Any) -> None:
        self.cursor, self.rows = cursor, iter(cursor.fetchall())
        self.description, self.rowcount, self.lastrowid = cursor.description, cursor.rowcount, cursor.lastrowid

    def fetchone(self) -> Any:
        """As a cursor's."""
        return next(self.rows, None)

    def fetchall(self) -> list[Any]:
        """As a cursor's."""
        return list(self.rows)

    def __iter__(self) -> Any:
        return self.rows

    def close(self) -> None:
        """As a cursor's."""
        self.cursor.close()


class ToldSqlite(TellsWho):
    """The half of `SqliteFile` that tells who writes."""

    connection: Any
    aside: Callable[[str], AbstractContextManager[None]] | None = None  # what is done around a change of a table

    def execute_sql(self, sql: Any, params: Any = None) -> Any:
        """As Peewee's."""
        table = altered_table(sql) if self.aside else None
        if not (table and self.aside):
            return super().execute_sql(sql, params)
        with self.aside(table):
            return super().execute_sql(sql, params)

    def is_in_transaction(self) -> bool:
        """Whether one has begun, in whatever way."""
        return bool(self.connection().in_transaction)

    def open_change(self, writer: Writer) -> int:
        """See `TellsWho`. There is none before the tables of the history are there."""
        person = writer.who()
        try:
            found = self.ask(STILL_OPEN).fetchone() if self.telling.has_gone_back else None
            return int(found[0] if found else self.ask(NEW_CHANGE, person, writer.command).lastrowid)
        except OperationalError as error:
            if str(error) == "no such table: changes":
                return 0
            raise

    def close_change(self, change: int, writer: Writer) -> int | None:
        """See `TellsWho`. One in which nothing has changed goes again."""
        if not change:
            return None
        if not self.ask(CLOSE_CHANGE, utc_now().isoformat(" "), change).rowcount:
            self.ask(NO_CHANGE, change)
            return None
        if writer.change and self.ask(ADD_TO_FIRST, writer.change, change).rowcount:
            self.ask(NO_CHANGE, change)
            return writer.change
        return change

    def change_so_far(self) -> int | None:
        """See `TellsWho`."""
        writer = current_writer.get()
        return (writer and writer.change) or self.telling.change

    def describe_change(self, label: str | None = None) -> int:
        """See `TellsWho`."""
        self.tell()
        self.ask("UPDATE changes SET label = coalesce(?, label) WHERE id = ?", label, self.telling.change)
        return self.telling.change or 0

    def ask(self, sql: str, *values: Any) -> Any:
        """A cursor of the connection itself: nobody need hear of what is not theirs."""
        with __exception_wrapper__:
            return self.connection().execute(sql, values)

    def fetched(self, cursor: Any) -> Any:
        """See `TellsWho`."""
        return cursor if cursor.description is None else Fetched(cursor)
