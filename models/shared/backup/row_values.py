"""A value of a row in a line of JSON: the same for each engine, so that it comes back as it was."""

from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from peewee import BooleanField, DateTimeField, DecimalField, Field

AS_BASE64 = "base64"
WRITTEN_AS: dict[type, Callable[[Any], Any]] = {  # a datetime before a date, which it is, too
    datetime: lambda value: value.isoformat(" "),
    date: date.isoformat,
    time: time.isoformat,
    UUID: lambda value: value.hex,
    bytes: lambda value: {AS_BASE64: b64encode(value).decode()},
    memoryview: lambda value: {AS_BASE64: b64encode(value).decode()},
}


def to_line(field: Field, value: Any) -> Any:
    """What stands in the line, which is what SQLite has: times as texts, a UUID without hyphens."""
    if isinstance(field, BooleanField) and value in (0, 1):
        return bool(value)
    if isinstance(field, DecimalField) and isinstance(value, int | float | Decimal):
        return plain_number(Decimal(str(value)))
    write = next((write for kind, write in WRITTEN_AS.items() if isinstance(value, kind)), None)
    return write(value) if write else value


def plain_number(number: Decimal) -> str:
    """Without zeros at its end, and without an exponent."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def from_line(field: Field, value: Any, for_sqlite: bool) -> Any:
    """What the database is given. ValueError for what we do not write."""
    if isinstance(value, dict):
        return b64decode(value[AS_BASE64], validate=True)
    if isinstance(value, list):
        raise ValueError(field.name)
    if isinstance(value, bool):
        return int(value) if for_sqlite else value
    return value


def for_file(field: Field, value: Any) -> Any:
    """What a file of SQLite is given for a value of Python, or of the history, where PostgreSQL writes T in a time."""
    if isinstance(field, DateTimeField) and isinstance(value, str):
        return value.replace("T", " ", 1)
    return from_line(field, to_line(field, value), for_sqlite=True)
