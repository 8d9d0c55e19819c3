"""What may be seen of a row, in JSON's types: for each class it is found out once how."""

from collections.abc import Callable
from functools import cache, partial
from operator import attrgetter
from typing import Any

from models.shared.kind import as_it_is
from models.shared.kinds import kind_of
from models.shared.related import TOTAL, newest_of

Reader = Callable[[Any], Any]


@cache
def readers(model: Any, names: tuple[str, ...]) -> list[tuple[str, Reader]]:
    """What reads each of these values of a row."""
    return [(name, reader(model, name)) for name in names]


@cache
def brief_names(model: Any) -> tuple[str, ...]:
    """What `model` shows of a row itself: not what refers to it, for which the table of others would be asked."""
    related = {key.backref for key in model._meta.backrefs}
    return tuple(name for name in model.shows if name.removesuffix(TOTAL) not in related)


def read_brief(row: Any) -> dict[str, Any]:
    """The same of a row, as another one shows it that refers to it."""
    model: Any = type(row)
    names = brief_names(model)
    if names == tuple(model.shows):
        own: dict[str, Any] = row.read()  # which may be one of its class's own
        return own
    return {name: shown(row) for name, shown in readers(model, names)}


def reader(model: Any, name: str) -> Reader:
    """A column, rows that refer to the row, or what is an attribute."""
    field = model._meta.fields.get(name)
    if field is not None:
        to_json = kind_of(field).to_json
        return partial(as_stored, name) if to_json is as_it_is else partial(in_json, name, partial(to_json, field))
    if name in {key.backref for key in model._meta.backrefs}:
        return partial(related, name)
    return attrgetter(name)


def as_stored(name: str, row: Any) -> Any:
    """A value that is in JSON's types already."""
    return row.__data__.get(name)


def in_json(name: str, to_json: Reader, row: Any) -> Any:
    """A value that is not."""
    value = row.__data__.get(name)
    return None if value is None else to_json(value)


def related(name: str, row: Any) -> list[Any]:
    """The newest rows that refer to this one."""
    return [each.read() for each in newest_of(row, name)]
