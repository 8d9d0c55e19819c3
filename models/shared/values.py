"""A value on its way: from a form, into a column, out of the table, into JSON. How, its kind of column knows."""

from collections.abc import Mapping
from typing import Any

from peewee import Field

from models.shared.kinds import has_kind, kind_of
from models.shared.rules import check_choice, check_limits, check_text_rules
from models.shared.text import check_visible

NOTHING = "–"
CANNOT_BE_READ = "(cannot be read)"


def accepted(field: Field, value: Any) -> Any:
    """`value` as `field` stores it. ValueError with a message that finishes the sentence "name …"."""
    if value is None and field.null:
        return None
    is_text = isinstance(value, str) and has_kind(field) and kind_of(field).is_text
    if is_text:
        check_text_rules(field, value)  # as it was given: no rule is met by taking blanks away
    value = converted(field, value)
    if value is None and not field.null:
        raise ValueError("is required")
    if is_text and value:
        check_text_rules(field, value)
        check_visible(value)
    check_choice(field, value)
    check_limits(field, value)
    return value


def converted(field: Field, value: Any) -> Any:
    """`value` in the field's type, whatever its other rules say; None when it is empty. ValueError with a message."""
    return value if value is None or not has_kind(field) else kind_of(field).accept(field, value)


def from_form(fields: Mapping[str, Field], texts: Mapping[str, Any]) -> dict[str, Any]:
    """What the texts of a form mean for these fields. One that cannot be read stays, for the field to refuse it."""
    return {
        name: kind_of(fields[name]).from_form(fields[name], text) if isinstance(text, str) else text
        for name, text in texts.items()
    }


def form_text(field: Field, value: Any) -> str:
    """A value of the table as a form has it."""
    return "" if value is None else kind_of(field).to_form(field, value)


def to_json(field: Field, value: Any) -> Any:
    """A value of the table in JSON's types: a decimal and a UUID are text, a time is in UTC."""
    return None if value is None else kind_of(field).to_json(field, value)


def cell_text(row: Any, name: str) -> str:
    """A value of a row as a page has it. What cannot be read is marked: somebody typed it into the table."""
    field, value = row._meta.fields[name], row.__data__.get(name)
    if value is None and name in row.unreadable:
        return f"“{row.unreadable[name]}” {CANNOT_BE_READ}"
    if value is None and not field.null:
        return CANNOT_BE_READ
    if value is None or value == "":
        return NOTHING
    labels = dict(field.choices or ())
    return str(labels[value]) if value in labels else kind_of(field).to_cell(field, value)
