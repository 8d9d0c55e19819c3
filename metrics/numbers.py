"""Numbers that the processes of a site count, in memory that they share. Each has a part of its own, so none waits."""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from mmap import mmap
from tempfile import TemporaryFile
from threading import Lock
from weakref import finalize

from config import MAX_PROCESSES

Labels = tuple[str, ...]

MOST_PARTS = MAX_PROCESSES + 1  # should there be more processes, these share the last one


class Grid:
    """Some of the numbers of a part: one for each of its `lines`, known by their labels, in each of its `columns`."""

    def __init__(self, lines: Iterable[Labels], columns: Sequence[str]) -> None:
        self.lines = {line: number for number, line in enumerate(dict.fromkeys(lines))}
        self.columns = {column: number for number, column in enumerate(columns)}
        self.start = 0

    @property
    def end(self) -> int:
        """Where the next one begins."""
        return self.start + len(self.lines) * len(self.columns)

    def place(self, line: Labels, column: str) -> int:
        """Where in a part that number is."""
        return self.start + self.lines[line] * len(self.columns) + self.columns[column]

    def values(self, numbers: Sequence[float], line: Labels) -> Sequence[float]:
        """What the columns of a line are in these `numbers` of a part."""
        start = self.start + self.lines[line] * len(self.columns)
        return numbers[start : start + len(self.columns)]


class SharedNumbers:
    """All grids, once for each process. Whoever follows a process that has died goes on with its numbers.

    It is made before the server forks. Those of the `gauges` begin at zero with each process.
    """

    def __init__(self, gauges: Grid, *grids: Grid) -> None:
        self.about = Grid([()], ["pid"])
        self.gauges, self.size = gauges, 0
        for grid in (self.about, gauges, *grids):
            grid.start, self.size = self.size, self.size + grid.end
        self.lock = Lock()
        self.everywhere = memoryview(mmap(-1, MOST_PARTS * self.size * 8)).cast("d")
        self.seats = TemporaryFile()  # noqa: SIM115 - a byte of it is locked by each process, until that ends
        finalize(self, self.seats.close)
        self.own: memoryview[float] = memoryview(bytearray(self.size * 8)).cast("d")  # nobody's yet
        self.has_part = False

    def take_part(self) -> bool:
        """A part for this process, which answers its first request; False when there is one already."""
        with self.lock:
            if self.has_part:
                return False
            self.own = self.part(next(filter(self.take_seat, range(MOST_PARTS - 1)), MOST_PARTS - 1))
            for place in range(self.gauges.start, self.gauges.end):
                self.own[place] = 0
            self.own[self.about.place((), "pid")] = os.getpid()
            self.has_part = True
            return True

    def take_seat(self, number: int) -> bool:
        """Whether this process has that seat now. The system frees it when the process ends, however it does."""
        try:
            import fcntl
        except ImportError:  # where there is one process
            return True
        with suppress(OSError):
            fcntl.lockf(self.seats, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, number)
            return True
        return False

    def part(self, number: int) -> "memoryview[float]":
        """The numbers of one process."""
        return self.everywhere[number * self.size : (number + 1) * self.size]

    def parts(self) -> dict[int, list[float]]:
        """The numbers of all processes that have answered, by their seats."""
        pid = self.about.place((), "pid")
        used = [number for number in range(MOST_PARTS) if self.everywhere[number * self.size + pid]]
        return {number: [*self.part(number)] for number in used}

    def add(self, place: int, amount: float = 1) -> None:
        """Count."""
        with self.lock:
            self.own[place] += amount

    def put(self, place: int, value: float) -> None:
        """Set a gauge of this process."""
        self.own[place] = value
