"""The last requests, in memory: as many as fit. Nothing of them is written to the disk."""

from collections import OrderedDict
from itertools import count
from threading import Condition

from lab.record import Record

MOST_RECORDS = 200
MOST_MEMORY = 8 * 1024 * 1024
MOST_KEPT = 20


class Records:
    """Those of one site. What is kept stays, as long as there is room; else the oldest goes."""

    def __init__(self) -> None:
        self.changed = Condition()
        self.numbers = count(1)
        self.found: OrderedDict[int, Record] = OrderedDict()
        self.newest = 0
        self.size = 0
        self.kept = 0

    def next_number(self) -> int:
        """The number of the request that begins now."""
        return next(self.numbers)

    def add(self, record: Record) -> None:
        """Remember one, and forget the oldest."""
        with self.changed:
            self.found[record.number] = record
            self.newest = max(self.newest, record.number)
            self.size += record.size
            self.forget()
            self.changed.notify_all()

    def forget(self) -> None:
        """What is too much: the oldest that nobody keeps, and in need those, too."""
        while len(self.found) - self.kept > MOST_RECORDS or self.size > MOST_MEMORY:
            oldest = next((each for each in self.found.values() if not each.is_kept), next(iter(self.found.values())))
            self.remove(oldest)

    def remove(self, record: Record) -> None:
        """Forget this one."""
        del self.found[record.number]
        self.kept -= record.is_kept
        self.size -= record.size

    def get(self, number: int) -> Record | None:
        """The record of this number; None when it is gone."""
        with self.changed:
            return self.found.get(number)

    def all(self) -> list[Record]:
        """The newest first."""
        with self.changed:
            return sorted(self.found.values(), key=lambda each: -each.number)

    def keep(self, number: int, is_kept: bool) -> bool:
        """Hold one against the others, or no more; whether that could be done."""
        with self.changed:
            record = self.found.get(number)
            if record is None or (is_kept > record.is_kept and self.kept >= MOST_KEPT):
                return False
            self.kept += is_kept - record.is_kept
            record.is_kept = is_kept
            self.forget()
            return True

    def clear(self) -> None:
        """Forget all but those that are kept."""
        with self.changed:
            for each in [each for each in self.found.values() if not each.is_kept]:
                self.remove(each)

    def wait_for_newer(self, number: int, seconds: float) -> bool:
        """Whether there is one that is newer than this, as soon as there is, or after so many seconds."""
        with self.changed:
            return self.changed.wait_for(lambda: self.newest > number, seconds)
