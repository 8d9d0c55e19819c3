"""PostgreSQL is told who writes by settings of the transaction, which are gone with it."""

from typing import Any

from peewee import __exception_wrapper__  # type: ignore[attr-defined]  # its stubs forget it

from models.shared.history.telling import NOBODY, TellsWho
from models.shared.history.writer import Writer
from models.shared.postgresql.pooled import PooledPostgresql

TELL_WHO = "SELECT set_config('history.person', %s, true), set_config('history.command', %s, true)"
# A request that writes in several transactions.
TELL_FIRST = (
    f"{TELL_WHO}, set_config('history.change', coalesce((SELECT id::text FROM changes WHERE id = %s), ''), true)"  # noqa: S608
)
WHICH_CHANGE = "SELECT nullif(current_setting('history.change', true), '')"


class ToldPostgresql(TellsWho, PooledPostgresql):
    """A pool of connections to the server that leads."""

    connection: Any
    cursor: Any

    def is_in_transaction(self) -> bool:
        """Whether one has begun, in whatever way."""
        return self._adapter.txn_status(self.connection()) != self._adapter.txn_idle

    def open_change(self, writer: Writer) -> int:
        """See `TellsWho`. The first trigger makes the change."""
        person = writer.who()
        values = ["" if person is None else str(person), writer.command]
        if writer.change:
            self.ask(TELL_FIRST, *values, writer.change)
        else:
            self.ask(TELL_WHO, *values)
        return 0

    def close_change(self, change: int, writer: Writer) -> int | None:
        """See `TellsWho`."""
        (made,) = self.ask(WHICH_CHANGE).fetchone()
        return int(made) if made else None

    def change_so_far(self) -> int | None:
        """See `TellsWho`."""
        return None if self.telling.change is None else self.close_change(0, NOBODY)

    def describe_change(self, label: str | None = None) -> int:
        """See `TellsWho`."""
        self.tell()
        (change,) = self.ask("SELECT history_change()").fetchone()
        self.ask("UPDATE changes SET label = coalesce(%s, label) WHERE id = %s", label, change)
        return int(change)

    def ask(self, sql: str, *values: Any) -> Any:
        """A cursor of its own: nobody need hear of what is not theirs."""
        with __exception_wrapper__:
            cursor = self.cursor()
            cursor.execute(sql, values)
            return cursor
