"""One writer at a time: the threads of a process line up, and another process or program is waited for."""

import sqlite3
import time
from contextlib import suppress
from typing import Any

from peewee import OperationalError, _savepoint
from playhouse.pool import PooledSqliteDatabase

from models.shared.unavailable import CROWDED, HELD, Unavailable, is_held, raise_in_words
from models.shared.write_turn import WriteTurn

POLL_SECONDS = 0.002
SUSPICIOUS_SHARE = 1 / 6  # of the time to wait; when nothing is committed meanwhile, another program holds the file
IMPATIENT_SECONDS = 0.25  # to wait when that is known


class Savepoint(_savepoint):
    """As Peewee's, but what SQLite has taken back already is not taken back again."""

    def rollback(self, begin: bool = True) -> None:
        """Take back what was written since this place."""
        if self.db.connection().in_transaction:
            super().rollback(begin)


class OneWriter(PooledSqliteDatabase):
    """A pool of connections to SQLite, whose transactions begin as writers and in turn."""

    def __init__(self, path: str, busy_seconds: float, **options: Any) -> None:
        self.busy_seconds = busy_seconds
        self.turn = WriteTurn(busy_seconds)
        # A transaction that reads before it writes would fail at once when another one writes.
        super().__init__(path, lock_type="IMMEDIATE", check_same_thread=False, **options)

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

    # How it is done.

    def who_is_in_the_way(self) -> str:
        """In words."""
        return HELD if self.turn.is_held else CROWDED

    def lock(self, lock_type: str | None) -> None:
        """Begin, as soon as no other process writes. Asked often, as SQLite itself would let a busy one starve us."""
        patience = IMPATIENT_SECONDS if self.turn.is_held else self.busy_seconds
        started = last_seen = time.monotonic()
        version = self.version()
        self.wait_at_most(0)
        try:
            while not self.has_begun(lock_type):
                now, newer = time.monotonic(), self.version()
                is_late = now > started + patience
                if newer != version:  # it is the turn of another process of ours, then of another one
                    last_seen, version = now, newer
                elif now > last_seen + self.busy_seconds * SUSPICIOUS_SHARE or (is_late and last_seen == started):
                    self.turn.note_held()
                if is_late:
                    raise Unavailable(self.who_is_in_the_way())
                time.sleep(POLL_SECONDS)
        finally:
            self.wait_at_most(IMPATIENT_SECONDS if self.turn.is_held else self.busy_seconds)

    def has_begun(self, lock_type: str | None) -> bool:
        """Whether the transaction has begun, after one try."""
        try:
            super().begin(lock_type)
        except OperationalError as error:
            if not is_held(error):
                raise_in_words(error)
            return False
        return True

    def version(self) -> int:
        """A number that changes when another connection commits; 0 while nobody can tell."""
        with suppress(sqlite3.OperationalError):
            (version,) = self.connection().execute("PRAGMA data_version").fetchone()
            return int(version)
        return 0

    def try_to_lock(self) -> None:
        """Take the lock to write, and give it back. It may be somebody else's turn, unless we know that it is not."""
        self.wait_at_most(0)
        try:
            super().begin()
            super().rollback()
            self.turn.note_free()
        except OperationalError as error:
            if self.turn.is_held or not is_held(error):
                raise_in_words(error)
        finally:
            self.wait_at_most(self.busy_seconds)

    def wait_at_most(self, seconds: float) -> None:
        """How long this connection waits for what another one has locked."""
        self.connection().execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
