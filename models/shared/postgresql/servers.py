"""The servers that a URL names, one of which leads. libpq reads the URL, so all is allowed that it knows."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Any

import psycopg
from psycopg import generators, waiting
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from models.shared.postgresql.connection import INTERVAL, ServerConnection, ServerCursor, ServerSilent
from models.shared.postgresql.deadline import deadline

SERVER_PARTS = ("host", "hostaddr", "port")  # of which there may be several, with commas between
SILENT_FOR = 10  # for which a server that said nothing is asked last, and not for long
SHORT = 0.5  # seconds
WHO_ANSWERS = "SELECT pg_is_in_recovery(), pg_backend_pid()"


@dataclass
class Server:
    """One of them, as libpq wants to hear of it."""

    conninfo: str
    silent_until: float = 0.0

    def is_silent(self) -> bool:
        """Whether it said nothing a moment ago."""
        return monotonic() < self.silent_until

    def note_silent(self) -> None:
        """It says nothing."""
        if not self.is_silent():  # or a slow one would never get more than a short time again
            self.silent_until = monotonic() + SILENT_FOR


class Servers:
    """All of them. `wants` is what libpq is to ask for (`target_session_attrs`) where the URL does not say it.

    ValueError for a URL that libpq does not read; its words are not ours to show, as they repeat the password.
    """

    def __init__(self, url: str, seconds: float, wants: str = "read-write") -> None:
        try:
            known = dict(conninfo_to_dict(url))
            places = list(server_parts(known))
        except (psycopg.Error, ValueError):
            raise ValueError("no URL that libpq reads") from None
        if len(places) > 1:
            known.setdefault("target_session_attrs", wants)
        self.known = known
        self.seconds = seconds
        wanted = max(0.0, float(known.get("connect_timeout") or 0))  # a negative one is as none to libpq
        self.limit = min(seconds, wanted or (2 if len(places) > 1 else seconds))
        self.all = [Server(make_conninfo("", **known | place)) for place in places]
        self.last: Server | None = None  # the one that has answered last

    def connect(self) -> ServerConnection:
        """A new connection to the first one that answers and is what is wanted. OperationalError when none is."""
        reasons = []
        for server in self.in_order():
            try:
                connection = self.connection_to(server)
            except psycopg.Error as error:
                reasons.append(str(error))
            else:
                self.last = server
                return connection
        raise psycopg.OperationalError("\n".join(reasons))

    def in_order(self) -> list[Server]:
        """The one that has answered last before the others, and those that said nothing last."""
        servers = self.all[:]
        if self.known.get("load_balance_hosts") == "random":
            random.shuffle(servers)
        return sorted(servers, key=lambda each: (each.is_silent(), each is not self.last))

    def connection_to(self, server: Server) -> ServerConnection:
        """A connection to this one, within its time and ours."""
        until = deadline.get()
        seconds = SHORT if server.is_silent() and len(self.all) > 1 else self.limit
        try:
            started = generators.connect(server.conninfo)
            timeout = min(seconds, until.left()) if until else seconds
            connection = ServerConnection(waiting.wait_conn(started, interval=INTERVAL, timeout=timeout))
        except psycopg.errors._WaitTimeout:
            server.note_silent()
            raise ServerSilent(f"There was no answer within {seconds:g} s") from None
        connection.autocommit = True
        connection.add_notice_handler(connection.note_notice)
        connection.cursor_factory = ServerCursor
        connection.born, connection.server = monotonic(), server
        self.look_at(connection)
        return connection

    def look_at(self, connection: ServerConnection) -> None:
        """OperationalError unless it leads, where several are named. Behind a pooler, statements get no names."""
        is_standby, process = connection.execute(WHO_ANSWERS).fetchone() or (False, 0)
        if process != connection.info.backend_pid:  # so the next transaction may be another server process's
            connection.prepare_threshold = None
        if is_standby and self.known.get("target_session_attrs") in ("read-write", "primary"):
            connection.close()
            raise psycopg.OperationalError("It does not lead any more")


def server_parts(known: dict[str, Any]) -> Iterator[dict[str, str]]:
    """The host and port of each server, as libpq pairs them. ValueError when there are too many of one."""
    lists = {name: str(known[name]).split(",") for name in SERVER_PARTS if known.get(name)}
    count = max((len(lists.get(name, ())) for name in ("host", "hostaddr")), default=1) or 1
    if len(lists.get("port", ())) == 1:
        lists["port"] *= count
    if any(len(each) != count for each in lists.values()):
        raise ValueError("hosts and ports do not fit together")
    for number in range(count):
        yield {name: each[number] for name, each in lists.items()}
