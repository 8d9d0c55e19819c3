"""Places where something slow is done, by a few threads at once. Networks take turns."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from models.shared.cores import on_any_core
from models.shared.room import asking, room
from models.shared.waiting import Busy, without_connection


class Places:
    """A kind of work that few threads do, `in_all` over all processes, or one in each where these are more.

    One waits for at most `seconds`, then it is Busy, in `words`. Networks take turns, so that one that asks much makes
    the others wait little.
    """

    def __init__(self, words: str, seconds: float, in_all: int = 2) -> None:
        self.words, self.seconds, self.in_all = words, seconds, in_all
        self.taken = 0
        self.round: int = 0  # of the one who came in last
        self.usual = 0.1  # seconds of one piece of work

    @property
    def at_once(self) -> int:
        """How many of this process."""
        return max(1, self.in_all // room.processes)

    @contextmanager
    def place(self) -> Iterator[None]:
        """Where it is done. Whoever waits gives back the connection to the database meanwhile."""
        self.enter()
        started = time.monotonic()
        try:
            with on_any_core():
                yield
        finally:
            self.leave(time.monotonic() - started)

    def enter(self) -> None:
        """Take a free place, or wait for one. Busy when the room is full, or nobody has called in time."""
        with room.lock:
            if room.is_full and not room.make_place(asking.get()):
                raise self.busy()
            if self.taken < self.at_once:
                self.taken += 1
                room.inside += 1
                return
            waiter = Waiter(self, asking.get())
            room.waiting.append(waiter)
        try:
            with without_connection():
                waiter.called.wait(self.seconds)
        except BaseException:
            self.give_up(waiter)
            raise
        if not waiter.has_place:
            self.give_up(waiter)
            raise self.busy()

    def give_up(self, waiter: "Waiter") -> None:
        """Let the others go on, also when the place has come in the last moment."""
        with room.lock:
            if waiter in room.waiting:
                room.waiting.remove(waiter)
            has_place, waiter.has_place = waiter.has_place, False
        if has_place:
            self.leave(self.usual)

    def leave(self, seconds: float) -> None:
        """Call the next one in, into the place that somebody had for so many `seconds`."""
        with room.lock:
            self.usual += (seconds - self.usual) / 8
            waiting = [waiter for waiter in room.waiting if waiter.places is self]
            if not waiting:
                self.taken -= 1
                room.inside -= 1
                return
            following = min(waiting, key=lambda waiter: waiter.round)  # the first of them, as they stand in order
            room.waiting.remove(following)
            self.round = following.round
            following.has_place = True
            following.called.set()

    def busy(self) -> Busy:
        """With the seconds that those who are here now will take."""
        waiting = sum(waiter.places is self for waiter in room.waiting)
        return Busy(self.words, seconds=math.ceil((waiting + self.taken) * self.usual / self.at_once))


class Waiter:
    """A thread that waits. Those of one network come in one `round` after the other."""

    def __init__(self, places: Places, network: str) -> None:
        self.places, self.network = places, network
        self.called, self.has_place = Event(), False
        rounds = [each.round for each in room.waiting if (each.places, each.network) == (places, network)]
        self.round: int = max(rounds, default=places.round) + 1
