"""What rows are called where others refer to them, for whoever may read them."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from peewee import ForeignKeyField

from models.group import Group
from models.shared.referred import referred_or_few, referred_rows
from models.shared.rows import BaseModel
from routes.shared.permissions import may_read, readable
from routes.shared.words import short


class Names(NamedTuple):
    """Of rows, by their ids; those that are gone or hidden are not there. Whether they are all there are."""

    by_id: dict[int, str]
    are_all: bool


Referred = dict[type[BaseModel], Names]


def referred_names(model: type[BaseModel], rows: Iterable[Any], and_few: bool = False) -> Referred:
    """The names of all that these rows of `model` refer to; `and_few`, also of what they could, where that is few.

    One query for each table they refer to, however many rows there are.
    """
    ids: dict[Any, set[int]] = {}
    for field in references(model):
        if may_read(field.rel_model):
            found = {row.__data__.get(field.name) for row in rows} - {None}
            ids.setdefault(field.rel_model, set()).update(found)
    return {each: names_of(each, ids[each], and_few) for each in ids}


def group_names(rows: Iterable[Any]) -> dict[int, str]:
    """The names of the groups that these rows are for, as far as who is asking is in them; most rows are for none."""
    ids = {row.__data__.get("group") for row in rows} - {None}
    return names_of(Group, ids).by_id if ids else {}


def references(model: type[BaseModel]) -> list[ForeignKeyField]:
    """The fields that refer to rows."""
    return [field for field in model._meta.sorted_fields if isinstance(field, ForeignKeyField)]


def names_of(model: type[BaseModel], ids: set[int], and_few: bool = False) -> Names:
    """Those of the rows with these ids."""
    query = readable(model)
    rows, are_all = referred_or_few(query, ids) if and_few else (referred_rows(query, ids), False)
    return Names({row.id: name_of(row) for row in rows}, are_all)


def name_of(row: BaseModel) -> str:
    """What its class calls it, in short."""
    try:
        return short(str(row))
    except TypeError:  # its own `__str__` gives none
        return f"{row._meta.table_name} {row.id}"
