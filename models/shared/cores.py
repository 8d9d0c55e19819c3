"""On which cores of the machine the threads of a process compute, where the system lets it choose (Linux)."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

CAN_CHOOSE = hasattr(os, "sched_setaffinity")


class Cores:
    """Those that the process may use, and the one that its threads share; none before it has been chosen."""

    def __init__(self) -> None:
        self.all: set[int] = set()
        self.shared: set[int] = set()

    def share_one(self, number: int) -> None:
        """Let this thread, and those that it starts from now on, share a core: one of `number` modulo how many.

        One thread at a time runs Python. To hand over to one on another core takes longer than many an answer.
        """
        if CAN_CHOOSE:
            self.all = self.all or os.sched_getaffinity(0)
            usable = sorted(self.all)
            self.shared = {usable[number % len(usable)]}
            os.sched_setaffinity(0, self.shared)


cores = Cores()


@contextmanager
def on_any_core() -> Iterator[None]:
    """For what computes without Python, as a hash or a picture: the others go on beside it."""
    if not cores.shared:
        yield
        return
    os.sched_setaffinity(0, cores.all)
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores.shared)
