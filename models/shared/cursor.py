"""A place in a list, as a URL carries it from one page to the next."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

from peewee import Field

from models.shared.conversions import convert_whole_number
from models.shared.kinds import kind_of
from models.shared.row_checks import Invalid
from models.shared.text import can_be_sent
from models.shared.values import converted, to_json


@dataclass(frozen=True)
class Order:
    """By `field`, then by id; rows without a value come last, up or down."""

    field: Field
    descending: bool

    @property
    def is_text(self) -> bool:
        """Whether its order is that of the folded texts."""
        return kind_of(self.field).is_text

    @property
    def is_by_id(self) -> bool:
        """Whether it is by id alone."""
        return self.field is self.field.model._meta.primary_key

    @property
    def name(self) -> str:
        """As a URL has it."""
        return "-" * self.descending + str(self.field.name)


@dataclass(frozen=True)
class Cursor:
    """The row that a page begins after, and the value it had; `is_there` when only the table can say that value.

    `number` is how many rows of the list come before the place, if whoever went there came from an end of the list.
    """

    value: Any
    id: int
    is_there: bool = False
    number: int | None = None


def token(order: Order, row: Any, number: int | None = None) -> str:
    """The place of `row`, to be carried by a URL. It holds no more than the list and the row's own page show."""
    value, parts = row.__data__[order.field.name], [order.name, row.id]
    if order.is_text:
        parts.insert(1, row.stored_value)
    elif row.stored_value is None or is_exact(order.field, value, row.stored_value):
        parts.insert(1, to_json(order.field, value))
    if number is not None:
        parts.insert(0, number)
    return urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def is_exact(field: Field, value: Any, stored: Any) -> bool:
    """Whether a URL can say what stands in the table: not what is unreadable, or was typed in another form."""
    kept: Any = field.db_value(value)  # type: ignore[no-untyped-call]
    if value is None or (isinstance(stored, str) and stored != str(kept)):
        return False
    try:
        return bool(converted(field, to_json(field, value)) == value)
    except ValueError:
        return False


def read_cursor(order: Order, parameter: str, text: str) -> Cursor | None:
    """The place that `text` carries, None without one. `Invalid` for a place in another list."""
    if not text:
        return None
    try:
        parts = list(json.loads(urlsafe_b64decode(text.encode("ascii") + b"==")))
        number = parts.pop(0) if type(parts[0]) is int else None
        sort, *value, row_id = parts
        row_id = convert_whole_number(order.field.model.id, row_id)
        place = Cursor(read_place(order.field, *value), row_id, not value, number)
        if sort != order.name:
            raise ValueError
    except (ValueError, TypeError, IndexError, RecursionError):
        raise Invalid({parameter: "is not a place in this list"}) from None
    return place


def read_place(field: Field, value: Any = None) -> Any:
    """The value of a place. ValueError for one that no row can have."""
    if isinstance(value, str) and kind_of(field).is_text:
        if "\x00" in value or not can_be_sent(value):
            raise ValueError
        return value  # it has been folded
    if value is None and field is field.model._meta.primary_key:
        raise ValueError
    return converted(field, value)
