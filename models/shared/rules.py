"""The rules that a field declares with its options: checked here, and written as JSON Schema for the description."""

import re
from decimal import Decimal
from typing import Any

from peewee import Field

from models.shared.conversions import LARGEST_ID, largest_of, limits, longest_text, whole_limits
from models.shared.text import check_length

Schema = dict[str, Any]
WHEN_DELETED = ("CASCADE", "SET NULL", "NO ACTION")  # RESTRICT would look at rows that are about to go
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


def check_limits(field: Any, value: Any) -> None:
    """ValueError for a number that is smaller or larger than the field says."""
    least, most = limits(field)
    if value is None or ((least is None or least <= value) and (most is None or value <= most)):
        return
    if type(value) is int:
        least, most = whole_limits(field)
        raise ValueError(f"must be a whole number from {least} to {most}")
    raise ValueError(f"must be {in_words_of_limits(least, most)}")


def within_limits(field: Any, value: Any) -> Any:
    """`value`, or the limit of the field that is nearest to it, as text where it is text."""
    least, most = limits(field)
    is_less = least is not None and Decimal(str(value)) < least
    is_more = most is not None and Decimal(str(value)) > most
    nearest = least if is_less else most if is_more else value
    return str(nearest) if isinstance(value, str) else nearest


def in_words_of_limits(least: Any, most: Any) -> str:
    """As in: from 0 to 5."""
    if least is not None and most is not None:
        return f"from {least} to {most}"
    return f"at most {most}" if least is None else f"at least {least}"


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
    """With the limits of its column."""
    return {"type": "integer", "minimum": -largest_of(field), "maximum": largest_of(field)}


def number_rules(field: Field) -> Schema:
    """With the limits that it says."""
    found = zip(("minimum", "maximum"), limits(field), strict=True)
    return {word: as_number(limit) for word, limit in found if limit is not None}


def as_number(limit: Any) -> Any:
    """A decimal as JSON has it."""
    return float(limit) if isinstance(limit, Decimal) else limit


def wrong_limits(field: Any) -> tuple[str, str] | None:
    """The problem and its remedy: limits that are no numbers, or leave nothing between them."""
    least, most = given = limits(field)
    if any(limit is not None and type(limit) not in (int, float, Decimal) for limit in given):
        return "with a minimum or maximum that is no number", "Write them without quotes: minimum=1, maximum=5."
    if None not in given and least > most:
        return f"with a minimum of {least} and a maximum of {most}", "Let the minimum be the smaller one."
    return None


def id_schema(_field: Field) -> Schema:
    """A row's number, or that of another row."""
    return {"type": "integer", "minimum": 1, "maximum": LARGEST_ID}


def decimal_rules(field: Any) -> Schema:
    """A decimal as text; as a number it is held to the same."""
    places = rf"(\.[0-9]{{1,{field.decimal_places}}})?" if field.decimal_places else ""
    pattern = rf"^-?[0-9]{{1,{field.max_digits - field.decimal_places}}}{places}$"
    return {"type": ["string", "number"], "pattern": pattern} | number_rules(field)


def too_many_digits(field: Any) -> tuple[str, str] | None:
    """The problem and its remedy: SQLite keeps a decimal as a float."""
    if field.max_digits <= MOST_DIGITS:
        return wrong_limits(field)
    return "with too many digits for SQLite", f"Say max_digits={MOST_DIGITS} or less."


def wrong_reference(field: Any) -> tuple[str, str] | None:
    """The problem and its remedy: a foreign key of something that is no model, or with a rule that does not fit."""
    if not hasattr(field.rel_model, "_meta"):
        return "that refers to no model", "Give it a class: ForeignKeyField(User)."
    if field.on_delete not in WHEN_DELETED:
        return f"with on_delete={field.on_delete!r}", f"Say one of {', '.join(WHEN_DELETED)}, or nothing."
    if field.on_delete == "SET NULL" and not field.null:
        return "that would be emptied, and must not be empty", "Say null=True, too; or take on_delete away."
    return None
