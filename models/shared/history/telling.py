"""A database that is told who writes, in the transaction that writes: its triggers put that into the history."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from threading import local
from typing import Any

from peewee import _savepoint

from models.shared.history.touched import touches_history
from models.shared.history.writer import Writer, current_writer

NOBODY = Writer()  # known: a program that has not said who it is


class Telling(local):
    """What a thread has told in its transaction: the number of the change that is being written."""

    is_on = False
    change: int | None = None
    has_gone_back = False  # to a savepoint, so that what was told may be forgotten


class ToldSavepoint(_savepoint):
    """As Peewee's. What was told since is told again."""

    def rollback(self, begin: bool = True) -> None:
        """Take back what was written since this place."""
        super().rollback(begin)
        self.db.telling.change, self.db.telling.has_gone_back = None, True


class TellsWho:
    """Goes before a kind of database, whose `open_change` and `close_change` say how it is told.

    What is written to a row with a history outside of a transaction gets one of its own.
    """

    atomic: Any
    is_in_transaction: Any
    transaction_depth: Any
    after_commit: Any
    after_change: Callable[[], None] | None = None  # called when one has been committed

    def __init__(self, *args: Any, **options: Any) -> None:
        self.telling = Telling()
        super().__init__(*args, **options)

    def open_change(self, writer: Writer) -> int:
        """In a transaction: say who writes; the number of the change, 0 when it is not known yet."""
        raise NotImplementedError

    def close_change(self, change: int, writer: Writer) -> int | None:
        """At the end of a transaction: the number of the change, if there is one."""
        raise NotImplementedError

    def describe_change(self, label: str | None = None) -> int:
        """In a transaction: say more of the change that is being written; its number."""
        raise NotImplementedError

    def change_so_far(self) -> int | None:
        """In a transaction: the number of the change that is being written. There is none if nothing changes."""
        raise NotImplementedError

    def execute_sql(self, sql: Any, params: Any = None) -> Any:
        """As Peewee's."""
        execute = super().execute_sql  # type: ignore[misc]
        if not touches_history(sql):
            return execute(sql, params)
        if self.is_telling():
            self.tell()
            return execute(sql, params)
        if self.is_in_transaction():  # begun by SQL, so nobody would see its end
            return execute(sql, params)
        with self.atomic():
            self.tell()
            return self.fetched(execute(sql, params))

    @contextmanager
    def told_before(self, sql: str) -> Iterator[None]:
        """For a statement that goes another way."""
        with self.atomic() if touches_history(sql) and not self.is_in_transaction() else nullcontext():
            if touches_history(sql) and self.is_telling():
                self.tell()
            yield

    def is_telling(self) -> bool:
        """Whether it is within a transaction whose end we see."""
        return self.telling.is_on and self.is_in_transaction()

    def tell(self) -> None:
        """In a transaction: say who writes, once."""
        if self.telling.change is None:
            if self.after_change and self.transaction_depth() and not self.telling.has_gone_back:
                self.after_commit(self.after_change)
            self.telling.change = self.open_change(current_writer.get() or NOBODY)

    def fetched(self, cursor: Any) -> Any:
        """The same answer, all of which is here."""
        return cursor

    def begin(self, *args: Any, **options: Any) -> None:
        """As Peewee's."""
        super().begin(*args, **options)  # type: ignore[misc]
        self.begin_telling()

    def commit(self) -> None:
        """As Peewee's."""
        writer, told = current_writer.get() or NOBODY, self.telling.change
        change = None if told is None else self.close_change(told, writer)
        super().commit()  # type: ignore[misc]
        self.telling.is_on = False
        if change and writer is not NOBODY:
            writer.change = change

    def rollback(self) -> None:
        """As Peewee's."""
        self.telling.is_on = False
        super().rollback()  # type: ignore[misc]

    def savepoint(self) -> ToldSavepoint:
        """A place within a transaction to which it can go back."""
        return ToldSavepoint(self)

    def begin_telling(self) -> None:
        """A transaction has begun."""
        self.telling.is_on, self.telling.change, self.telling.has_gone_back = True, None, False
