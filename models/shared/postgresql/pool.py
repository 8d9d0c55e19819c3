"""Connections that are used again. What tells that the server leads no more throws all of them away."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from time import monotonic

import psycopg
from playhouse.pool import MaxConnectionsExceeded
from psycopg.pq import TransactionStatus

from models.shared.postgresql.connection import ServerConnection, ServerSilent
from models.shared.postgresql.deadline import deadline
from models.shared.postgresql.servers import Servers
from models.shared.postgresql.sqlstates import means_another_server
from models.shared.room import room

GREATEST_AGE = 300  # seconds, so that nobody stays for long on a server that leads no more
LONG_IDLE = 5  # seconds, after which a connection is looked at before it is used
SEARCH_PAUSE = 0.1  # seconds, between two searches for the server that leads
WAITING_SHARE = 0.5  # of the threads that may be slow: so many wait for a server, the others are told at once


class Pool:
    """At most so many connections to `servers`. Whoever finds none free waits for so many seconds, no more."""

    def __init__(self, servers: Servers, most: int, seconds: float) -> None:
        self.servers, self.most, self.seconds = servers, most, seconds
        self.forget()

    def forget(self) -> None:
        """What is open belongs to another process, from which this one was forked."""
        self.places = BoundedSemaphore(self.most)
        self.lock, self.searching = Lock(), Lock()
        self.idle: list[ServerConnection] = []
        self.in_use: set[ServerConnection] = set()
        self.generation = 0
        self.is_lost = False  # no server has been found
        self.next_search = 0.0
        self.waiting = 0

    def take(self) -> ServerConnection:
        """A connection for the calling thread. MaxConnectionsExceeded, or what psycopg raises."""
        until = deadline.get()
        places = self.places
        if not places.acquire(timeout=min(self.seconds, until.left()) if until else self.seconds):
            raise MaxConnectionsExceeded("There are too many connections")
        try:
            connection = self.used_before() or self.new_one()
        except BaseException:
            places.release()
            raise
        with self.lock:
            self.in_use.add(connection)
        return connection

    def give_back(self, connection: ServerConnection) -> None:
        """The calling thread is done with it."""
        if self.can_be_used_again(connection) and self.is_idle(connection):
            connection.used = monotonic()
            with self.lock:
                self.idle.append(connection)
        else:
            connection.close()
        with self.lock:
            if connection not in self.in_use:  # all of them have been closed meanwhile
                return
            self.in_use.remove(connection)
        self.places.release()

    def close_idle(self) -> None:
        """Close the connections that nobody uses."""
        with self.lock:
            idle, self.idle = self.idle, []
        for connection in idle:
            connection.close()

    def close_all(self) -> None:
        """Close those of other threads, too."""
        self.close_idle()
        with self.lock:
            in_use, self.in_use = self.in_use, set()
        for connection in in_use:
            connection.close()
            self.places.release()

    def note_failure(self, connection: ServerConnection, error: psycopg.Error) -> None:
        """Throw all connections away when one of them tells that its server is gone, or leads no more."""
        if isinstance(error, ServerSilent):
            connection.server.note_silent()
        if connection.closed or means_another_server(error.sqlstate):
            self.throw_away(connection.generation)

    def throw_away(self, generation: int) -> None:
        """All connections of this generation, those in use when they come back. Once, whoever else notices it."""
        with self.lock:
            if generation != self.generation:
                return
            self.generation += 1
        self.close_idle()

    def used_before(self) -> ServerConnection | None:
        """The one that was used last, so that those that are not needed grow old."""
        while True:
            with self.lock:
                if not self.idle:
                    return None
                connection = self.idle.pop()
            if self.can_be_used_again(connection) and self.still_leads(connection):
                return connection
            connection.close()

    def can_be_used_again(self, connection: ServerConnection) -> bool:
        """Whether it is open, of the servers of now, and not too old."""
        is_of_now = not connection.closed and connection.generation == self.generation
        return is_of_now and not connection.is_older_than(GREATEST_AGE)

    def is_idle(self, connection: ServerConnection) -> bool:
        """Whether it is in no transaction; one that was left open is taken back."""
        try:
            if connection.info.transaction_status != TransactionStatus.IDLE:
                connection.rollback()
        except psycopg.Error as error:
            self.note_failure(connection, error)
        return connection.info.transaction_status == TransactionStatus.IDLE

    def still_leads(self, connection: ServerConnection) -> bool:
        """Whether its server does. It is asked only when it has said something, or nobody has asked for a while."""
        if monotonic() < connection.used + LONG_IDLE and not connection.has_news():
            return True
        try:
            self.servers.look_at(connection)
        except psycopg.Error:
            self.throw_away(connection.generation)
            return False
        return True

    def new_one(self) -> ServerConnection:
        """A new connection. While there is no server to be found, a request waits for as long as it may."""
        until = deadline.get()
        try:
            return self.found()
        except psycopg.OperationalError:
            if not until or until.left() <= 0:
                raise
        with self.one_more_waits():
            while True:
                time.sleep(SEARCH_PAUSE * random.uniform(1, 3))  # noqa: S311 - so that not all come at once
                try:
                    return self.found()
                except psycopg.OperationalError:
                    if until.left() <= 0:
                        raise

    @contextmanager
    def one_more_waits(self) -> Iterator[None]:
        """OperationalError when too many wait already: the others' threads are for what needs no database."""
        with self.lock:
            if self.waiting >= max(1, int(room.most * WAITING_SHARE)):
                raise psycopg.OperationalError("Too many wait for a server already")
            self.waiting += 1
        try:
            yield
        finally:
            with self.lock:
                self.waiting -= 1

    def found(self) -> ServerConnection:
        """A new connection. Once no server was found, one thread looks for it, and tells the others."""
        generation = self.generation
        if not self.is_lost:
            return self.connected(generation)
        until = deadline.get()
        if not self.searching.acquire(timeout=until.left() if until else -1):
            raise psycopg.OperationalError("No server was found")
        try:
            if self.is_lost and monotonic() < self.next_search:
                raise psycopg.OperationalError("No server was found a moment ago")
            return self.connected(generation)
        finally:
            self.searching.release()

    def connected(self, generation: int) -> ServerConnection:
        """A new connection, whether that is known to be possible or not."""
        try:
            connection = self.servers.connect()
        except psycopg.OperationalError:
            self.is_lost, self.next_search = True, monotonic() + SEARCH_PAUSE
            raise
        self.is_lost = False
        connection.generation, connection.when_failed = generation, self.note_failure
        return connection
