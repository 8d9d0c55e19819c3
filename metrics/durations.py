"""How long something takes, counted as Prometheus' histograms are."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate

from metrics.numbers import Grid, Labels, SharedNumbers

BOUNDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
BUCKETS_AND_SUM = (*map(str, BOUNDS), "+Inf", "sum")


class Durations(Grid):
    """A histogram for each line."""

    def __init__(self, lines: Iterable[Labels]) -> None:
        super().__init__(lines, BUCKETS_AND_SUM)

    def note(self, numbers: SharedNumbers, line: Labels, seconds: float) -> None:
        """It has taken so long once."""
        start = self.start + self.lines[line] * len(BUCKETS_AND_SUM)
        with numbers.lock:
            numbers.own[start + bisect_left(BOUNDS, seconds)] += 1
            numbers.own[start + len(BOUNDS) + 1] += seconds


def cumulated(values: Sequence[float]) -> tuple[list[tuple[str, float]], float]:
    """The buckets of a line, each with all that are shorter, and the sum."""
    *counts, total = values
    return [*zip(BUCKETS_AND_SUM, accumulate(counts), strict=False)], total
