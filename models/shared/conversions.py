"""What a value must be for each type of column. Strict: a text is no number, and nothing is guessed.

Each function gets the field and a value that is not None. It returns the value as the column stores it, or raises
ValueError with a message that finishes the sentence "name …".
"""

import math
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from peewee import Field
from peewee import TextField as PlainTextField

from models.shared.text import check_characters, tidy

LARGEST_ID = 2**63 - 1
LARGEST_OF_TYPE = {"SMALLINT": 2**15 - 1, "INT": 2**31 - 1}  # of a whole number in PostgreSQL; else as an id
LONGEST_TEXT = 100_000  # characters, where a field does not say
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?(e[+-]?[0-9]{1,3})?", re.IGNORECASE)
UUID_TEXT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def convert_text(field: Field, value: Any) -> str | None:
    """A text of blanks is empty: None, or "" where the field's default says that empty is fine."""
    if not isinstance(value, str):
        raise ValueError("must be text")
    lines = has_lines(field)
    text = tidy(value, longest_text(field), lines)
    check_characters(text, lines)
    if not text:
        return "" if field.default == "" else None
    return text.lower() if getattr(field, "lower", False) else text


def has_lines(field: Field) -> bool:
    """Whether its text may have several lines."""
    return isinstance(field, PlainTextField)


def longest_text(field: Field) -> int:
    """In characters."""
    return getattr(field, "max_length", None) or LONGEST_TEXT


def convert_date(_field: Field, value: Any) -> date:
    """A date, or its text."""
    if type(value) is date:
        return value
    try:
        # Python reads more forms of ISO 8601 than the one we ask for.
        return date.fromisoformat(value if ISO_DATE.fullmatch(value) else "")
    except (TypeError, ValueError):
        raise ValueError("must be a date like 2008-04-05") from None


def convert_time(_field: Field, value: Any) -> datetime:
    """A time, or its text. It is kept in UTC, without its zone: SQLite has no type that holds one."""
    try:
        time = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        return (time.astimezone(UTC).replace(tzinfo=None) if time.tzinfo else time).replace(microsecond=0)
    except (TypeError, ValueError, OverflowError):
        raise ValueError("must be a time like 2008-04-05T16:30:00Z") from None


def convert_whole_number(field: Field, value: Any) -> int:
    """A whole number that its column has room for."""
    if type(value) is not int:
        raise ValueError("must be a whole number")
    if abs(value) > largest_of(field):
        least, most = whole_limits(field)
        raise ValueError(f"must be a whole number from {least} to {most}")
    return value


def largest_of(field: Any) -> int:
    """The largest whole number that the column has room for."""
    return LARGEST_OF_TYPE.get(field.field_type, LARGEST_ID)


def whole_limits(field: Any) -> tuple[int, int]:
    """The smallest and the largest whole number of the field."""
    least, most = limits(field)
    largest = largest_of(field)
    return -largest if least is None else least, largest if most is None else most


def limits(field: Any) -> tuple[Any, Any]:
    """The `minimum` and the `maximum` of a number; None where it has none."""
    return getattr(field, "minimum", None), getattr(field, "maximum", None)


def convert_float(_field: Field, value: Any) -> float:
    """A number that is finite."""
    if type(value) not in (int, float):
        raise ValueError("must be a number")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ValueError("must be a number")
    return number


def convert_decimal(field: Any, value: Any) -> Decimal:
    """A number, or its text, with the field's places: none is lost."""
    is_text = isinstance(value, str) and NUMBER.fullmatch(value)
    if not is_text and type(value) not in (int, float, Decimal):
        raise ValueError("must be a number")
    number = Decimal(str(value))  # by its text, as 0.1 is not a tenth to a computer
    if not number.is_finite():
        raise ValueError("must be a number")
    whole_digits = field.max_digits - field.decimal_places
    if abs(number) >= 10**whole_digits:
        raise ValueError(f"must have at most {whole_digits} digits before the point")
    rounded = in_places(field, number)
    if rounded != number:
        raise ValueError(f"must have at most {field.decimal_places} decimal places")
    return rounded


def in_places(field: Any, number: Decimal) -> Decimal:
    """`number` with as many decimal places as `field` has."""
    return number.quantize(Decimal(1).scaleb(-field.decimal_places))


def convert_truth(_field: Field, value: Any) -> bool:
    """True or False."""
    if type(value) is not bool:
        raise ValueError("must be true or false")
    return value


def convert_uuid(_field: Field, value: Any) -> UUID:
    """A UUID, or its text."""
    if isinstance(value, UUID):
        return value
    if not isinstance(value, str) or not UUID_TEXT.fullmatch(value):
        raise ValueError("must be a UUID like 0b8a1d3e-5f0c-4a53-9d55-6f2f1c1f7a10")
    return UUID(value)


def convert_row_id(field: Any, value: Any) -> int:
    """A row, or its id; there must be such a row."""
    number = convert_whole_number(field.rel_field, getattr(value, "id", value))
    if not field.rel_model.has_row(number):
        raise ValueError("does not exist")
    return number
