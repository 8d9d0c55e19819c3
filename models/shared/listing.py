"""A list in pages. A page begins after a row, not at a number, so the last one costs what the first does."""

import re
from collections.abc import Iterator
from typing import Any

from peewee import ModelSelect

from models.shared.cursor import Order, read_cursor, token
from models.shared.filters import Filters, read_filters
from models.shared.fold import fold
from models.shared.folding import fold_new
from models.shared.list_page import Page, page_with, passed_by
from models.shared.row_checks import Invalid
from models.shared.rows import BaseModel
from models.shared.search import MANY_HITS, AllRows, Search
from models.shared.text import check_characters, check_length, tidy

USUAL_PAGE, LARGEST_PAGE = 20, 100
LONGEST_SEARCH = 100
PART = 500  # rows of a list that is read as a whole, at a time
END = "end"  # as `before`: the last page


def page_of(  # noqa: PLR0913, PLR0917 - a URL has these parameters
    query: "ModelSelect[Any]",
    having: Filters | None = None,
    /,
    search: str = "",
    sort: str | None = None,
    after: str = "",
    before: str = "",
    limit: str | int = USUAL_PAGE,
    **filters: str,
) -> Page:
    """The page of `query` that these parameters of a URL ask for. `Invalid` names the one that makes no sense.

    Its rows are `having` these values, whatever the URL says. It takes at most two queries and one for the total,
    however many rows there are.
    """
    found, order = sought(query, having, search, sort, filters)
    size = page_size(limit)
    if after and before:
        raise Invalid({"before": "cannot go with after"})
    if before == END:
        return last_page(found, order, size)
    place = read_cursor(order, "before" if before else "after", before or after)
    rows = found.rows(order, place, size + 1, backwards=bool(before))
    is_more = len(rows) > size
    del rows[size:]
    if before:
        rows.reverse()
    has_next, has_previous = (True, is_more) if before else (is_more, bool(after))
    passed = passed_by(place, len(rows) if before else 0)
    return page_with(order, rows, found.total(), passed, has_next, has_previous)


def sought(
    query: "ModelSelect[Any]", having: Filters | None, search: str, sort: str | None, filters: dict[str, str]
) -> tuple[AllRows | Search, Order]:
    """The rows on all pages of such a list, and in which order they are."""
    values = read_filters(query.model, filters) | (having or {})
    order = order_by(query.model, query.model.sort if sort is None else sort)
    text = search_text(query.model, search) if search else ""
    newest_copy = fold_new(query.model) if search or order.is_text else 0
    return Search(query, values, text, newest_copy) if text else AllRows(query, values), order


def last_page(found: AllRows | Search, order: Order, size: int) -> Page:
    """With as many rows as it has for somebody who comes from the first page."""
    total = found.total()
    count = total % size or size
    rows = found.rows(order, None, count + 1, backwards=True)
    is_more = len(rows) > count
    del rows[count:]
    rows.reverse()
    return page_with(order, rows, total, None, has_next=False, has_previous=is_more)


def place_behind(
    query: "ModelSelect[Any]", count: int, sort: str | None = None, having: Filters | None = None
) -> str | None:
    """The place behind the first `count` rows of a list, as `after` has it. None when no row comes behind it."""
    found, order = sought(query, having, "", sort, {})
    ids = AllRows(found.query.select(query.model.id).tuples(), having or {}).rows(order, None, count + 1, False)
    if len(ids) <= count:
        return None
    (row,) = AllRows(found.query.where(query.model.id == ids[count - 1][0]), {}).rows(order, None, 1, False)
    return token(order, row, count)


def rows_of_list(query: "ModelSelect[Any]", /, search: str = "", **filters: str) -> "ModelSelect[Any]":
    """The rows on all pages of such a list."""
    values = read_filters(query.model, filters)
    text = search_text(query.model, search) if search else ""
    found = Search(query, values, text, fold_new(query.model)) if text else AllRows(query, values)
    return found.on_all_pages


def every_row(
    query: "ModelSelect[Any]",
    having: Filters | None = None,
    /,
    search: str = "",
    sort: str | None = None,
    **filters: str,
) -> Iterator[list[Any]]:
    """The rows on all pages of such a list in its order, some at a time: a long one need not be in memory.

    Each part begins after the last row of the one before it, so what others write meanwhile moves no row out of it.
    """
    found, order = sought(query, having, search, sort, filters)
    if isinstance(found, AllRows) or found.total() <= MANY_HITS:
        return parts_of(found, order)
    hits = {row_id for (row_id,) in found.on_all_pages.clone().select(query.model.id).tuples().iterator()}
    return ([row for row in rows if row.id in hits] for rows in parts_of(AllRows(found.query, {}), order))


def parts_of(found: AllRows | Search, order: Order) -> Iterator[list[Any]]:
    """All rows that were found."""
    place, count = None, PART
    while count == PART:
        rows = found.rows(order, place, PART, backwards=False)
        count = len(rows)
        place = read_cursor(order, "after", token(order, rows[-1])) if rows else None
        yield rows


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
