"""The rows of a list from a place on, in its order."""

from typing import Any

from peewee import JOIN, Field, ModelSelect, Tuple, fn

from models.folded import Folded
from models.shared.cursor import Cursor, Order
from models.shared.filters import Filter, Filters
from models.shared.folding import text_place
from models.shared.prepared import Given, prepared
from models.shared.totals import counting

STORED_VALUE = "stored_value"  # a column that only the query of a list has

FilterShape = tuple[tuple[Filter, bool], ...]


def rows_after(  # noqa: PLR0913, PLR0917 - a list has as much
    query: "ModelSelect[Any]",
    filters: Filters,
    order: Order,
    place: Cursor | None,
    count: int,
    backwards: bool,
    are_few: bool = False,
) -> list[Any]:
    """Up to `count` rows from `place` on: first those with a value, then those without, or backwards.

    When the rows of `query` `are_few`, SQLite puts these in order, instead of looking for them in that order.
    """
    parts = [True] if order.is_by_id else [True, False]  # whether this part's rows have a value
    if backwards:
        parts.reverse()
    if place:
        parts = parts[parts.index(place.is_there or place.value is not None) :]
    rows: list[Any] = []
    values = given(filters) | ({"place": place.value, "id": place.id} if place else {})
    for has_value in parts:
        begins = place and ("in the table" if place.is_there else "in the address")
        part = part_of_list(
            query, shape_of(filters), order.field.name, order.descending != backwards, has_value, begins, are_few
        )
        rows.extend(part.rows(count=count - len(rows), **values))
        place = None
        if len(rows) == count:
            break
    return rows


@prepared
def part_of_list(  # noqa: PLR0913, PLR0917 - a list has as much
    query: "ModelSelect[Any]",
    filters: FilterShape,
    name: str,
    descending: bool,
    has_value: bool,
    begins: str | None,
    are_few: bool,
) -> Any:
    """The rows with a value in the column `name`, or without one, from the place on that they begin after."""
    order = Order(query.model._meta.fields[name], descending)
    field, id_field = order.field, query.model.id
    query = filtered(query, filters)
    if order.is_text:
        is_copy = (Folded.row_id == id_field) & (Folded.place == text_place(field))
        query = query.switch(query.model)
        query = query.join(Folded, JOIN.CROSS).where(is_copy) if are_few else query.join(Folded, on=is_copy)
        field, id_field = Folded.start, Folded.row_id
    query = query.select_extend(as_it_stands(field))
    if field is not id_field:
        query = query.where(field.is_null(not has_value))
    keys = [field, id_field] if has_value and field is not id_field else [id_field]
    if begins:
        here = where(keys, is_there=begins == "in the table")
        query = query.where(Tuple(*keys) < here if descending else Tuple(*keys) > here)
    return query.order_by(*(key.desc() if descending else key.asc() for key in keys)).limit(Given("count"))


@prepared
def number_of(query: "ModelSelect[Any]", filters: FilterShape) -> Any:
    """How many rows there are on all pages."""
    return counting(filtered(query, filters))


def shape_of(filters: Filters) -> FilterShape:
    """What is asked for, and whether there is a value."""
    return tuple((each, filters[each] is not None) for each in sorted(filters))


def given(filters: Filters) -> dict[str, Any]:
    """The values, by other names than those that a list gives itself."""
    return {str(each): value for each, value in filters.items()}


def filtered(query: Any, filters: FilterShape) -> Any:
    """The rows that have these values."""
    for each, has_value in filters:
        query = query.where(each.holds(query.model, Given(str(each)) if has_value else None))
    return query


def as_it_stands(field: Field) -> Any:
    """A column of a query with the values of `field` that no kind has read."""
    return fn.COALESCE(field, None).coerce(False).alias(STORED_VALUE)


def where(keys: list[Field], is_there: bool) -> Any:
    """The place as values to compare `keys` with."""
    if len(keys) == 1:
        return Tuple(Given("id", keys[0]))
    if is_there:
        twin = keys[0].model.alias()
        return twin.select(getattr(twin, keys[0].name), twin.id).where(twin.id == Given("id"))
    return Tuple(Given("place", keys[0]), Given("id", keys[1]))
