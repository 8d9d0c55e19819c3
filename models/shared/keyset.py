"""The rows of a list from a place on, in its order."""

from typing import Any

from peewee import Field, ModelSelect, Tuple, fn

from models.folded import Folded
from models.shared.cursor import Cursor, Order
from models.shared.folding import text_place


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
