"""Which columns of a model are in a file, and which column of a file is which."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from peewee import Field

from models.shared.exchange.delimiters import compared_name
from models.shared.fields import label_of


def file_fields(model: Any) -> list[Field]:
    """The columns that a file of its rows has: those that may be seen. A picture is in no file."""
    return [model._meta.fields[name] for name in model.shows if name in model._meta.fields]


def unique_names(model: Any) -> list[str]:
    """The fields by which a row can be known, the id last."""
    names = [field.name for field in file_fields(model) if field.unique and not field.primary_key]
    return [*names, "id"]


@cache
def keys_within(model: Any) -> list[Any]:
    """The fields by which a row refers to one of its own table."""
    return [field for field in model._meta.refs if field.rel_model is model]


def names_of_fields(model: Any, names: Iterable[str]) -> dict[str, str]:
    """Headings, as they are compared, of these fields: the name of the field, of its column, its label."""
    fields = [model._meta.fields[name] for name in names if name != "id"]
    ways = (lambda field: field.column_name, label_of, lambda field: field.name)  # the later, the stronger
    return {compared_name(way(field)): field.name for way in ways for field in fields}


def match_columns(headings: Iterable[str], known: Mapping[str, str], has_id: bool = False) -> dict[int, str]:
    """The fields by the numbers of the columns that are called so.

    An `id` is one only where it is written just so: other programs have numbers of their own under such a heading.
    """
    found = {}
    for number, heading in enumerate(headings):
        name = "id" if has_id and heading == "id" else known.get(compared_name(heading))
        if name:
            found[number] = name
    return found
