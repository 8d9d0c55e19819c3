"""A list in pages. A page begins after a row, not at a number, so the last one costs what the first does."""

import re
from dataclasses import dataclass
from typing import Any

from peewee import ModelSelect

from models.shared.cursor import Order, read_cursor, token
from models.shared.fold import fold
from models.shared.folding import fold_new
from models.shared.row_checks import Invalid
from models.shared.rows import BaseModel
from models.shared.rules import check_choice
from models.shared.search import AllRows, Search
from models.shared.text import check_characters, check_length, tidy
from models.shared.values import converted, from_form

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

    It takes at most two queries and one for the total, however many rows there are.
    """
    values = {name: filter_value(query.model, name, value) for name, value in filters.items()}
    order = order_by(query.model, query.model.sort if sort is None else sort)
    text = search_text(query.model, search) if search else ""
    newest_copy = fold_new(query.model) if search or order.is_text else 0
    found = Search(query, values, text, newest_copy) if text else AllRows(query, values)
    size = page_size(limit)
    if after and before:
        raise Invalid({"before": "cannot go with after"})
    place = read_cursor(order, "before" if before else "after", before or after)
    rows = found.rows(order, place, size + 1, backwards=bool(before))
    is_more = len(rows) > size
    del rows[size:]
    if before:
        rows.reverse()
    has_next, has_previous = (True, is_more) if before else (is_more, bool(after))
    return Page(
        rows,
        found.total(),
        next=token(order, rows[-1]) if rows and has_next else None,
        previous=token(order, rows[0]) if rows and has_previous else None,
    )


def rows_of_list(query: "ModelSelect[Any]", /, search: str = "", **filters: str) -> "ModelSelect[Any]":
    """The rows on all pages of such a list."""
    values = {name: filter_value(query.model, name, value) for name, value in filters.items()}
    text = search_text(query.model, search) if search else ""
    found = Search(query, values, text, fold_new(query.model)) if text else AllRows(query, values)
    return found.on_all_pages


def filter_value(model: type[BaseModel], name: str, value: str) -> Any:
    """The value that rows shall have; None for those without one. `Invalid` when a list cannot be asked so."""
    if name not in model.filters:
        raise Invalid({name: "is not a field"})
    field = model._meta.fields[name]
    try:
        value = converted(field, from_form({name: field}, {name: value})[name])
        if value is None and not field.null:
            raise ValueError("is required")
        check_choice(field, value)
        return value
    except ValueError as error:
        raise Invalid({name: str(error)}) from None


def search_text(model: type[BaseModel], text: str) -> str:
    """`text` as the copies have it. `Invalid` for what nobody can look for."""
    if not model.searched:
        raise Invalid({"search": "finds nothing here, as no field has text"})
    try:
        text = tidy(text, LONGEST_SEARCH)
        check_length(text, 0, LONGEST_SEARCH)
        check_characters(text, lines=False)
    except ValueError as error:
        raise Invalid({"search": str(error)}) from None
    return fold(text)


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
