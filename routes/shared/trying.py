"""A request whose transaction was lost with the server, or was in another one's way, is done again by itself."""

import random
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Lock, get_ident
from typing import Any

from models.shared.database import database
from models.shared.postgresql.deadline import WaitingTime, deadline
from models.shared.postgresql.sqlstates import IN_THE_WAY
from models.shared.tries import Try, current_try
from routes.shared.cross_site import SAFE_METHODS
from routes.shared.environ import Environ, Start
from routes.shared.log import log, quoted
from routes.shared.reading import Handle, nothing
from routes.shared.state import RequestState

PAUSE_OF_TRY = 0.05  # seconds before the second try, and three times as long before each one after it
LONGEST_TURN = 1  # second, for who is in no hurry


class Turns:
    """While transactions are in each other's way, who writes does so one after the other."""

    def __init__(self) -> None:
        self.turn = Lock()
        self.crowd: set[int] = set()  # threads that try again, until they have an answer

    @contextmanager
    def taken(self, this: Try) -> Iterator[None]:
        """Wait for the turn, where it is needed, but not for long: in another process nobody waits for it."""
        is_needed = not this.is_safe and bool(self.crowd)
        until = deadline.get()
        has_turn = is_needed and self.turn.acquire(timeout=until.left() if until else LONGEST_TURN)
        try:
            yield
        finally:
            if has_turn:
                self.turn.release()

    @contextmanager
    def crowded(self) -> Iterator[Callable[[Try], None]]:
        """Call what it gives with each try that is followed by another one: until that is done, nobody begins out of
        turn. A server that is lost is no reason for turns: others would wait behind who looks for it."""

        def join(this: Try) -> None:
            if not this.is_safe and getattr(this.failure, "sqlstate", "") in IN_THE_WAY:
                self.crowd.add(get_ident())

        try:
            yield join
        finally:
            self.crowd.discard(get_ident())


turns = Turns()


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Inside, nobody waits for a server that has said nothing for so long."""
    outer = deadline.set(WaitingTime(seconds))
    try:
        yield
    finally:
        deadline.reset(outer)


def answered_at_last(handle: Handle, environ: Environ, state: RequestState, start: Start) -> Iterable[bytes]:
    """The answer of `handle`, at the first try or a later one: only then is it told to `start`."""
    asked, this = dict(environ), Try(is_safe=environ["REQUEST_METHOD"] in SAFE_METHODS, has_time=has_time)
    with turns.crowded() as join_crowd:
        while True:
            said: list[Any] = []
            body = tried(this, lambda hold: handle(environ, state, hold), said)
            if not (said and said[-1][0].startswith("5") and this.may_be_repeated()):
                break
            join_crowd(this)
            nothing(body)
            log.info("%s %s is done again: %s", quoted(state.path), this.number, first_words_of(this.failure))
            time.sleep(PAUSE_OF_TRY * 3 ** (this.number - 1) * random.uniform(0.5, 1.5))  # noqa: S311
            environ.clear()
            environ.update(asked)
            state.begin_again()
            this = this.following()
    start(*said[-1])
    return body


def tried(this: Try, handle: Callable[[Start], Iterable[bytes]], said: list[Any]) -> Iterable[bytes]:
    """The answer of one try, whose head is put into `said`."""
    outer = current_try.set(this)
    try:
        with turns.taken(this):
            return handle(lambda *head: said.append(head))
    finally:
        current_try.reset(outer)


def has_time() -> bool:
    """Whether the request may wait for the server yet."""
    until = deadline.get()
    return until is None or until.left() > 0


def first_words_of(error: Exception | None) -> str:
    """What a server says of an error, without its details."""
    return str(error).partition("\n")[0]


def seconds_to_wait() -> float:
    """How long the request may wait for a server that says nothing."""
    return float(database.obj.pool.servers.seconds)
