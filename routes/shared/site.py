"""The whole site as one WSGI application: a connection around each request, and a line in the log after it."""

import logging
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import Any
from urllib.parse import quote

from bottle import Bottle, HTTPError, request
from peewee import PeeweeException
from playhouse.pool import MaxConnectionsExceeded

from models.base import database
from routes.shared.errors import answer_error, log, unavailable

access_log = logging.getLogger("portfolio.access")

Environ = dict[str, Any]
ROW_ID = r"[0-9]{1,18}"  # fits an SQL integer, so a longer one finds no route: 404


class Site(Bottle):
    """All sections together."""

    def __init__(self, **config: str) -> None:
        super().__init__()
        self.config.update(config)
        self.router.add_filter("int", lambda _: (ROW_ID, int, str))
        self.add_hook("before_request", check_request)
        self.default_error_handler = answer_error

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        started = time.perf_counter()

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            environ["portfolio.status"] = status[:3]
            return start_response(status, headers, exc_info)

        with ExitStack() as stack:
            if needs_database(environ):
                try:
                    stack.enter_context(database.connection_context())
                except (PeeweeException, MaxConnectionsExceeded) as error:
                    log.error("The database cannot be opened", exc_info=error)
                    environ["portfolio.unavailable"] = True
            body = self.wsgi(environ, start)
        write_access(environ, time.perf_counter() - started)
        return body


def needs_database(environ: Environ) -> bool:
    return not environ["PATH_INFO"].startswith("/static/")


def check_request() -> None:
    """What is refused before a route is looked for."""
    try:
        request.environ["bottle.raw_path"].encode("latin-1").decode()
    except UnicodeDecodeError:
        raise HTTPError(400, "The address is not UTF-8.") from None
    if "portfolio.unavailable" in request.environ:
        raise unavailable()


def write_access(environ: Environ, seconds: float) -> None:
    """Method, path, status, ms. Quoted, so that no request can write a line of its own."""
    path = quote(environ["bottle.raw_path"].encode("latin-1"))
    method = quote(environ["REQUEST_METHOD"])
    access_log.info("%s %s %s %.1f ms", method, path, environ.get("portfolio.status"), seconds * 1000)
