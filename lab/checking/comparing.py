"""What a student's process says, held against what a field, a table and JSON have."""

import json
from typing import Any

from lab.checking.messages import Gone
from lab.checking.values_for import Described

LETTERS_OF_VALUE = 60  # characters


def checked_description(said: Any) -> dict[str, Any]:
    """What a process says of a model, as far as it has the shape that it must have. Gone when it has not."""
    names = ("name", "column", "kind", "refers_to")
    try:
        is_right = all(isinstance(said[name], str) for name in ("class", "plural"))
        is_right &= all(isinstance(each[name], str) for each in said["fields"] for name in names)
        is_right &= all(isinstance(each["choices"], list) for each in said["fields"])
        is_right &= all(isinstance(name, str) for name in said["open"]) and len(said["fields"]) < 100
    except (KeyError, TypeError):
        raise Gone from None
    if not is_right:
        raise Gone
    return dict(said)


def answer_json(answer: dict[str, Any]) -> dict[str, Any]:
    """The object in an answer; an empty one when there is none."""
    try:
        found = json.loads(answer["body"])
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def is_same(field: Described, stored: Any, value: Any) -> bool:
    """Whether what the table has is this value."""
    if field["kind"] == "DateTimeField":
        return str(stored)[:10] == str(value)[:10]
    if field["kind"] in ("DecimalField", "FloatField"):
        return as_number_of(stored) == as_number_of(value)
    if field["kind"] == "UUIDField":
        return str(stored).replace("-", "") == str(value).replace("-", "")
    return bool(stored == value)


def as_number_of(value: Any) -> float | None:
    """Of a number, or of a text that is one."""
    try:
        return round(float(value), 6)
    except (TypeError, ValueError):
        return None


def as_sent(field: Described, stored: Any) -> Any:
    """A stored value as JSON has it."""
    if field["kind"] == "BooleanField":
        return bool(stored)
    if field["kind"] == "DecimalField":
        return str(stored)
    return f"{str(stored)[:19].replace(' ', 'T')}Z" if field["kind"] == "DateTimeField" else stored


def spoken(value: Any) -> str:
    """As somebody reads it in a sentence."""
    text = "nothing" if value is None else str(value) if isinstance(value, int | float) else f"“{value}”"
    return text if len(text) <= LETTERS_OF_VALUE else f"{text[:LETTERS_OF_VALUE]}…"
