"""SQLite's lock to write, which other processes and programs want, too."""

import sqlite3
import time
from contextlib import suppress
from typing import Any

from peewee import OperationalError
from playhouse.pool import PooledSqliteDatabase

from models.shared.unavailable import CROWDED, HELD, Unavailable, is_held, raise_in_words
from models.shared.write_turn import WriteTurn, hurry

POLL_SECONDS = 0.002
SUSPICIOUS_SHARE = 1 / 6  # of the time to wait; when nothing is committed meanwhile, another program holds the file
IMPATIENT_SECONDS = 0.25  # to wait when that is known


class WriteLock(PooledSqliteDatabase):
    """A pool of connections to SQLite, which take the lock one after the other."""

    def __init__(self, path: str, busy_seconds: float, **options: Any) -> None:
        self.busy_seconds = busy_seconds
        self.turn = WriteTurn(busy_seconds)
        # A transaction that reads before it writes would fail at once when another one writes.
        super().__init__(path, lock_type="IMMEDIATE", check_same_thread=False, **options)

    def lock(self, lock_type: str | None) -> None:
        """Begin, as soon as no other process writes. Asked often, as SQLite itself would let a busy one starve us."""
        self.wait_at_most(0)
        try:
            if self.has_begun(lock_type):
                return
            patience = IMPATIENT_SECONDS if self.turn.is_held else self.busy_seconds
            in_hurry = hurry.get()
            started = last_seen = time.monotonic()
            version = self.version()
            while not self.has_begun(lock_type):
                now, newer = time.monotonic(), self.version()
                if in_hurry is not None and (self.turn.is_held or now >= started + in_hurry):
                    raise Unavailable(CROWDED)
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

    def who_is_in_the_way(self) -> str:
        """In words."""
        return HELD if self.turn.is_held else CROWDED
