"""One writer at a time: the threads of a process line up, and another process or program is waited for."""

from typing import Any

from peewee import OperationalError

from models.shared.history.telling import ToldSavepoint
from models.shared.history.told_sqlite import ToldSqlite
from models.shared.unavailable import Unavailable, is_held, raise_in_words
from models.shared.write_lock import WriteLock


class Savepoint(ToldSavepoint):
    """As Peewee's, but what SQLite has taken back already is not taken back again."""

    def rollback(self, begin: bool = True) -> None:
        """Take back what was written since this place."""
        if self.db.connection().in_transaction:
            super().rollback(begin)


class OneWriter(ToldSqlite, WriteLock):
    """A pool of connections to SQLite, whose transactions begin as writers and in turn."""

    def execute_sql(self, sql: Any, params: Any = None) -> Any:
        """As Peewee's. Unavailable, in words, when the file cannot be used just now."""
        try:
            return super().execute_sql(sql, params)
        except OperationalError as error:
            raise_in_words(error)

    def begin(self, lock_type: str | None = None) -> None:
        """Begin as the one writer, after those who came before. Unavailable when that takes too many seconds."""
        if not self.turn.take():
            raise Unavailable(self.who_is_in_the_way())
        try:
            self.lock(lock_type)
        except BaseException:
            self.turn.leave()
            raise
        self.begin_telling()

    def commit(self) -> None:
        """Keep what was written, and let the next one write. Unavailable when a reader is in the way for too long."""
        try:
            super().commit()
        except OperationalError as error:
            if is_held(error):
                self.turn.note_held()
            raise_in_words(error)
        self.turn.leave(has_written=True)

    def rollback(self) -> None:
        """Take back what was written, and let the next one write."""
        try:
            if self.connection().in_transaction:  # SQLite itself takes back what met a full disk
                super().rollback()
        finally:
            self.turn.leave()

    def savepoint(self) -> Savepoint:
        """A place within a transaction to which it can go back."""
        return Savepoint(self)
