"""What somebody typed into the table and its column cannot hold: never an error, and never lost from sight."""

import logging
from functools import cache, lru_cache, partial
from typing import Any

from peewee import Field, FieldAccessor

from models.shared.kind import Kind
from models.shared.kinds import kind_of

log = logging.getLogger("portfolio")

REMEMBERED = 10_000  # values that have been told in the log


class Unreadable(str):
    """What stands in a column that has no such values, as text."""


def read_kindly(model: Any, field: Any) -> None:
    """Let a field read as none what it cannot understand; the row keeps it in `unreadable`."""
    kind, read = kind_of(field), partial(type(field).python_value, field)

    def python_value(raw: Any) -> Any:
        try:
            value = read(raw)
        except (ValueError, TypeError, AttributeError, ArithmeticError):
            return as_unreadable(raw)
        return value if raw is None or is_readable(kind, field, raw, value) else as_unreadable(raw)

    field.python_value = python_value
    accessor = vars(model)[field.name]
    if isinstance(accessor, FieldAccessor):  # else something hides the field, which a check refuses
        kind_of_accessor: Any = type(accessor)
        setattr(model, field.name, kindly(kind_of_accessor)(model, field, field.name))


def is_readable(kind: Kind, field: Field, raw: Any, value: Any) -> bool:
    """Whether `value` is all that `raw` says: a text that has been stored as bytes is no text."""
    if not isinstance(value, kind.stored_as) or isinstance(value, Unreadable) or isinstance(raw, bytes):
        return False
    if isinstance(value, int):  # Python makes a number of 2.7, and a truth of every word
        return bool(raw == value)
    return bool(kind.can_be_read(field, value))


def as_unreadable(raw: Any) -> Unreadable:
    """As much of it as can be shown."""
    text = raw if isinstance(raw, bytes) else str(raw).encode(errors="surrogateescape")
    return Unreadable(text.decode(errors="replace"))


@cache
def kindly(accessor: Any) -> Any:
    """An accessor of Peewee's, which puts what is unreadable aside."""

    class Kindly(accessor):
        def __set__(self, row: Any, value: Any) -> None:
            if isinstance(value, Unreadable):
                row.unreadable = row.unreadable | {self.name: str(value)}
                tell_once(row._meta.table_name, row.__data__.get("id"), self.name)
                value = None
            super().__set__(row, value)

    return Kindly


@lru_cache(REMEMBERED)
def tell_once(table: str, row_id: int | None, name: str) -> None:
    """A line in the log. What was typed is not told, as it may be nobody's business."""
    log.warning("%s %s: the %s cannot be read; python -m models sweep lists such rows", table, row_id, name)
