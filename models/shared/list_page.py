"""One page of a list, and where it stands in the whole."""

from dataclasses import dataclass
from typing import Any

from models.shared.cursor import Cursor, Order, token


@dataclass(frozen=True)
class Page:
    """`rows` in order, how many there are on all pages, and where the neighbouring pages begin.

    `next` is for `after`, `previous` for `before`; None where there is no such page. `first` is the number of the
    first row, where whoever came here can know it.
    """

    rows: list[Any]
    total: int
    next: str | None
    previous: str | None
    first: int | None


def passed_by(place: Cursor | None, count: int) -> int | None:
    """How many rows come before a page that begins `count` rows before `place`; None when nobody knows."""
    if place is None:
        return 0
    return None if place.number is None else place.number - count


def page_with(  # noqa: PLR0913, PLR0917 - a page has as much
    order: Order, rows: list[Any], total: int, passed: int | None, has_next: bool, has_previous: bool
) -> Page:
    """The page of these rows, which may be told to come after as many as were `passed`.

    At the ends of the list that is certain. In between, a number that cannot be is none: others write meanwhile.
    """
    rest = total - len(rows)
    if not has_previous:
        passed = 0
    elif not has_next:
        passed = rest
    can_be = passed is not None and has_previous <= passed <= rest - has_next
    passed = passed if can_be and rows else None
    return Page(
        rows,
        total,
        next=token(order, rows[-1], None if passed is None else passed + len(rows)) if rows and has_next else None,
        previous=token(order, rows[0], passed) if rows and has_previous else None,
        first=None if passed is None else passed + 1,
    )
