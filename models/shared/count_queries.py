"""The queries of counts: each is one, and its answer is short, however many rows there are.

They are SQL around the query of the rows, which knows who may see what.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from sys import float_info
from typing import Any

from peewee import Case, Field, ModelSelect, fn

from models.shared.bars import MOST_RANGES
from models.shared.database import database, is_sqlite
from models.shared.kinds import kind_of
from models.shared.totals import counting, remembered

# `{seen}` is the table of the rows, with the column `value`, and `{total}` a query of how many they are.
BY_VALUE = """SELECT value, COUNT(*), ({total}), NULL FROM {seen} GROUP BY value
    ORDER BY value IS NULL DESC, COUNT(*) DESC, {in_order} LIMIT {most}"""
# By the first letters of a day like 2008-04-05, which are a day, a month, a year, a decade or a century.
BY_DAY = """SELECT SUBSTR(value, 1, letters), COUNT(*), ({total}), NULL FROM {seen} CROSS JOIN
    (SELECT CASE WHEN days <= 92 THEN 10 WHEN days <= 1860 THEN 7 WHEN days <= 22320 THEN 4 WHEN days <= 223200 THEN 3
        ELSE 2 END AS letters FROM (SELECT {last} - ({first}) AS days FROM {seen}) AS whole) AS spans
    GROUP BY 1"""
DAY_NUMBER = (  # nearly, as each month has 31 here
    "CAST(SUBSTR({0}, 1, 4) AS INTEGER) * 372 + CAST(SUBSTR({0}, 6, 2) AS INTEGER) * 31"
    " + CAST(SUBSTR({0}, 9, 2) AS INTEGER)"
)
# By how often the width of a range goes into the value: the smallest width with which there are not too many.
BY_RANGE = """SELECT {place}, COUNT(*), ({total}), MAX(width) FROM {seen} CROSS JOIN
    (SELECT COALESCE(MIN(CASE WHEN most - least < column1 * {ranges} THEN column1 END), {widest}) AS width
        FROM (VALUES {widths}) AS widths CROSS JOIN
        (SELECT MIN(value) AS least, MAX(value) AS most FROM {seen}) AS whole) AS ranges
    GROUP BY 1"""
WIDTHS = [f"{digit}e{power}" for power in range(-30, 309) for digit in (1, 2, 5)][:-2]  # up to the largest float
WHOLE_WIDTHS = [str(digit * 10**power) for power in range(19) for digit in (1, 2, 5)]
# SQLite cuts off what is behind the point. What is a little too small for a float is not.
PLACE = "FLOOR(value / width)"
WHOLE_PLACE_IN_SQLITE = "(value - (value % width + width) % width) / width"
PLACE_IN_SQLITE = "CAST({0} AS INTEGER) - ({0} < CAST({0} AS INTEGER))".format("(value / width + 1e-9)")
DAY_IN_SQLITE = "[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]*"
DAY = "YYYY-MM-DD"


@dataclass(frozen=True)
class Lines:
    """Pairs of what is counted alike and how many rows that are, how many there are in all, how wide a range is."""

    numbers: list[tuple[Any, int]]
    total: int
    width: Any


def count_values(rows: "ModelSelect[Any]", field: Field, most: int) -> Lines:
    """None first, then `most` values: the most frequent ones, in an order that is alike on every engine."""
    is_text = kind_of(field).stored_as is str
    by_value = 'value COLLATE "C"' if is_text and not is_sqlite() else "value"
    return asked(rows, field, BY_VALUE, in_order=by_value, most=most + 1)


def count_days(rows: "ModelSelect[Any]", field: Field) -> Lines:
    """By the first letters of a day: so many that there are not too many bars."""
    first, last = DAY_NUMBER.format("MIN(value)"), DAY_NUMBER.format("MAX(value)")
    return asked(rows, readable_day(field), BY_DAY, first=first, last=last)


def count_ranges(rows: "ModelSelect[Any]", field: Field) -> Lines:
    """By the number of a range, of which there are not too many."""
    is_whole = kind_of(field).stored_as is int
    widths = WHOLE_WIDTHS if is_whole else WIDTHS
    exact = "" if is_sqlite() else "::NUMERIC"  # no product is too much for it
    place = (WHOLE_PLACE_IN_SQLITE if is_whole else PLACE_IN_SQLITE) if is_sqlite() else PLACE
    listed = ", ".join(f"({each}{exact})" for each in widths)
    number = readable_number(field)
    return asked(rows, number, BY_RANGE, place=place, widths=listed, widest=widths[-1], ranges=MOST_RANGES)


def asked(rows: "ModelSelect[Any]", value: Any, sql: str, **parts: Any) -> Lines:
    """What the query gives, for this value of each row."""
    total, of_total = counting(rows).sql()
    seen, of_seen = rows.select(value.alias("value")).order_by().sql()
    given = [*of_total, *of_seen * sql.count("{seen}")]  # in the order in which they stand there
    lines = remembered(sql.format(total=total, seen=f"({seen}) AS seen", **parts), given, all_lines)
    numbers = [(each, int(number)) for each, number, _total, _width in lines]
    return Lines(numbers, int(lines[0][2]) if lines else 0, lines[0][3] if lines else None)


def all_lines(sql: str, given: Sequence[Any]) -> list[Any]:
    """The answer of the database."""
    lines: list[Any] = database.execute_sql(sql, given).fetchall()
    return lines


def readable_day(field: Field) -> Any:
    """The day of a date or a time as text; none for what is no day of Python's."""
    if is_sqlite():
        return Case(None, [(fn.GLOB(DAY_IN_SQLITE, field), fn.SUBSTR(field, 1, len(DAY)))])
    is_day = (field >= "0001-01-01") & (field < "10000-01-01")
    return Case(None, [(is_day, fn.TO_CHAR(field, DAY))])


def readable_number(field: Any) -> Any:
    """The number; none for what its kind cannot read."""
    kind: Any = kind_of(field).stored_as
    largest = {int: 2**63 - 1, float: float_info.max}.get(kind) or 10**field.max_digits - 1
    is_number = field.between(-largest, largest)
    if not is_sqlite():
        return Case(None, [(is_number, field.cast("NUMERIC"))])
    types = ["integer"] if kind is int else ["integer", "real"]
    return Case(None, [(fn.TYPEOF(field).in_(types) & is_number, field)])
