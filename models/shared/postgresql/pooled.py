"""Peewee's PostgreSQL, with connections that come from our pool."""

from contextlib import suppress
from time import monotonic
from typing import Any

from peewee import OperationalError, PeeweeException, PostgresqlDatabase, __exception_wrapper__  # type: ignore[attr-defined]
from playhouse.pool import MaxConnectionsExceeded
from psycopg.conninfo import make_conninfo

from models.shared.postgresql.connection import ServerConnection
from models.shared.postgresql.deadline import WaitingTime, deadline
from models.shared.postgresql.pool import Pool
from models.shared.postgresql.servers import Servers

SOON = 0.5  # seconds


class PooledPostgresql(PostgresqlDatabase):
    """A database of the `servers`; see `Pool` for the others."""

    _state: Any  # Peewee's stubs forget these
    _adapter: Any
    _set_server_version: Any

    def __init__(self, servers: Servers, most: int, seconds: float) -> None:
        self.pool = Pool(servers, most, seconds)
        name = servers.known.get("dbname") or "postgres"
        super().__init__(name, prefer_psycopg3=True, autoconnect=False)

    def connect(self, reuse_if_open: bool = False) -> bool:
        """As Peewee's, but nobody else waits meanwhile."""
        if not self._state.closed:
            if reuse_if_open:
                return False
            raise OperationalError("Connection already opened.")
        with __exception_wrapper__:
            connection = self.taken()
        self._state.set_connection(connection)
        if self.server_version is None:
            self._set_server_version(connection)
        return True

    def taken(self) -> ServerConnection:
        """A connection of the pool."""
        return self.pool.take()

    def _close(self, conn: ServerConnection) -> None:
        self.pool.give_back(conn)

    def rollback(self) -> None:
        """As Peewee's. What was on a connection that is lost has been taken back."""
        if self.is_closed() or not self._state.conn.closed:
            super().rollback()

    def replace_lost(self) -> None:
        """Another connection for this thread, in place of one that is lost: soon, or there is none.

        A server that is there has as much time as the lost one had.
        """
        if self.is_closed() or not self._state.conn.closed or self.in_transaction():
            return
        opened_by = [*self._state.ctx]  # Peewee forgets it in between
        until = deadline.get()
        outer = deadline.set(WaitingTime(SOON))
        try:
            self.close()
            with suppress(PeeweeException, MaxConnectionsExceeded):
                self.connect()
                if until:
                    until.renew()
        finally:
            self._state.ctx.extend(opened_by)
            deadline.reset(outer)

    @property
    def _in_use(self) -> set[ServerConnection]:
        """As a pool of Peewee's calls them, for whoever counts."""
        return self.pool.in_use

    @property
    def _connections(self) -> list[ServerConnection]:
        """Those that nobody uses."""
        return self.pool.idle

    def has_no_server(self) -> bool:
        """Whether none was found, or the one that is there has said nothing for as long as this request may wait."""
        until = deadline.get()
        return self.pool.is_lost or (until is not None and until.left() <= 0)

    def is_lost(self) -> bool:
        """Whether no server is found just now, and somebody looks for it."""
        pool = self.pool
        return pool.is_lost and (pool.searching.locked() or monotonic() < pool.next_search)

    def close_idle(self) -> None:
        """Close the connections that nobody uses."""
        self.pool.close_idle()

    def close_all(self) -> None:
        """Close all connections, those of other threads too."""
        self.close()
        self.pool.close_all()

    def dispose(self) -> None:
        """In a process that was forked: what is open is its parent's."""
        super().dispose()
        self.pool.forget()

    def conninfo(self, **instead: str | None) -> str:
        """What another program, or another pool, takes to connect to the same servers, with other options `instead`."""
        known: dict[str, Any] = self.pool.servers.known | instead
        return make_conninfo("", **known)
