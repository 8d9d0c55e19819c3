"""The values of a row on their way: out of the table, into JSON, and what JSON may bring."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from peewee import (
    BooleanField,
    DateField,
    DateTimeField,
    DecimalField,
    Field,
    FloatField,
    IntegerField,
    UUIDField,
)

from models.fields import in_places, utc_text

# What a value in the table is read as; one that somebody typed there in another form is as none.
PYTHON_TYPES: dict[type[Field], type] = {
    IntegerField: int,
    FloatField: float,
    DecimalField: Decimal,
    BooleanField: bool,
    UUIDField: UUID,
    DateTimeField: datetime,
    DateField: date,
}


def read_kindly(field: Any) -> None:
    """Let a plain field of Peewee read what it cannot understand as none, where it would fail."""
    python_type = next((each for kind, each in PYTHON_TYPES.items() if isinstance(field, kind)), None)
    if python_type is None:
        return
    read = field.python_value

    def python_value(value: Any) -> Any:
        try:
            value = read(value)
        except (ValueError, TypeError, AttributeError, ArithmeticError):
            return None
        return value if isinstance(value, python_type) else None

    field.python_value = python_value


def json_value(field: Field, value: Any) -> Any:
    """A value of the table in JSON's types: a decimal and a UUID are text, a time is in UTC."""
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{in_places(field, value):f}"
    return str(value) if isinstance(value, UUID) else value
