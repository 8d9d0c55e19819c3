"""The bars of a chart whose values follow each other: of time and of numbers, also where there are no rows."""

import math
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from sys import float_info
from typing import Any, NamedTuple

from peewee import Field

from models.shared.conversions import limits
from models.shared.kinds import kind_of
from models.shared.values import to_json

# By how many letters of a day like 2008-04-05 it has: what a span is called, and how many years it has.
SPANS = {10: ("day", 0), 7: ("month", 0), 4: ("year", 1), 3: ("decade", 10), 2: ("century", 100)}
MOST_RANGES = 20  # so many widths from the smallest number to the largest one, at most
MOST_BARS = 200


class Bar(NamedTuple):
    """`number` rows have this `value`, in JSON's types, or one from it up to `below`. Without a value: they have none.

    Nothing is `below` where the last span ends that a date can have.
    """

    value: Any
    number: int
    below: Any = None


def span_bars(numbers: Mapping[str, int]) -> tuple[list[Bar], str]:
    """Of rows by the first letters of their day, and what a bar stands for. What is no day is left out."""
    known = {}
    for letters, number in numbers.items():
        with suppress(ValueError):
            known[first_day(letters)] = number
    if not known:
        return [], "day"
    length = len(next(iter(numbers)))
    bars, day, last = [], min(known), max(known)
    while True:
        following = next_day(day, length)
        bars.append(Bar(day.isoformat(), known.get(day, 0), following and following.isoformat()))
        if following is None or following > last or len(bars) == MOST_BARS:
            return bars, SPANS[length][0]
        day = following


def first_day(letters: str) -> date:
    """Of the span of all days that begin so. ValueError where there is none."""
    year = int(letters[:4].ljust(4, "0"))
    return date(max(1, year) if len(letters) < 4 else year, int(letters[5:7] or 1), int(letters[8:10] or 1))


def next_day(day: date, length: int) -> date | None:
    """The first one of the next span; None behind the last day there is."""
    years = SPANS[length][1]
    with suppress(ValueError, OverflowError):
        if length == 10:
            return day + timedelta(days=1)
        if length == 7:
            return day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1)
        return day.replace(year=day.year // years * years + years)
    return None


def range_bars(field: Field, numbers: Mapping[Any, int], width: Any) -> list[Bar]:
    """Of rows by how often `width` goes into their number."""
    known = {int(place): number for place, number in numbers.items()}
    if not known:
        return []
    edge = Edge(field, Decimal(str(width)))
    ends = [*known, *edge.ends()]
    places = range(min(ends), min(max(ends) + 1, min(ends) + MOST_BARS))
    return [Bar(edge.at(place), known.get(place, 0), edge.at(place + 1)) for place in places]


class Edge(NamedTuple):
    """Where the ranges of a number begin."""

    field: Field
    width: Decimal

    def ends(self) -> list[int]:
        """The first and the last range that the field allows, where these are not too far from each other."""
        given = limits(self.field)
        if None in given:
            return []
        first, last = (math.floor(Decimal(str(limit)) / self.width) for limit in given)
        return [first, last] if last - first <= MOST_RANGES else []

    def at(self, place: int) -> Any:
        """In JSON's types."""
        exact = self.width * place
        kind: Any = kind_of(self.field).stored_as
        if kind is not float:
            return to_json(self.field, kind(exact))
        number = float(exact)
        return number if math.isfinite(number) else math.copysign(float_info.max, number)
