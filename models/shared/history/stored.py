"""The values of a row as the history has stored them."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from peewee import Field


class StoredField(Field):
    """JSON of values that somebody may have typed into a table, so of texts that are none, too. Nothing reads it."""

    field_type = "TEXT"


def stored_values(text: str | None) -> dict[str, Any]:
    """By their columns, as the database had them: what JSON has not, or not exactly, is an object there."""
    return {column: stored_value(value) for column, value in json.loads(text or "{}", parse_float=Decimal).items()}


def stored_value(value: Any) -> Any:
    """One of them; of a column of PostgreSQL that has objects, the object."""
    if isinstance(value, dict) and len(value) == 1:
        ((kind, written),) = value.items()
        if kind in STORED_KINDS and isinstance(written, str):
            return STORED_KINDS[kind](written)
    return value


STORED_KINDS: dict[str, Callable[[str], Any]] = {"real": float, "hex": bytes.fromhex}
