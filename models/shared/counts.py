"""How many rows have which value: the numbers of a chart, counted in the database by one query."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from peewee import ModelSelect

from models.shared.bars import Bar, range_bars, span_bars
from models.shared.count_queries import count_days, count_ranges, count_values
from models.shared.kinds import has_kind, kind_of
from models.shared.unreadable import Unreadable
from models.shared.values import to_json

MOST_FREQUENT = 20  # more are counted together, but for those that a field names as its choices


@dataclass(frozen=True)
class Counts:
    """`bars` in their order, how many rows have `others` of the values, and how many rows there are in all.

    The bar of rows without a value is the last one. What cannot be read counts as none. `unit` says what a bar
    stands for where it is not one value: `day`, `month`, `year`, `decade`, `century` or `range`.
    """

    bars: list[Bar]
    others: int
    total: int
    unit: str = ""


@cache
def countable(model: Any) -> tuple[str, ...]:
    """The fields that rows of `model` can be counted by: those that are shown, and not another one for each row."""
    fields = [model._meta.fields[name] for name in model.shows if name in model._meta.fields]
    return tuple(field.name for field in fields if has_kind(field) and not field.unique and way_of(field))


def way_of(field: Any) -> str:
    """How it is counted, as its kind says. With choices, each of them is a bar."""
    counted = kind_of(field).counted
    return "values" if counted and field.choices else counted


def counts_of(rows: "ModelSelect[Any]", name: str) -> Counts:
    """The counts of `rows` by one of the `countable` fields."""
    field = rows.model._meta.fields[name]
    return COUNTED_BY[way_of(field)](rows, field)


def by_value(rows: "ModelSelect[Any]", field: Any) -> Counts:
    """The most frequent values first; choices in their own order."""
    known = known_values(field)
    found = count_values(rows, field, max(MOST_FREQUENT, len(known)))
    numbers, nothing = dict.fromkeys(known, 0), 0
    for raw, number in found.numbers:
        value = field.python_value(raw)
        if value is None or isinstance(value, Unreadable):
            nothing += number
        else:
            numbers[value] = numbers.get(value, 0) + number
    bars = [Bar(to_json(field, value), number) for value, number in numbers.items()]
    return with_nothing(bars, nothing, found.total)


def known_values(field: Any) -> list[Any]:
    """Those that have a bar also where no row has them."""
    return [choice for choice, _label in field.choices or ()] or list(kind_of(field).values)


def by_day(rows: "ModelSelect[Any]", field: Any) -> Counts:
    """By days, or by longer spans where these would be too many, from the first to the last."""
    found = count_days(rows, field)
    bars, unit = span_bars({text: number for text, number in found.numbers if text is not None})
    return with_nothing(bars, found.total - sum(bar.number for bar in bars), found.total, unit)


def by_range(rows: "ModelSelect[Any]", field: Any) -> Counts:
    """By ranges of one width, from the smallest to the largest number."""
    found = count_ranges(rows, field)
    bars = range_bars(field, {place: number for place, number in found.numbers if place is not None}, found.width)
    return with_nothing(bars, found.total - sum(bar.number for bar in bars), found.total, "range")


def with_nothing(bars: list[Bar], nothing: int, total: int, unit: str = "") -> Counts:
    """The counts, with a bar for rows without a value where there are some."""
    others = total - nothing - sum(bar.number for bar in bars)
    return Counts([*bars, *([Bar(None, nothing)] if nothing else [])], others, total, unit)


COUNTED_BY: dict[str, Callable[[Any, Any], Counts]] = {"values": by_value, "days": by_day, "numbers": by_range}
