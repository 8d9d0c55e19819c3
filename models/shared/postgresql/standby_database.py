"""A database that asks a reader where the request allows it, and else the server that leads."""

from contextlib import suppress
from typing import Any

import psycopg
from peewee import PeeweeException
from playhouse.pool import MaxConnectionsExceeded

from models.shared.history.told_postgresql import ToldPostgresql
from models.shared.postgresql.connection import ServerConnection
from models.shared.postgresql.servers import Servers
from models.shared.postgresql.standbys import Standbys, reading

# What was committed is in the log up to here. Where a commit does not wait for the log, it is what will be there.
POSITION_OF_LOG = (
    "SELECT CASE current_setting('synchronous_commit') WHEN 'off' THEN pg_current_wal_insert_lsn() "
    "ELSE pg_current_wal_flush_lsn() END - '0/0'::pg_lsn"
)


class StandbyPostgresql(ToldPostgresql):
    """The pool of the server that leads, and those of the readers."""

    def __init__(self, servers: Servers, most: int, seconds: float, readers: Standbys) -> None:
        self.standbys = readers
        super().__init__(servers, most, seconds)

    def taken(self) -> ServerConnection:
        """See `PooledPostgresql`. A reader that cannot be connected to is asked no more."""
        this = reading.get()
        if this and not this.has_failed:
            with suppress(psycopg.Error, MaxConnectionsExceeded):
                return this.reader.pool.take()
            this.has_failed = True
            this.reader.take_out()
        return super().taken()

    def _close(self, conn: ServerConnection) -> None:
        (conn.home or self.pool).give_back(conn)

    def is_lost(self) -> bool:
        """See `PooledPostgresql`. Where a reader is asked, it does not matter."""
        this = reading.get()
        return super().is_lost() and (this is None or this.has_failed)

    def position(self) -> int | None:
        """How far the log of the server that leads is; None when it does not say so."""
        with suppress(PeeweeException, psycopg.Error):
            (position,) = self.ask(POSITION_OF_LOG).fetchone()
            return int(position)
        return None

    def close_idle(self) -> None:
        """Close the connections that nobody uses."""
        super().close_idle()
        self.standbys.close_idle()

    def close_all(self) -> None:
        """Close all connections, those of other threads too."""
        super().close_all()
        self.standbys.close_all()

    def dispose(self) -> Any:
        """In a process that was forked: what is open is its parent's."""
        self.standbys.forget()
        return super().dispose()
