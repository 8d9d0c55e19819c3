"""A connection whose statements wait no longer than the request may, and which tells what went wrong."""

import select
from collections.abc import Callable
from time import monotonic
from typing import Any

import psycopg
from psycopg import waiting
from psycopg.pq import TransactionStatus

from models.shared.postgresql.deadline import deadline
from models.shared.postgresql.sqlstates import IN_THE_WAY, REFUSED_AT_ONCE, means_another_server
from models.shared.tries import current_try

COMMITS_NOTHING = {  # statements that commit nothing, by their first words
    *("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SELECT", "WITH", "SHOW", "SET", "EXPLAIN", "LOCK"),
    *("DECLARE", "FETCH", "CLOSE", "VALUES", "TABLE"),
}
WAITING_FOR_STANDBY = "SyncRepWaitForLSN"  # the function of the server that warns
INTERVAL = 0.1  # seconds, in which Ctrl-C is heard


class ServerSilent(psycopg.OperationalError):
    """The server has said nothing for so long that nobody waits any more. What it does with the statement is open."""


class InDoubt(psycopg.OperationalError):
    """What was written may be there for good, or gone: the answer was lost, or only one server has it."""


class ServerConnection(psycopg.Connection[Any]):
    """As psycopg's. `generation` is that of the pool when it was made; `when_failed` is told of each error.

    `born` and `used` are by the clock of the process, and `server` is the one of `Servers` that it leads to.
    """

    generation = 0
    has_written = is_on_one_server = False
    born = used = 0.0
    server: Any = None
    home: Any = None  # the pool to which it belongs, where that is not the one of the server that leads
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

    def note_notice(self, notice: Any) -> None:
        """A warning that a commit is on one server only, which may be the one that is lost."""
        if notice.source_function == WAITING_FOR_STANDBY:  # its text is in the language of the server
            self.is_on_one_server = True


class ServerCursor(psycopg.Cursor[Any]):
    """As psycopg's. What it does is noted, so that it can be said afterwards whether it may be done again."""

    def execute(self, query: Any, *args: Any, **options: Any) -> Any:
        """As psycopg's. InDoubt when it may have been committed, and may not."""
        return self.watched(first_word(query), lambda: super(ServerCursor, self).execute(query, *args, **options))

    def executemany(self, query: Any, *args: Any, **options: Any) -> Any:
        """As psycopg's."""
        return self.watched(first_word(query), lambda: super(ServerCursor, self).executemany(query, *args, **options))

    def watched(self, word: str, do: Callable[[], Any]) -> Any:
        """What `do` gives."""
        connection: Any = self.connection
        is_alone = connection.pgconn.transaction_status == TransactionStatus.IDLE  # it is its own transaction
        if word == "BEGIN":
            connection.has_written = False
        commits = (word == "COMMIT" and connection.has_written) or (is_alone and word not in COMMITS_NOTHING)
        connection.is_on_one_server = False
        try:
            result = do()
        except psycopg.Error as error:
            note_error(connection, error, commits)
            raise
        if word == "COMMIT" and self.statusmessage == "ROLLBACK":
            raise psycopg.OperationalError("What was written has been taken back, as a statement had failed")
        if word not in COMMITS_NOTHING:
            connection.has_written = True
        if commits:
            note_commit(connection)
        return result


def first_word(query: Any) -> str:
    """Which kind of statement it is."""
    return str(query).lstrip(" (\n")[:10].partition(" ")[0].strip(";\n").upper()


def note_error(connection: ServerConnection, error: psycopg.Error, commits: bool) -> None:
    """Say it to the pool and to the request. InDoubt when it was lost in a commit."""
    is_lost = connection.closed or means_another_server(error.sqlstate)
    if connection.when_failed:
        connection.when_failed(connection, error)
    this = current_try.get()
    if this and (is_lost or error.sqlstate in IN_THE_WAY):
        this.failure = error
    if commits and is_lost and error.sqlstate not in REFUSED_AT_ONCE:
        if this:
            this.is_in_doubt = True
        raise InDoubt("The connection was lost while it was being saved") from error


def note_commit(connection: ServerConnection) -> None:
    """Something has been committed. InDoubt when only one server has it."""
    this = current_try.get()
    if connection.is_on_one_server:
        connection.is_on_one_server = False
        error = InDoubt("Nobody has waited until another server has what was saved")
        if this:
            this.is_in_doubt, this.failure = True, error
        raise error
    if this:
        this.has_committed = True
