"""SQLite's file as this site uses it: threads take turns to write, and a file that is gone is noticed."""

import sqlite3
import time
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any

from peewee import OperationalError, _savepoint
from playhouse.pool import PooledSqliteDatabase

from models.shared.drivers import KindConnection
from models.shared.log_copier import LogCopier
from models.shared.ownership import make_private_file
from models.shared.unavailable import CROWDED, FULL, GONE, HELD, READ_ONLY, Unavailable, is_held, raise_in_words
from models.shared.writable import has_room, may_write
from models.shared.write_turn import WriteTurn

POLL_SECONDS = 0.002
SUSPICIOUS_SHARE = 1 / 6  # of the time to wait; when nothing is committed meanwhile, another program holds the file
IMPATIENT_SECONDS = 0.25  # to wait when that is known


class Connection(KindConnection):
    """One that remembers how many of its changes are known to whoever copies the log."""

    changes_seen = 0


class Savepoint(_savepoint):
    """As Peewee's, but what SQLite has taken back already is not taken back again."""

    def rollback(self, begin: bool = True) -> None:
        if self.db.connection().in_transaction:
            super().rollback(begin)


class SqliteFile(PooledSqliteDatabase):
    """A pool of connections to one file.

    `journal` is `wal`, or `truncate` for a file that is complete after each commit. Only `use_journal` switches a
    file to it: a connection takes it as it is, since another process may be using it.
    """

    def __init__(self, path: str, journal: str, busy_seconds: float, **options: Any) -> None:
        self.journal, self.busy_seconds = journal, busy_seconds
        self.turn = WriteTurn(busy_seconds)
        self.copier = LogCopier(self.copy_log)
        self.identity: tuple[int, int] | None = None  # of the file, once it has been opened
        pragmas = {"busy_timeout": int(busy_seconds * 1000), "foreign_keys": 1, "synchronous": "full"}
        # A transaction that reads before it writes would fail at once when another one writes.
        super().__init__(
            path, pragmas=pragmas, lock_type="IMMEDIATE", check_same_thread=False, factory=Connection, **options
        )

    def use_journal(self) -> None:
        """Switch the file to the journal of these settings. Unavailable when another program has it open."""
        until = time.monotonic() + self.busy_seconds
        while not self.has_switched():
            if time.monotonic() > until:
                raise Unavailable(HELD)
            time.sleep(0.02)

    def has_switched(self) -> bool:
        """Whether the file has the journal of these settings, after one try."""
        with suppress(sqlite3.OperationalError):
            (mode,) = self.connection().execute(f"PRAGMA journal_mode = {self.journal}").fetchone()
            return mode == self.journal
        return False

    def copy_log(self) -> bool:
        """Copy the write-ahead log into the main file, as far as no reader needs it; whether that was all."""
        try:
            with self.connection_context() if self.is_closed() else nullcontext():
                return self.has_copied(self.connection())
        except (OperationalError, ValueError, sqlite3.Error):  # busy, closed or gone
            return False

    def has_copied(self, connection: Connection) -> bool:
        """Whether all is copied, after one try in which nobody waits."""
        self.wait_at_most(0)
        try:
            is_busy, written, copied = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            self.wait_at_most(self.busy_seconds)
        if is_busy and not 0 <= written == copied:
            return False
        connection.changes_seen = connection.total_changes
        return True

    def wait_at_most(self, seconds: float) -> None:
        """How long this connection waits for what another one has locked."""
        self.connection().execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")

    def require_file(self) -> None:
        """Unavailable when the file is not the one that was opened: what is written then would vanish."""
        if self.identity != identity_of(self.database):
            raise Unavailable(GONE)

    def require_log(self) -> None:
        """As `require_file`, for the log beside it; within a transaction, which has opened it."""
        (mode,) = self.connection().execute("PRAGMA journal_mode").fetchone()
        if mode == "wal" and not Path(f"{self.database}-wal").exists():
            raise Unavailable(GONE)

    def require_writable(self) -> None:
        """Unavailable when nothing could be written now. Nothing is written, and nobody waits."""
        self.require_file()
        path = Path(self.database)
        if not (may_write(path) and may_write(path.parent)):
            raise Unavailable(READ_ONLY)
        if not has_room(path.parent):
            raise Unavailable(FULL)
        if self.turn.writer is None or self.turn.is_held:
            self.try_to_lock()

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

    # What Peewee calls.

    def connect(self, reuse_if_open: bool = False) -> Any:
        if self.identity is None:
            with suppress(OSError):  # then SQLite says so
                make_private_file(Path(self.database))
            self.identity = identity_of(self.database)
        elif not self._connections:
            self.require_file()  # SQLite would make an empty one
        try:
            return super().connect(reuse_if_open)
        except OperationalError as error:
            raise_in_words(error)

    def _add_conn_hooks(self, conn: Any) -> None:
        super()._add_conn_hooks(conn)
        (mode,) = conn.execute("PRAGMA journal_mode").fetchone()
        if mode == "delete":  # how the journal ends is a matter of each connection
            conn.execute("PRAGMA journal_mode = truncate")

    def _close(self, conn: Any, close_conn: bool = False) -> None:
        self.turn.leave()
        with suppress(sqlite3.ProgrammingError):  # when it is closed already
            is_changed, conn.changes_seen = conn.total_changes != conn.changes_seen, conn.total_changes
            if is_changed and self.journal == "wal":
                self.copier.wanted()
        super()._close(conn, close_conn)

    def close_all(self) -> None:
        self.copier.stop()
        super().close_all()

    def execute_sql(self, sql: Any, params: Any = None) -> Any:
        try:
            return super().execute_sql(sql, params)
        except OperationalError as error:
            raise_in_words(error)

    def begin(self, lock_type: str | None = None) -> None:
        self.require_file()
        if not self.turn.take():
            raise Unavailable(self.who_is_in_the_way())
        try:
            self.lock(lock_type)
            self.require_log()
        except OperationalError as error:
            self.rollback()
            raise_in_words(error)

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
                raise
            return False
        return True

    def version(self) -> int:
        """A number that changes when another connection commits; 0 while nobody can tell."""
        with suppress(sqlite3.OperationalError):
            (version,) = self.connection().execute("PRAGMA data_version").fetchone()
            return int(version)
        return 0

    def commit(self) -> None:
        try:
            super().commit()
        except OperationalError as error:
            if is_held(error):
                self.turn.note_held()
            raise_in_words(error)
        self.turn.leave(has_written=True)

    def rollback(self) -> None:
        try:
            if self.connection().in_transaction:  # SQLite itself takes back what met a full disk
                super().rollback()
        finally:
            self.turn.leave()

    def savepoint(self) -> Savepoint:
        return Savepoint(self)


def identity_of(path: str) -> tuple[int, int] | None:
    """Which file that is, whatever it is called; None when there is none."""
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
