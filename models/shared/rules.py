"""The rules that a field declares with its options: checked here, and written as JSON Schema for the description."""

import re
from typing import Any

from peewee import Field

from models.shared.conversions import LARGEST_ID, limits, longest_text
from models.shared.text import check_length

Schema = dict[str, Any]
MOST_DIGITS = 15  # which SQLite keeps of a decimal


def check_text_rules(field: Any, text: str) -> None:
    """ValueError when the text is too short or too long, has other letters than allowed, or is not among the choices.

    A missing text breaks no rule here: `accepted` says that it is required.
    """
    if not text and not field.null:
        return
    check_length(text, getattr(field, "min_length", 0), longest_text(field))
    pattern = getattr(field, "pattern", "")
    if pattern and not re.fullmatch(pattern, text.lower() if field.lower else text):
        raise ValueError(f"may only have {field.allows}")
    check_choice(field, text)


def check_choice(field: Field, value: Any) -> None:
    """ValueError for what is not among the field's choices, if it has any."""
    choices = [choice for choice, _label in field.choices or ()]
    if choices and value is not None and value not in choices:
        raise ValueError(f"must be one of {', '.join(map(str, choices))}")


def text_rules(field: Any) -> Schema:
    """Length and letters; of choices, the schema has an `enum`."""
    if field.choices:
        return {}
    must_have_one = not field.null and field.default != ""
    rules = {
        "minLength": getattr(field, "min_length", 0) or (1 if must_have_one else 0),
        "maxLength": longest_text(field),
        "pattern": described_pattern(field),
    }
    return {name: rule for name, rule in rules.items() if rule}


def described_pattern(field: Any) -> str:
    """Where capitals become small, they may be sent."""
    pattern = getattr(field, "pattern", "")
    if not pattern:
        return ""
    return f"^{pattern.replace('a-z', 'A-Za-z') if field.lower else pattern}$"


def whole_number_schema(field: Field) -> Schema:
    """With the limits of the field."""
    least, most = limits(field)
    return {"type": "integer", "minimum": least, "maximum": most}


def id_schema(_field: Field) -> Schema:
    """A row's number, or that of another row."""
    return {"type": "integer", "minimum": 1, "maximum": LARGEST_ID}


def decimal_rules(field: Any) -> Schema:
    """A decimal as text; as a number it is held to the same."""
    places = rf"(\.[0-9]{{1,{field.decimal_places}}})?" if field.decimal_places else ""
    pattern = rf"^-?[0-9]{{1,{field.max_digits - field.decimal_places}}}{places}$"
    return {"type": ["string", "number"], "pattern": pattern}


def too_many_digits(field: Any) -> tuple[str, str] | None:
    """The problem and its remedy: SQLite keeps a decimal as a float."""
    if field.max_digits <= MOST_DIGITS:
        return None
    return "with too many digits for SQLite", f"Say max_digits={MOST_DIGITS} or less."


def refers_to_nothing(field: Any) -> tuple[str, str] | None:
    """The problem and its remedy: a foreign key of something that is no model."""
    if hasattr(field.rel_model, "_meta"):
        return None
    return "that refers to no model", "Give it a class: ForeignKeyField(User)."
