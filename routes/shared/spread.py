"""Connections at one socket are spread over the processes: who has more of them lets the others go first."""

import mmap
import time
from typing import Any

MOMENT = 0.0005  # seconds, in which another process takes it, if it has nothing else to do


class Spread:
    """How many connections each process has, in memory that they share. Wrong numbers do no harm."""

    def __init__(self, count: int) -> None:
        self.numbers = memoryview(mmap.mmap(-1, 4 * count)).cast("I")

    def join(self, server: Any, place: int) -> None:
        """Let this `server` tell how many it has, and wait a moment before it takes one more than others have."""
        readable, accept = server.readable, server.handle_accept

        def tell() -> bool:
            self.numbers[place] = len(server.active_channels)
            return bool(readable())

        def accept_in_turn() -> None:
            if self.has_more(place):
                time.sleep(MOMENT)
            accept()

        server.readable, server.handle_accept = tell, accept_in_turn

    def has_more(self, place: int) -> bool:
        """Whether it has clearly more than another one: with many, an eighth does not matter."""
        own = self.numbers[place]
        return own - own // 8 > min(self.numbers)
