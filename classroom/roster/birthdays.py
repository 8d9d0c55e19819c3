"""Dates of birth in the orders that schools write: the whole column decides which it is."""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

DATE_ORDERS = {"dmy": "day, month, year", "mdy": "month, day, year", "ymd": "year, month, day"}
THREE_NUMBERS = re.compile(r"(\d{1,4})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{1,4})(?:[T ]00:00.*)?")
NO_DATE = "must be a date like 2008-04-05"


class FoundOrder(NamedTuple):
    """`order` is one of DATE_ORDERS, nothing while it is open; then `example` could be read in two ways."""

    order: str
    example: str = ""


def order_of(texts: Iterable[str], asked: str = "") -> FoundOrder:
    """The order of those dates of a column that do not begin with the year."""
    if asked:
        return FoundOrder(asked)
    open_ones, sure = [], set()
    for text in texts:
        possible = {order for order in ("dmy", "mdy") if is_date(text, order)}
        if len(possible) == 1:
            sure |= possible
        elif possible and date_in(text, "dmy") != date_in(text, "mdy"):
            open_ones.append(text)
    if open_ones and len(sure) != 1:
        return FoundOrder("", open_ones[0])
    return FoundOrder(sure.pop() if len(sure) == 1 else "")


def is_date(text: str, order: str) -> bool:
    """Whether it can be read so. One that begins with the year can only be read in one way."""
    found = THREE_NUMBERS.fullmatch(text)
    if not found or len(found[1]) > 2 or (found[2] == "." and order == "mdy"):
        return False
    try:
        date_in(text, order)
    except ValueError:
        return False
    return True


def date_in(text: str, order: str) -> date:
    """The date that a cell has. ValueError with a message."""
    found = THREE_NUMBERS.fullmatch(text)
    if not found:
        raise ValueError(NO_DATE)
    first, second, third = int(found[1]), int(found[3]), found[4]
    try:
        if len(found[1]) == 4:
            return date(first, second, int(third))
        if order == "ymd":
            return date(whole_year(found[1]), second, int(third))
        day, month = (second, first) if order == "mdy" and found[2] != "." else (first, second)
        return date(whole_year(third), month, day)
    except ValueError:
        raise ValueError(NO_DATE) from None


def whole_year(text: str) -> int:
    """A year of two digits is the last one that ended so."""
    year = int(text)
    if len(text) != 2:
        return year
    century = date.today().year // 100 * 100
    return century + year if century + year <= date.today().year else century - 100 + year
