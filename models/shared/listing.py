"""A list in pages. A page begins after a row, not at a number, so the last one costs what the first does."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from peewee import Expression, Field, ModelSelect, Tuple

from models.shared.conversions import convert_whole_number
from models.shared.row_checks import Invalid
from models.shared.rows import BaseModel
from models.shared.rules import check_choice
from models.shared.text import check_characters, check_length, tidy
from models.shared.values import converted, from_form, to_json

USUAL_PAGE, LARGEST_PAGE = 20, 100
LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Page:
    """`rows` in order, how many there are on all pages, and where the neighbouring pages begin.

    `next` is for `after`, `previous` for `before`; None where there is no such page.
    """

    rows: list[Any]
    total: int
    next: str | None
    previous: str | None


@dataclass(frozen=True)
class Order:
    """By `field`, then by id; rows without a value come last, up or down."""

    field: Field
    descending: bool

    @property
    def name(self) -> str:
        """As a URL has it."""
        return "-" * self.descending + str(self.field.name)


@dataclass(frozen=True)
class Cursor:
    """The row that a page begins after."""

    value: Any
    id: int


def page_of(  # noqa: PLR0913, PLR0917 - a URL has these parameters
    query: "ModelSelect[Any]",
    /,
    search: str = "",
    sort: str | None = None,
    after: str = "",
    before: str = "",
    limit: str | int = USUAL_PAGE,
    **filters: str,
) -> Page:
    """The page of `query` that these parameters of a URL ask for. `Invalid` names the one that makes no sense.

    It takes at most two queries and one for the count, however many rows there are.
    """
    for name, value in filters.items():
        query = query.where(filter_by(query.model, name, value))
    if search:
        query = query.where(contains(query.model, search))
    order = order_by(query.model, query.model.sort if sort is None else sort)
    size = page_size(limit)
    if after and before:
        raise Invalid({"before": "cannot go with after"})
    place = read_cursor(order, "before" if before else "after", before or after)
    rows = rows_after(query, order, place, size + 1, backwards=bool(before))
    is_more = len(rows) > size
    del rows[size:]
    if before:
        rows.reverse()
    has_next, has_previous = (True, is_more) if before else (is_more, bool(after))
    return Page(
        rows,
        query.count(),
        next=token(order, rows[-1]) if rows and has_next else None,
        previous=token(order, rows[0]) if rows and has_previous else None,
    )


def filter_by(model: type[BaseModel], name: str, value: str) -> Expression:
    """Rows that have this value. `Invalid` when a list cannot be asked so."""
    if name not in model.filters:
        raise Invalid({name: "is not a field"})
    field = model._meta.fields[name]
    try:
        value = converted(field, from_form({name: field}, {name: value})[name])
        if value is None and not field.null:
            raise ValueError("is required")
        check_choice(field, value)
        return field == value
    except ValueError as error:
        raise Invalid({name: str(error)}) from None


def contains(model: type[BaseModel], text: str) -> Expression:
    """Rows that have `text` in one of their searched fields. Capitals do not matter (in SQLite, of A to Z)."""
    if not model.searched:
        raise Invalid({"search": "finds nothing here, as no field has text"})
    try:
        text = tidy(text, LONGEST_SEARCH)
        check_length(text, 0, LONGEST_SEARCH)
        check_characters(text, lines=False)
    except ValueError as error:
        raise Invalid({"search": str(error)}) from None
    return reduce(or_, [model._meta.fields[name].contains(text) for name in model.searched])


def order_by(model: type[BaseModel], sort: str) -> Order:
    """`Invalid` when the rows cannot be sorted so."""
    name = sort.removeprefix("-")
    if name not in model.sorts:
        choices = [f"{sign}{each}" for each in model.sorts for sign in ("", "-")]
        raise Invalid({"sort": f"must be one of {', '.join(choices)}"})
    return Order(model._meta.fields[name], sort.startswith("-"))


def page_size(limit: str | int) -> int:
    """`Invalid` for what is no size of a page."""
    size = int(limit) if re.fullmatch("[0-9]{1,3}", str(limit)) else 0
    if not 1 <= size <= LARGEST_PAGE:
        raise Invalid({"limit": f"must be a whole number from 1 to {LARGEST_PAGE}"})
    return size


def rows_after(query: "ModelSelect[Any]", order: Order, place: Cursor | None, count: int, backwards: bool) -> list[Any]:
    """Up to `count` rows from `place` on: first those with a value, then those without, or backwards."""
    field, id_field = order.field, query.model.id
    descending = order.descending != backwards
    parts = [True, False] if field.null else [True]  # whether this part's rows have a value
    if backwards:
        parts.reverse()
    if place:
        parts = parts[parts.index(place.value is not None) :]
    rows: list[Any] = []
    for has_value in parts:
        keys = [field, id_field] if has_value and field is not id_field else [id_field]
        part = query.where(field.is_null(not has_value)) if field.null else query
        if place:
            values = [place.value, place.id] if len(keys) > 1 else [place.id]
            here = Tuple(*(key.to_value(value) for key, value in zip(keys, values, strict=True)))
            part = part.where(Tuple(*keys) < here if descending else Tuple(*keys) > here)
            place = None
        part = part.order_by(*(key.desc() if descending else key.asc() for key in keys))
        rows.extend(part.limit(count - len(rows)))
        if len(rows) == count:
            break
    return rows


def token(order: Order, row: BaseModel) -> str:
    """The place of `row`, to be carried by a URL. It holds no more than the row's own page shows."""
    value = to_json(order.field, getattr(row, order.field.name))
    return urlsafe_b64encode(json.dumps([order.name, value, row.id]).encode()).decode().rstrip("=")


def read_cursor(order: Order, parameter: str, text: str) -> Cursor | None:
    """The place that `text` carries, None without one. `Invalid` for a place in another list."""
    if not text:
        return None
    try:
        sort, value, row_id = json.loads(urlsafe_b64decode(text.encode("ascii") + b"=="))
        value = "" if value == "" and not order.field.null else converted(order.field, value)
        place = Cursor(value, convert_whole_number(order.field.model.id, row_id))
        if sort != order.name or (value is None and not order.field.null):
            raise ValueError
    except (ValueError, TypeError, RecursionError):
        raise Invalid({parameter: "is not a place in this list"}) from None
    return place
