"""The whole site as one WSGI application: a connection around each request, our headers, and a line in the log."""

import logging
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from functools import partial
from typing import Any
from urllib.parse import quote

from bottle import Bottle, Route
from peewee import PeeweeException
from playhouse.pool import MaxConnectionsExceeded

from models.shared.database import database, is_sqlite
from models.shared.history.writer import Writer, writing
from models.shared.room import asking
from models.shared.storage import url_prefix
from routes.shared.addresses import prefix_of, take_prefix
from routes.shared.dialect import Dialect
from routes.shared.environ import Environ, Start, tidy_environ
from routes.shared.errors import answer_error, translate_errors
from routes.shared.headers import Headers, is_preflight, preflight, with_all
from routes.shared.log import log
from routes.shared.login import id_of_me
from routes.shared.network import network_of
from routes.shared.origins import is_for_this_machine
from routes.shared.patterns import Patterns
from routes.shared.reading import Handle, read
from routes.shared.remembered import Memory
from routes.shared.request_check import check_request
from routes.shared.section import Section, require_guard
from routes.shared.state import FROZEN_KEY, STATE_KEY, RequestState, Trace

access_log = logging.getLogger("portfolio.access")

ROW_ID = r"[0-9]{1,18}"  # fits an SQL integer, so a longer one finds no route: 404


class Site(Bottle):
    """All sections together. `config` has its version and its settings, by their names."""

    def __init__(self, **config: Any) -> None:
        super().__init__()
        self.__dict__["router"] = Patterns()  # Bottle takes another value of an attribute for a mistake
        self.config.update(config)
        self.dialects: set[Dialect] = set()
        self.memory = Memory() if self.config.get("remember") == "yes" else None
        self.beginnings: list[Callable[[], object]] = []  # what a process does when it answers its first request
        self.router.add_filter("int", lambda _: (ROW_ID, int, str))
        self.add_hook("before_request", translate_errors(check_request))
        self.default_error_handler = answer_error

    def add(self, *sections: Section) -> None:
        """Take in the routes of these, and how they speak."""
        for section in sections:
            self.routes[:] = [each for each in self.routes if f"{each.method} {each.rule}" not in section.in_place_of]
            self.merge(section)
            self.dialects.add(section.dialect)

    def add_route(self, route: Route) -> None:
        """A guard is asked for here too, as a route may come without a Section."""
        require_guard(route)
        super().add_route(route)

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """The way of every request in and out: its state, our headers, its line in the log."""
        started = time.perf_counter()
        while self.beginnings:
            self.begin()
        tidy_environ(environ, self.config["trusted_proxy"])
        take_prefix(environ, self.config["prefix"])
        url_prefix.set(prefix_of(environ))
        path = environ["PATH_INFO"]
        dialect = self.dialect_of(path)
        if dialect:
            environ["PATH_INFO"] = dialect.path_to_match(path)
        state = environ[STATE_KEY] = RequestState(dialect, path, environ.get(FROZEN_KEY))
        asking.set(network_of(environ.get("REMOTE_ADDR", "")))

        def start(status: str, headers: Headers, exc_info: Any = None) -> Any:
            state.status = status[:3]
            return start_response(status, with_all(headers, environ, state, self.config["origins"]), exc_info)

        body = self.answer(environ, state, start)
        self.log_request(environ, state, time.perf_counter() - started)
        return [b""] if body == [] else body  # hypercorn sends the head with the first part only

    def log_request(self, environ: Environ, state: RequestState, seconds: float) -> None:
        """Its line in the log. All is quoted, so that no request can write a line of its own."""
        method, path = quote(environ["REQUEST_METHOD"]), quote(state.path.encode("latin-1"))
        access_log.info("%s %s %s %.1f ms", method, path, state.status, seconds * 1000)

    def begin(self) -> None:
        """One of several threads does what is left to do: by now, a server that forks has done so."""
        with suppress(IndexError):
            self.beginnings.pop(0)()

    def dialect_of(self, path: str) -> Dialect | None:
        """How the programs speak that ask for `path`; None where pages are."""
        return next((each for each in self.dialects if path.startswith(each.prefix)), None)

    def answer(self, environ: Environ, state: RequestState, start: Start) -> Iterable[bytes]:
        """What pages of other origins ask first, what is read, and all else."""
        if is_preflight(environ, state):
            is_known = environ.get("HTTP_ORIGIN") in self.config["origins"]
            start("204 No Content", preflight(environ) if is_known else [])
            return []
        if is_sqlite() or not needs_database(environ):
            return self.found(environ, state, start, self.handle)
        from routes.shared.trying import answered_at_last, limited, seconds_to_wait  # only for a server

        with limited(seconds_to_wait()):
            if not self.config.get("has_readers"):
                return self.found(environ, state, start, partial(answered_at_last, self.handle))
            from routes.shared.by_readers import answered_by_reader, reader_chosen  # only where there are some

            with reader_chosen(environ):
                return self.found(environ, state, start, partial(answered_by_reader, self.handle))

    def found(self, environ: Environ, state: RequestState, start: Start, handle: Handle) -> Iterable[bytes]:
        """What is read may be in the memory."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return handle(environ, state, start)
        return read(environ, state, start, handle, self.memory_for(environ))

    def memory_for(self, environ: Environ) -> Memory | None:
        """What remembers the answer, if it may be remembered."""
        is_open = not self.config["lesson"] or is_for_this_machine(environ, self.config["host"])
        return self.memory if is_open and needs_database(environ) else None

    def handle(self, environ: Environ, state: RequestState, start: Start) -> Iterable[bytes]:
        """A connection to the database is open while a request is answered, its error page too."""
        with ExitStack() as stack:
            stack.enter_context(writing(Writer(command_of(environ, state), id_of_me)))
            stack.callback(close_after_failure, state)
            if needs_database(environ):
                try:
                    stack.enter_context(database.connection_context())
                except (PeeweeException, MaxConnectionsExceeded) as error:
                    log.error("The database cannot be opened", exc_info=error)
                    state.failure = error
            return self.wsgi(environ, start)

    # What a room that can be taken away fills in.

    def trace(self, view: str) -> Trace | None:
        """What a page, which is made with `view`, may say of how it came to be. None without a lab."""
        return None

    def note_failure(self, error: Exception) -> None:
        """Something has failed that nobody foresaw."""


def needs_database(environ: Environ) -> bool:
    """A file of ours needs none."""
    return not environ["PATH_INFO"].startswith("/static/") or environ["REQUEST_METHOD"] not in ("GET", "HEAD")


def command_of(environ: Environ, state: RequestState) -> str:
    """What is asked for, as the history says it."""
    path = state.path.encode("latin-1").decode(errors="replace")
    return f"{environ['REQUEST_METHOD']} {path}"


def close_after_failure(state: RequestState) -> None:
    """A read that failed half-way may hold on to the rows of that moment, so its connection is not used again."""
    if state.has_failed:
        database.close_idle()
