"""Sees whether anybody has written to SQLite's file, over a connection that never writes."""

import sqlite3
from contextlib import suppress
from pathlib import Path
from threading import Lock


class Watcher:
    """One for all threads. Its connection is opened with the first question."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.lock = Lock()
        self.connection: sqlite3.Connection | None = None

    def version(self) -> tuple[sqlite3.Connection, int] | None:
        """Another one after each commit, and after `close()`; None when the file is held or cannot be read."""
        with self.lock, suppress(sqlite3.Error):
            # SQLite counts the commits of all others, for each connection from its own beginning.
            connection = self.connection = self.connection or self.connect()
            (number,) = connection.execute("PRAGMA data_version").fetchone()
            return connection, number
        return None

    def connect(self) -> sqlite3.Connection:
        """For reading; nobody waits, and no file is made."""
        place = f"{Path(self.path).absolute().as_uri()}?mode=rw"  # as `ro` could not open a log that is not in use
        connection = sqlite3.connect(place, uri=True, timeout=0, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA query_only = 1")
        return connection

    def close(self) -> None:
        """Until the next question."""
        with self.lock:
            if self.connection:
                self.connection.close()
            self.connection = None
