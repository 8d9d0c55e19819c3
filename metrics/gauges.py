"""What is so just now: how many wait, and for what. Each process writes down its own, so that any can tell of all."""

from collections.abc import Callable, Iterator
from threading import Event, Thread
from typing import Any
from weakref import WeakMethod

from metrics.numbers import Grid, SharedNumbers
from models.shared.database import database, is_sqlite
from models.shared.passwords import HASHING
from models.shared.picture import DECODING
from models.shared.places import Places
from models.shared.room import room
from routes.shared.exchange.downloads import EXCHANGING
from routes.shared.remembered import Memory

EACH_SECONDS = 1.0  # where others ask, they get what is at most so old

WORK = {"password": HASHING, "picture": DECODING, "file": EXCHANGING}
IN_FLIGHT, OPENING = "requests in flight", "connections being opened"
IN_USE, IDLE = "connections in use", "connections idle"
ANSWERS, BYTES = "answers remembered", "bytes remembered"
RUNNING = {work: f"{work} running" for work in WORK}
WAITING = {work: f"{work} waiting" for work in WORK}
GAUGES = [IN_FLIGHT, OPENING, IN_USE, IDLE, ANSWERS, BYTES, *RUNNING.values(), *WAITING.values()]


def gauges_of_process() -> Grid:
    """A number for each of them."""
    return Grid([()], GAUGES)


def write_down(numbers: SharedNumbers, memory: Memory | None) -> None:
    """What is so in this process. The others are counted as they come and go."""
    for name, value in now(memory):
        numbers.put(numbers.gauges.place((), name), value)


def now(memory: Memory | None) -> Iterator[tuple[str, int]]:
    """The gauges that have to be looked at, and what they say."""
    in_use, idle = connections()
    yield IN_USE, in_use
    yield IDLE, idle
    if memory:
        yield ANSWERS, len(memory.answers)
        yield BYTES, memory.size
    for work, places in WORK.items():
        yield RUNNING[work], places.taken
        yield WAITING[work], waiting_for(places)


def connections() -> tuple[int, int]:
    """Those that somebody has, and the others. Where standbys are read, too, theirs are among them."""
    bound: Any = database.obj
    if is_sqlite():
        return len(bound._in_use), len(bound._connections)
    readers = getattr(bound, "readers", None)
    pools = [bound.pool, *(readers.pools() if readers else ())]
    return sum(len(pool.in_use) for pool in pools), sum(len(pool.idle) for pool in pools)


def waiting_for(places: Places) -> int:
    """How many threads do."""
    return sum(waiter.places is places for waiter in [*room.waiting])


def write_down_each_second(write: Callable[[], object]) -> None:
    """Where there are several processes: `write`, the method of something, for as long as that is there."""
    known = WeakMethod(write)

    def go_on() -> None:
        never = Event()
        while not never.wait(EACH_SECONDS) and (write := known()):
            write()
            del write

    Thread(target=go_on, daemon=True).start()
