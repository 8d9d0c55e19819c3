"""Requests that only read are answered by a reader: a standby that has all that its sender has written.

How far the log was after they wrote is in a cookie. A made-up one does no harm: whoever sends it reads what is older,
or asks the server that leads.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from functools import partial
from typing import Any

from models.shared.database import database
from models.shared.postgresql.standbys import Reading, reading
from models.shared.tries import Try
from routes.shared.cookie import cookie_text, tokens_in
from routes.shared.cross_site import SAFE_METHODS
from routes.shared.environ import Environ, Start
from routes.shared.reading import Handle, nothing
from routes.shared.state import AHEAD_KEY, RequestState
from routes.shared.trying import answered_at_last, tried

POSITION_COOKIE = "written"
POSITION_SENT = re.compile(r"[0-9]{1,19}")
NOT_KNOWN = "unknown"


@contextmanager
def reader_chosen(environ: Environ) -> Iterator[None]:
    """Inside, the request reads from a reader, if it may and there is one that has what it must have."""
    position = position_to_have(environ)
    reader = None if position is None else database.obj.standbys.with_position(position)
    if position != 0 and not reader:  # what nobody else sees yet is remembered for nobody
        environ[AHEAD_KEY] = True
    outer = reading.set(Reading(reader) if reader else None)
    try:
        yield
    finally:
        reading.reset(outer)


def position_to_have(environ: Environ) -> int | None:
    """How far of the log a reader must have; None when the server that leads is to be asked.

    A program that sends a token and keeps no cookies may have written anything.
    """
    if environ["REQUEST_METHOD"] not in SAFE_METHODS:
        return None
    sent = tokens_in(environ, POSITION_COOKIE)
    if not sent:
        return None if "HTTP_AUTHORIZATION" in environ else 0
    return max(map(int, sent)) if all(map(POSITION_SENT.fullmatch, sent)) else None


def answered_by_reader(handle: Handle, environ: Environ, state: RequestState, start: Start) -> Iterable[bytes]:
    """The answer of `handle`. What a reader cannot do is done again, whole, by the server that leads.

    That is also what would be written: when somebody was here last, or a text that another program has typed. Those
    are notes, so without a server that leads the first answer will do.
    """
    this, by_leader = reading.get(), partial(answered_at_last, partial(with_position, handle))
    if not this or this.has_failed:
        return by_leader(environ, state, start)
    asked, said, again = dict(environ), list[Any](), list[Any]()
    body = tried(Try(is_safe=True), lambda hold: handle(environ, state, hold), said)
    if this.has_failed or is_failure(said):
        this.has_failed = True
        first = dict(environ), copy(state)
        environ.clear()
        environ.update(asked)
        state.begin_again()
        of_leader = by_leader(environ, state, lambda *head: again.append(head))
        if is_failure(said) or not is_failure(again):
            nothing(body)
            body, said = of_leader, again
        else:
            nothing(of_leader)
            environ.update(first[0])
            state.become(first[1])
    start(*said[-1])
    return body


def is_failure(said: list[Any]) -> bool:
    """Whether nobody has an answer."""
    status: str = said[-1][0]
    return status.startswith("5")


def with_position(handle: Handle, environ: Environ, state: RequestState, start: Start) -> Iterable[bytes]:
    """The answer of `handle`, which tells a client how far the log is: it may have written, now or before."""

    def started(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        if position_to_have(environ) is None:
            cookie = cookie_text(str(position_now() or NOT_KNOWN), POSITION_COOKIE)
            headers = [*headers, ("Set-Cookie", cookie)]
        return start(status, headers, exc_info)

    return handle(environ, state, started)


def position_now() -> int | None:
    """How far the log is; None when nobody says it."""
    return None if database.is_closed() else database.obj.position()
