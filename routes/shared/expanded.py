"""Rows in JSON, with what they refer to where the address asks for it: `?expand=shelf,owner`."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from peewee import ForeignKeyField

from models.shared.filters import known_filters
from models.shared.readers import read_brief
from models.shared.referred import referred_rows
from models.shared.row_checks import Invalid
from models.shared.row_version import version_of
from models.shared.rows import BaseModel
from routes.shared.permissions import may_read, readable
from routes.shared.query import query
from routes.shared.state import current_state

EXPAND, EXPANDED = "expand", "expanded"  # the parameter, and the name in a row


@cache
def expandable(model: type[BaseModel]) -> dict[str, ForeignKeyField]:
    """The references that may be asked for, by name. None where a column has the name that they would have."""
    if EXPAND in known_filters(model) or EXPANDED in model.shows:
        return {}
    fields: Any = [model._meta.fields.get(name) for name in model.shows]
    return {each.name: each for each in fields if isinstance(each, ForeignKeyField) and each.rel_model.plural}


def read_rows(model: type[BaseModel], rows: Iterable[Any]) -> list[dict[str, Any]]:
    """What may be seen of `rows`, and what the address asks for: one query for each table, whatever their number.

    What who is asking may not read is left out, as if it were not there.
    """
    fields = asked_for(model)
    rows = list(rows)
    found = [row.read() for row in rows]
    if fields:
        known = rows_referred(fields, rows)
        for row, values in zip(rows, found, strict=True):
            given = {each.name: known[each.rel_model].get(row.__data__.get(each.name)) for each in fields}
            values[EXPANDED] = {name: value for name, value in given.items() if value}
    return found


def read_with_version(row: BaseModel) -> dict[str, Any]:
    """All that may be seen of a row, and of what it refers to. Its own version is the first part of the ETag."""
    current_state().version = version_of(row)
    return read_rows(type(row), [row])[0]


def asked_for(model: type[BaseModel]) -> list[ForeignKeyField]:
    """The references that the address names. `Invalid` for what is none."""
    known = expandable(model)
    text = query().get(EXPAND) if known else None
    names = [] if text is None else text.split(",")
    if not set(names) <= known.keys():
        raise Invalid({EXPAND: f"must be one of {', '.join(known)}, or several with commas between them"})
    return [field for name, field in known.items() if name in names]


def rows_referred(fields: list[ForeignKeyField], rows: list[Any]) -> dict[Any, dict[int, dict[str, Any]]]:
    """What may be seen of the rows that these `fields` of `rows` refer to, by their table and their ids."""
    ids: dict[Any, set[int]] = {}
    for field in fields:
        ids.setdefault(field.rel_model, set()).update({row.__data__.get(field.name) for row in rows} - {None})
    return {
        model: {row.id: read_brief(row) for row in referred_rows(readable(model), these)} if may_read(model) else {}
        for model, these in ids.items()
    }
