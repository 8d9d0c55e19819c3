"""Makes rows of what the database gives. Peewee sets each value as a program would; here only those that need it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache, partial
from typing import Any, NamedTuple

from peewee import (  # type: ignore[attr-defined]  # its stubs forget some
    CharField,
    DateField,
    DateTimeField,
    Field,
    FieldAccessor,
    ForeignKeyField,
    Function,
    IntegerField,
    SelectBase,
    is_model,
)

from models.shared.kinds import has_kind, kind_of
from models.shared.unreadable import Unreadable

Maker = Callable[[Sequence[Any]], Any]

# Fields that read as one of these do take a value of their type as it is.
PLAIN = {each.adapt for each in (Field, IntegerField, CharField, ForeignKeyField, DateField, DateTimeField)}
READ_PLAINLY = {Field.python_value, ForeignKeyField.python_value}
STORED_LENGTHS = {date: 10, datetime: 19}  # as this program stores them


class Column(NamedTuple):
    """A column of a row: what `read` makes of a value that is not `plain`."""

    name: str
    plain: type | None
    read: Callable[[Any], Any]


def row_maker(query: Any) -> Maker | None:
    """What makes a row of the values that `query` finds; None where only Peewee knows how."""
    joined = joined_models(query)
    columns: dict[Any, list[tuple[int, Column]]] = {model: [] for model in (query.model, *joined)}
    more: list[tuple[int, str]] = []
    for number, node in enumerate(query._returning):
        if isinstance(node, Field) and node.model in columns and can_be_made(node.model):
            columns[node.model].append((number, columns_of(node.model)[node.name]))
            continue
        name = name_of_value(node)
        if name is None or name in query.model._meta.combined:
            return None
        more.append((number, name))
    own = columns.pop(query.model)
    others = [(joined[model], model, theirs) for model, theirs in columns.items() if theirs]
    if not all(any(column.name == "id" for _, column in theirs) for _, _, theirs in others):
        return None
    return partial(make, query.model, own, more, others)


def joined_models(query: Any) -> dict[Any, str]:
    """Models that each row of `query` refers to and that are joined with it, and the names of the foreign keys."""
    refs = query.model._meta.refs if is_model(query.model) else ()
    keys = {field.name for field in refs if field.rel_field.name == "id"}
    joins = query._joins.get(query.model, [])
    return {model: name for model, name, _, kind in joins if kind == "INNER JOIN" and name in keys}


def name_of_value(node: Any) -> str | None:
    """The name of what is no column but is taken as it is: another query, or a function of SQL."""
    name: str | None = getattr(node, "_alias", None)  # which is Peewee's own
    value = getattr(node, "node", node)
    is_plain = isinstance(value, SelectBase) or (
        isinstance(value, Function) and getattr(value, "_coerce", True) is False
    )
    return name if is_plain else None


@cache
def can_be_made(model: Any) -> bool:
    """Whether nothing of a class's own happens when a row of it is made."""
    first = next(each for each in model.__mro__ if "__init__" in vars(each))
    accessors = [vars(model).get(field.name) for field in model._meta.sorted_fields]
    return first.__module__ == "models.shared.rows" and all(isinstance(each, FieldAccessor) for each in accessors)


@cache
def columns_of(model: Any) -> dict[str, Column]:
    """Those of the fields, by name."""
    return {field.name: column_of(field) for field in model._meta.sorted_fields}


def column_of(field: Any) -> Column:
    """How a field is read."""
    is_plain = has_kind(field) and type(field).adapt in PLAIN and type(field).python_value in READ_PLAINLY
    plain = kind_of(field).stored_as if is_plain else None
    read = partial(read_stored, plain, field.python_value) if plain in STORED_LENGTHS else field.python_value
    return Column(field.name, plain, read)


def read_stored(kind: Any, read: Callable[[Any], Any], raw: Any) -> Any:
    """A day or a time as this program stores it, or whatever `read` makes of it."""
    if type(raw) is str and len(raw) == STORED_LENGTHS[kind]:
        try:
            return kind.fromisoformat(raw)
        except ValueError:
            pass
    return read(raw)


def make(model: Any, columns: Any, more: Any, others: Any, values: Sequence[Any]) -> Any:
    """A row of `values`, with `more` of them as attributes, and with `others` that it refers to."""
    row = filled(model, columns, values)
    for number, name in more:
        setattr(row, name, values[number])
    for name, other, theirs in others:
        row.__rel__[name] = referred = filled(other, theirs, values)
        row.__data__[name] = referred.__data__.get("id")
    return row


def filled(model: Any, columns: Any, values: Sequence[Any]) -> Any:
    """A row of the columns that stand at these numbers."""
    row = model.__new__(model)
    data: dict[str, Any] = {}
    row.__dict__ = {"__data__": data, "_dirty": set(), "__rel__": {}}
    for number, (name, plain, read) in columns:
        value = values[number]
        if value is None or (type(value) is plain and (plain is not str or value.isascii())):
            data[name] = value
        else:
            put_in(row, name, read(value))
    return row


def put_in(row: Any, name: str, value: Any) -> None:
    """Give a row what has been read; what could not be is put aside."""
    if type(value) is Unreadable:
        setattr(row, name, value)
        row._dirty.clear()
    else:
        row.__data__[name] = value
