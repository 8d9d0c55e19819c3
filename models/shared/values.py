"""The values of a row on their way: out of the table, into JSON, and what JSON may bring."""

import math
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from peewee import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    Field,
    FloatField,
    ForeignKeyField,
    IntegerField,
    TextField,
    UUIDField,
)

from models.shared.fields import in_places, utc_text

# What a value in the table is read as; one that somebody typed there in another form is as none.
PYTHON_TYPES: dict[type[Field], type] = {
    IntegerField: int,
    FloatField: float,
    DecimalField: Decimal,
    BooleanField: bool,
    UUIDField: UUID,
    DateTimeField: datetime,
    DateField: date,
    CharField: str,
    TextField: str,
    ForeignKeyField: int,
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
        return value if isinstance(value, python_type) and can_be_told(field, value) else None

    field.python_value = python_value


def can_be_told(field: Field, value: Any) -> bool:
    """Whether JSON and the field's places have room for a number that somebody typed into the table."""
    if isinstance(value, float):
        return math.isfinite(value)
    return not isinstance(field, DecimalField) or (value.is_finite() and value.adjusted() < field.max_digits)


def json_value(field: Field, value: Any) -> Any:
    """A value of the table in JSON's types: a decimal and a UUID are text, a time is in UTC."""
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{in_places(field, value):f}"
    return str(value) if isinstance(value, UUID) else value
