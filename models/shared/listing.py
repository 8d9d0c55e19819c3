"""A list in pages. A page begins after a row, not at a number, so the last one costs what the first does."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

from peewee import Expression, Field, ModelSelect, Tuple, fn

from models.folded import Folded
from models.shared.conversions import convert_whole_number
from models.shared.folding import fold, fold_new, folded_fields, text_place
from models.shared.kinds import kind_of
from models.shared.row_checks import Invalid
from models.shared.rows import BaseModel
from models.shared.rules import check_choice
from models.shared.text import can_be_sent, check_characters, check_length, tidy
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
    def is_text(self) -> bool:
        """Whether its order is that of the folded texts."""
        return kind_of(self.field).is_text

    @property
    def name(self) -> str:
        """As a URL has it."""
        return "-" * self.descending + str(self.field.name)


@dataclass(frozen=True)
class Cursor:
    """The row that a page begins after, and the value it had; `is_there` when only the table can say that value."""

    value: Any
    id: int
    is_there: bool = False


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
    order = order_by(query.model, query.model.sort if sort is None else sort)
    if search or order.is_text:
        fold_new(query.model)
    if search:
        query = query.where(contains(query.model, search))
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
    """Rows that have `text` in one of their searched fields. Capitals and accents do not matter, as `fold` says."""
    if not model.searched:
        raise Invalid({"search": "finds nothing here, as no field has text"})
    try:
        text = tidy(text, LONGEST_SEARCH)
        check_length(text, 0, LONGEST_SEARCH)
        check_characters(text, lines=False)
    except ValueError as error:
        raise Invalid({"search": str(error)}) from None
    places = [text_place(field) for field in folded_fields(model) if field.name in model.searched]
    has_text = Folded.place.in_(places) & Folded.text.contains(fold(text))
    return model.id.in_(Folded.select(Folded.row_id).where(has_text))


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
    if order.is_text:
        is_copy = (Folded.row_id == id_field) & (Folded.place == text_place(field))
        query = query.switch(query.model).join(Folded, on=is_copy)
        field, id_field = Folded.start, Folded.row_id
    descending = order.descending != backwards
    parts = [True] if field is id_field else [True, False]  # whether this part's rows have a value
    if backwards:
        parts.reverse()
    if place:
        parts = parts[parts.index(place.is_there or place.value is not None) :]
    query = query.select_extend(as_it_stands(field))
    rows: list[Any] = []
    for has_value in parts:
        keys = [field, id_field] if has_value and field is not id_field else [id_field]
        part = query if field is id_field else query.where(field.is_null(not has_value))
        if place:
            here = where(keys, place)
            part = part.where(Tuple(*keys) < here if descending else Tuple(*keys) > here)
            place = None
        part = part.order_by(*(key.desc() if descending else key.asc() for key in keys))
        rows.extend(part.limit(count - len(rows)))
        if len(rows) == count:
            break
    return rows


def as_it_stands(field: Field) -> Any:
    """A column of a query with the values of `field` that no kind has read."""
    return fn.COALESCE(field, None).coerce(False).alias("stored_value")


def where(keys: list[Field], place: Cursor) -> Any:
    """The place as values to compare `keys` with."""
    if len(keys) == 1:
        return Tuple(keys[0].to_value(place.id))
    if place.is_there:
        twin = keys[0].model.alias()
        return twin.select(getattr(twin, keys[0].name), twin.id).where(twin.id == place.id)
    return Tuple(keys[0].to_value(place.value), keys[1].to_value(place.id))


def token(order: Order, row: Any) -> str:
    """The place of `row`, to be carried by a URL. It holds no more than the row's own page shows."""
    value, parts = row.__data__[order.field.name], [order.name, row.id]
    if order.is_text:
        parts.insert(1, row.stored_value)
    elif row.stored_value is None or is_exact(order.field, value, row.stored_value):
        parts.insert(1, to_json(order.field, value))
    return urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def is_exact(field: Field, value: Any, stored: Any) -> bool:
    """Whether a URL can say what stands in the table: not what is unreadable, or was typed in another form."""
    kept: Any = field.db_value(value)  # type: ignore[no-untyped-call]
    if value is None or (isinstance(stored, str) and stored != str(kept)):
        return False
    try:
        return bool(converted(field, to_json(field, value)) == value)
    except ValueError:
        return False


def read_cursor(order: Order, parameter: str, text: str) -> Cursor | None:
    """The place that `text` carries, None without one. `Invalid` for a place in another list."""
    if not text:
        return None
    try:
        sort, *value, row_id = json.loads(urlsafe_b64decode(text.encode("ascii") + b"=="))
        place = Cursor(read_place(order.field, *value), convert_whole_number(order.field.model.id, row_id), not value)
        if sort != order.name:
            raise ValueError
    except (ValueError, TypeError, RecursionError):
        raise Invalid({parameter: "is not a place in this list"}) from None
    return place


def read_place(field: Field, value: Any = None) -> Any:
    """The value of a place. ValueError for one that no row can have."""
    if isinstance(value, str) and kind_of(field).is_text:
        if "\x00" in value or not can_be_sent(value):
            raise ValueError
        return value  # it has been folded
    if value is None and field is field.model._meta.primary_key:
        raise ValueError
    return converted(field, value)
