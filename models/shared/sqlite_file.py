"""SQLite's file as this site uses it: complete for whoever looks at it alone, and noticed when it is gone."""

import os
import sqlite3
import time
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any

from peewee import OperationalError

from models.shared.drivers import KindConnection
from models.shared.log_copier import LogCopier
from models.shared.one_writer import OneWriter
from models.shared.ownership import make_private_file
from models.shared.unavailable import FULL, GONE, HELD, READ_ONLY, Unavailable, raise_in_words
from models.shared.watcher import Watcher
from models.shared.writable import has_room, may_write


class Connection(KindConnection):
    """One that remembers how many of its changes are known to whoever copies the log."""

    changes_seen = 0


class SqliteFile(OneWriter):
    """A pool of connections to one file.

    `journal` is `wal`, or `truncate` for a file that is complete after each commit. Only `use_journal` switches a
    file to it: a connection takes it as it is, since another process may be using it.
    """

    def __init__(self, path: str, journal: str, busy_seconds: float, **options: Any) -> None:
        self.journal = journal
        self.copier = LogCopier(self.copy_log)
        self.watcher = Watcher(path)
        self.identity: tuple[int, int] | None = None  # of the file, once it has been opened
        pragmas = {"busy_timeout": int(busy_seconds * 1000), "foreign_keys": 1, "synchronous": "full"}
        pragmas["recursive_triggers"] = 1  # so that the rows which REPLACE takes away are deleted, for triggers too
        super().__init__(path, busy_seconds, pragmas=pragmas, factory=Connection, **options)

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

    def require_file(self) -> None:
        """Unavailable when the file is not the one that was opened: what is written then would vanish."""
        if self.identity != identity_of(self.database):
            raise Unavailable(GONE)

    def require_log(self) -> None:
        """As `require_file`, for the log beside it; within a transaction, which has opened it."""
        (mode,) = self.connection().execute("PRAGMA journal_mode").fetchone()
        if mode == "wal" and not os.path.exists(f"{self.database}-wal"):  # noqa: PTH110 - a Path takes its time
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

    # What Peewee calls.

    def connect(self, reuse_if_open: bool = False) -> Any:
        """As Peewee's. Unavailable when the file is gone, or cannot be opened."""
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

    def close_idle(self) -> None:
        """Close the connections that nobody uses, the watcher's too."""
        self.watcher.close()
        super().close_idle()

    def close_all(self) -> None:
        """Close all connections, and copy the log no more."""
        self.copier.stop()
        self.watcher.close()
        super().close_all()

    def begin(self, lock_type: str | None = None) -> None:
        """Begin as the one writer. Unavailable, too, when the file or its log is gone."""
        self.require_file()
        super().begin(lock_type)
        try:
            self.require_log()
        except BaseException:
            self.rollback()
            raise


def identity_of(path: str) -> tuple[int, int] | None:
    """Which file that is, whatever it is called; None when there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - a Path takes its time
    except OSError:
        return None
    return found.st_dev, found.st_ino
