"""What takes long is done by a few at once. Others wait in a room that leaves threads for everybody else."""

from collections import Counter
from contextvars import ContextVar
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.shared.places import Waiter

MOST = 34  # threads that are slow or wait to be: two who hash, and 32 behind them
SHARE = 0.85  # of a server's threads, at most: of 40, six stay for pages

asking = ContextVar("asking", default="")  # the network for which this thread works


class Room:
    """Where threads wait for all kinds of places together."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.most = MOST
        self.processes = 1  # that share the machine, each with a room of its own
        self.inside = 0
        self.waiting: list[Waiter] = []

    @property
    def is_full(self) -> bool:
        """Whether one more would be too many."""
        return self.inside + len(self.waiting) >= self.most

    def make_place(self, network: str) -> bool:
        """Send away the last one of the network that has the most here, unless that is this one or has few itself."""
        counts = Counter(waiter.network for waiter in self.waiting)
        if not counts or max(counts.values()) <= counts[network] + 1:
            return False
        greedy = max(counts, key=lambda each: counts[each])
        last = next(waiter for waiter in reversed(self.waiting) if waiter.network == greedy)
        self.waiting.remove(last)
        last.called.set()
        return True


room = Room()


def share_threads(threads: int, processes: int = 1) -> None:
    """How many threads each of the server's `processes` has: most of them may be slow or wait, but not all."""
    room.processes = processes
    room.most = max(1, min(MOST, int(threads * SHARE)))
