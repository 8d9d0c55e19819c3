"""The rows of a list that have a text: by the index where there is one, else by looking through the copies."""

import json
from functools import cached_property
from typing import Any

from peewee import SQL, ModelSelect, Tuple, Value, fn

from models.folded import Folded
from models.shared.cursor import Cursor, Order
from models.shared.filters import Filters
from models.shared.folding import searched_places
from models.shared.keyset import given, number_of, rows_after, shape_of
from models.shared.text_indexing import SHORT_TABLE, ready_index
from models.shared.totals import total_by, total_of

MANY_HITS = 10_000  # more are not all fetched to put them in order
TRIES, FURTHER = 3, 8  # so many times the rows in which a page should be found, and so many times more than before


class AllRows:
    """A list in which nothing is looked for: the rows of `query` with the values of `filters`."""

    def __init__(self, query: "ModelSelect[Any]", filters: Filters) -> None:
        self.query, self.filters = query, filters

    def total(self) -> int:
        """How many rows there are on all pages."""
        number = number_of(self.query, shape_of(self.filters))
        return total_by(number.sql, number.parameters(**given(self.filters)))

    def rows(self, order: Order, place: Cursor | None, count: int, backwards: bool) -> list[Any]:
        """Up to `count` rows from `place` on."""
        return rows_after(self.query, self.filters, order, place, count, backwards)

    @property
    def on_all_pages(self) -> "ModelSelect[Any]":
        """Every row of the list."""
        return with_filters(self.query, self.filters)


class Search:
    """The rows that have `text`, which is folded, in one of their searched fields."""

    def __init__(self, query: "ModelSelect[Any]", filters: Filters, text: str, newest_copy: int) -> None:
        self.model = query.model
        self.query = with_filters(query, filters)
        self.text = text
        self.index = ready_index(self.model) if newest_copy > SHORT_TABLE else None  # else no table is long
        self.places = searched_places(self.model)

    def total(self) -> int:
        """Exact, whoever writes: an index that knows just the rows of this list is asked alone."""
        if self.looks_through:
            return total_of(self.looked_through)
        if self.knows_all:
            return self.hit_count
        return total_of(self.query.where(self.is_hit))

    def rows(self, order: Order, place: Cursor | None, count: int, backwards: bool) -> list[Any]:
        """Of many hits, the page is looked for among what comes next, then further on; of few, all are put in order."""
        if self.looks_through:
            return rows_after(self.looked_through, {}, order, place, count, backwards)
        is_by_id = order.is_by_id  # as the index is
        most = count * TRIES if is_by_id else count * TRIES * total_of(self.query) // max(self.hit_count, 1)
        while most < self.hit_count and (is_by_id or self.hit_count > MANY_HITS):
            near, is_rest = (self.near_hits if is_by_id else self.near_rows)(order, place, most, backwards)
            rows = rows_after(near.where(self.has_text), {}, order, place, count, backwards, are_few=is_by_id)
            if is_rest or len(rows) == count:
                return rows
            most *= FURTHER
        return rows_after(self.query.where(self.is_hit), {}, order, place, count, backwards, are_few=True)

    @property
    def on_all_pages(self) -> "ModelSelect[Any]":
        """Every row of the list."""
        return self.looked_through if self.looks_through else self.query.where(self.is_hit)

    # Looking through the copies.

    @cached_property
    def looks_through(self) -> bool:
        """Whether the index would be no help."""
        return self.index is None or total_of(self.query) <= SHORT_TABLE

    @property
    def looked_through(self) -> "ModelSelect[Any]":
        """The rows that have the text."""
        if self.index:
            return self.query.where(self.has_text)
        copies = Folded.select(Folded.row_id).where(Folded.place.in_(self.places), Folded.text.contains(self.text))
        return self.query.where(self.model.id.in_(copies))

    @property
    def has_text(self) -> Any:
        """Whether a row has it, for few rows."""
        copy = Folded.alias()
        is_its_own = copy.place.in_(self.places) & (copy.row_id == self.model.id)
        return fn.EXISTS(copy.select(SQL("1")).where(is_its_own, copy.text.contains(self.text)))

    # Asking the index.

    @cached_property
    def pending(self) -> list[int]:
        """The rows that the index does not know yet, or no more."""
        return self.index.pending() if self.index else []

    @cached_property
    def hits(self) -> tuple[str, list[Any]]:
        """A query of the ids of all rows that have the text, and its parameters."""
        return self.index.hits(self.text, self.pending) if self.index else ("", [])

    @property
    def is_hit(self) -> Any:
        """Whether a row is one of them."""
        sql, parameters = self.hits
        return self.model.id.in_(SQL(f"({sql})", parameters))

    @cached_property
    def hit_count(self) -> int:
        """How many rows of the table have the text."""
        return total_by(*self.index.hit_count(self.text, self.pending)) if self.index else 0

    @property
    def knows_all(self) -> bool:
        """Whether the rows that the index knows, and those that are pending, are just those of this list.

        Each row of the table is one of them. So it is enough that there are as many.
        """
        if not self.index:
            return False
        known = self.index.documents
        if self.pending:
            there = self.model.select().where(self.model.id.in_(self.pending)).count()
            known += there - self.index.count_documents(self.pending)
        return known == total_of(self.query)

    def near_hits(self, order: Order, place: Cursor | None, most: int, backwards: bool) -> tuple[Any, bool]:
        """The rows among which the next hits are, by their ids; and whether there are no more."""
        is_down = order.descending != backwards
        row = place.id if place else None
        ids = self.index.hits_after(self.text, row, is_down, most) if self.index else []
        is_rest = len(ids) < most
        ids += [row for row in self.pending if is_rest or (row > ids[-1] if is_down else row < ids[-1])]
        these = SQL("(SELECT value FROM json_each(?))", (json.dumps(ids),))
        return self.query.where(self.model.id.in_(these)), is_rest

    def near_rows(self, order: Order, place: Cursor | None, most: int, backwards: bool) -> tuple[Any, bool]:
        """The next rows in this order, whether they have the text or not; and whether there are no more."""
        ids = self.query.select(self.model.id).tuples()
        last = rows_after(ids.offset(most), {}, order, place, 1, backwards)
        if not last:
            return self.query, True
        ((row_id, value),) = last
        return self.query.where(is_before(order, row_id, value, backwards)), False


def with_filters(query: "ModelSelect[Any]", filters: Filters) -> "ModelSelect[Any]":
    """The rows of `query` that have these values."""
    return query.where(*(each.holds(query.model, value) for each, value in filters.items())) if filters else query


def is_before(order: Order, row_id: int, value: Any, backwards: bool) -> Any:
    """Whether a row comes before this one in the order, where rows without a value come last."""
    field, id_field = (Folded.start, Folded.row_id) if order.is_text else (order.field, order.field.model.id)
    here, end = Tuple(field, id_field), Tuple(Value(value), Value(row_id))
    if value is None:
        here, end = id_field, row_id
    is_nearer = here > end if order.descending != backwards else here < end
    if value is not None:
        return is_nearer | field.is_null() if backwards else is_nearer
    return field.is_null() & is_nearer if backwards else field.is_null(False) | is_nearer
