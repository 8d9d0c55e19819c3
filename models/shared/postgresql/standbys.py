"""The standbys that answer whoever only reads: which one is well, and how much it has of what was written."""

import random
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any

import psycopg
from playhouse.pool import MaxConnectionsExceeded
from psycopg.conninfo import make_conninfo

from models.shared.postgresql.connection import ServerConnection, ServerSilent
from models.shared.postgresql.deadline import WaitingTime, deadline
from models.shared.postgresql.pool import Pool
from models.shared.postgresql.servers import Servers, server_parts
from models.shared.postgresql.sqlstates import ANOTHER_SERVER, IS_READ_ONLY

SECONDS_OF_LOOK = 1  # between two looks at all of them, and the longest that one of them may take to answer
LATE_SECONDS = 5  # what led to this place of the log so long ago must be there
FRESH_SECONDS = 5  # after which a look says nothing any more: this process may have slept
STANDBY_POSITION = "SELECT pg_is_in_recovery(), pg_last_wal_replay_lsn() - '0/0'::pg_lsn"
LEADER_POSITION = "SELECT pg_current_wal_flush_lsn() - '0/0'::pg_lsn"


class StandbyPool(Pool):
    """Connections to one reader. Nobody waits for it, as the server that leads can be asked instead."""

    def __init__(self, servers: Servers, most: int, seconds: float, reader: "Standby") -> None:
        self.reader = reader
        super().__init__(servers, most, seconds)

    def new_one(self) -> ServerConnection:
        """A new connection."""
        connection = self.servers.connect()
        connection.generation, connection.when_failed, connection.home = self.generation, self.note_failure, self
        return connection

    def note_failure(self, connection: ServerConnection, error: psycopg.Error) -> None:
        """Whatever it is, the server that leads is asked. A reader that is gone is asked no more."""
        this = reading.get()
        if this:
            this.has_failed = True
        is_gone = error.sqlstate in ANOTHER_SERVER and error.sqlstate != IS_READ_ONLY
        if connection.closed or isinstance(error, ServerSilent) or is_gone:
            self.reader.take_out()
            self.throw_away(connection.generation)


class Standby:
    """One of them. `position` is how far of the log it has, at least, in bytes."""

    def __init__(self, conninfo: str, most: int, seconds: float) -> None:
        self.pool = StandbyPool(Servers(conninfo, seconds), most, seconds, self)
        self.take_out()

    def take_out(self) -> None:
        """It is asked no more, until somebody has seen that it is well."""
        self.is_well, self.position, self.looked = False, 0, 0.0

    def can_be_asked(self) -> bool:
        """Whether it was well a moment ago."""
        return self.is_well and monotonic() < self.looked + FRESH_SECONDS

    def has(self, position: int) -> bool:
        """Whether it has the log up to here; it is asked only when that is not known."""
        if self.position < position:
            self.look()
        return self.is_well and self.position >= position

    def look(self) -> None:
        """See how far it is. One that is no standby is none of the readers: it leads, or it is alone."""
        with looking():
            try:
                is_standby, position = one_row(self.pool, STANDBY_POSITION)
            except (psycopg.Error, MaxConnectionsExceeded):
                self.take_out()
            else:
                self.is_well, self.position, self.looked = bool(is_standby), int(position or 0), monotonic()


class Standbys:
    """All of them. A process asks one as long as that is well, so that what it reads does not go back in time."""

    def __init__(self, urls: Iterable[str], leader: str, most: int, seconds: float) -> None:
        self.all = [Standby(conninfo, most, seconds) for url in urls for conninfo in each_server(url, seconds)]
        self.leader = Pool(
            Servers(leader, SECONDS_OF_LOOK), 1, SECONDS_OF_LOOK
        )  # its own, so that it is in nobody's way
        self.forget()

    def forget(self) -> None:
        """Nobody looks yet. What is open belongs to another process, from which this one was forked."""
        self.lock, self.ended = Lock(), Event()
        self.is_looking = False
        self.places: deque[tuple[float, int]] = deque()  # when the server that leads was seen, and how far it was
        for pool in self.pools():
            pool.forget()

    def pools(self) -> list[Pool]:
        """Of all connections."""
        return [self.leader, *(reader.pool for reader in self.all)]

    def with_position(self, position: int) -> Standby | None:
        """The reader that this process asks, if it has the log up to here."""
        self.begin()
        reader = next((each for each in self.all if each.can_be_asked()), None)
        return reader if reader and reader.has(position) else None

    def begin(self) -> None:
        """Look at all of them, and from now on again and again."""
        if self.is_looking:
            return
        with self.lock:
            if not self.is_looking:
                random.shuffle(self.all)  # so that several processes ask several readers
                self.look_around()
                Thread(target=self.go_on_looking, name="readers", daemon=True).start()
                self.is_looking = True

    def go_on_looking(self) -> None:
        """Until the database is closed."""
        ended = self.ended
        while not ended.wait(SECONDS_OF_LOOK):
            self.look_around()

    def look_around(self) -> None:
        """Take out those that are gone or late, and take in those that are well again."""
        with looking(), suppress(psycopg.Error, MaxConnectionsExceeded):
            self.note_place(int(one_row(self.leader, LEADER_POSITION)[0]))
        for reader in self.all:
            reader.look()
            if reader.position < self.position_to_have():
                reader.take_out()

    def note_place(self, position: int) -> None:
        """The server that leads is here. When it dies, the next one may be a little less far."""
        if self.places and position < self.places[-1][1]:
            self.places.clear()
        self.places.append((monotonic(), position))

    def position_to_have(self) -> int:
        """How far the log was when a reader may just not be late yet."""
        late = monotonic() - LATE_SECONDS
        while len(self.places) > 1 and self.places[1][0] <= late:
            self.places.popleft()
        return self.places[0][1] if self.places and self.places[0][0] <= late else 0

    def close_idle(self) -> None:
        """Close the connections that nobody uses."""
        for pool in self.pools():
            pool.close_idle()

    def close_all(self) -> None:
        """Close all connections, and look no more."""
        self.ended.set()
        for pool in self.pools():
            pool.close_all()


@dataclass
class Reading:
    """A request that only reads, and the reader that it asks, until that has failed."""

    reader: Standby
    has_failed: bool = False


reading: ContextVar[Reading | None] = ContextVar("reading", default=None)  # none: the server that leads is asked


def each_server(url: str, seconds: float) -> list[str]:
    """One conninfo for each server that the URL names."""
    known = Servers(url, seconds, wants="any").known
    return [make_conninfo("", **known | place) for place in server_parts(known)]


@contextmanager
def looking() -> Iterator[None]:
    """A look is part of no request, and takes no long time."""
    outer, request = deadline.set(WaitingTime(SECONDS_OF_LOOK)), reading.set(None)
    try:
        yield
    finally:
        reading.reset(request)
        deadline.reset(outer)


def one_row(pool: Pool, sql: str) -> Any:
    """The first row of the answer."""
    connection = pool.take()
    try:
        return connection.execute(sql).fetchone()
    finally:
        pool.give_back(connection)
