"""A connection whose statements wait no longer than the request may, and which tells what went wrong."""

import select
from collections.abc import Callable
from time import monotonic
from typing import Any

import psycopg
from psycopg import waiting

from models.shared.postgresql.deadline import deadline

INTERVAL = 0.1  # seconds, in which Ctrl-C is heard


class ServerSilent(psycopg.OperationalError):
    """The server has said nothing for so long that nobody waits any more. What it does with the statement is open."""


class ServerConnection(psycopg.Connection[Any]):
    """As psycopg's. `generation` is that of the pool when it was made; `when_failed` is told of each error.

    `born` and `used` are by the clock of the process, and `server` is the one of `Servers` that it leads to.
    """

    generation = 0
    born = used = 0.0
    server: Any = None
    when_failed: Callable[["ServerConnection", psycopg.Error], None] | None = None

    def wait(self, gen: Any, interval: float = INTERVAL, timeout: float | None = None) -> Any:
        """As psycopg's. ServerSilent, and closed without a word, when the time of the request is up."""
        until = deadline.get()
        if not until:
            return super().wait(gen, interval, timeout)
        try:
            answer = waiting.wait(gen, self.pgconn.socket, interval=interval, timeout=until.left())
        except psycopg.errors._WaitTimeout as error:
            self.close()  # a request to cancel could take back what another server has already
            raise ServerSilent(f"The database has not answered for {until.seconds:g} s") from error
        until.renew()
        return answer

    def has_news(self) -> bool:
        """Whether the server has said something that nobody asked for, such as goodbye. It costs no round trip."""
        if not hasattr(select, "poll"):
            return bool(select.select([self.pgconn.socket], [], [], 0)[0])
        news = select.poll()
        news.register(self.pgconn.socket, select.POLLIN)
        return bool(news.poll(0))

    def is_older_than(self, seconds: float) -> bool:
        """Since it was made."""
        return monotonic() > self.born + seconds


class ServerCursor(psycopg.Cursor[Any]):
    """As psycopg's."""

    def execute(self, *args: Any, **options: Any) -> Any:
        """As psycopg's. The connection is told of an error."""
        try:
            return super().execute(*args, **options)
        except psycopg.Error as error:
            connection: Any = self.connection
            if connection.when_failed:
                connection.when_failed(connection, error)
            raise
