"""Connections at one socket are spread over the processes: who has more of them lets the others go first."""

import mmap
import time
from typing import Any

MOMENT = 0.0005  # seconds, in which another process takes a connection, if it has nothing else to do
PERIOD = 0.05  # seconds, in which one waits a few times only: where all are busy nobody else comes
MOST_WAITS = 5


class Spread:
    """How many connections each process has, in memory that they share. Wrong numbers do little harm."""

    def __init__(self, count: int) -> None:
        self.numbers = memoryview(mmap.mmap(-1, 4 * count)).cast("I")
        self.waits, self.since = 0, 0.0

    def join(self, server: Any, place: int) -> None:
        """Let this `server` tell how many it has, and wait a moment before it takes clearly more than others have."""
        readable, accept = server.readable, server.handle_accept

        def tell() -> bool:
            self.numbers[place] = len(server.active_channels)
            return bool(readable())

        def accept_in_turn() -> None:
            if self.has_more(place) and self.may_wait():
                time.sleep(MOMENT)
            accept()

        server.readable, server.handle_accept = tell, accept_in_turn

    def has_more(self, place: int) -> bool:
        """Whether it has clearly more than another one: two, or with many an eighth."""
        own = self.numbers[place]
        return own - own // 8 > min(self.numbers) + 1

    def may_wait(self) -> bool:
        """Whether it has not done so too often lately."""
        now = time.monotonic()
        if now > self.since + PERIOD:
            self.waits, self.since = 0, now
        self.waits += 1
        return self.waits <= MOST_WAITS
