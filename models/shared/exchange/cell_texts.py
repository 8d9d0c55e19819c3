"""A value as the text of a cell, and back. What a spreadsheet would take for a formula has a `'` before it."""

from typing import Any

from peewee import Field

from models.shared.kinds import kind_of
from models.shared.values import to_json

FORMULA_SIGNS = tuple("=+-@\t\r＝＋－＠")  # the wide ones, too, as some programs read them alike
QUOTE = "'"


def cell_text_of(field: Field, value: Any) -> str:
    """A value of the table as the text of a cell: in ISO's forms; nothing for no value.

    Only a text can be a formula. An empty text where there may be no value is a `'`.
    """
    value = to_json(field, value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if not kind_of(field).is_text:
        return str(value)
    return QUOTE if value == "" and field.null else safe_cell(str(value))


def safe_cell(text: str) -> str:
    """A text that begins with a `'` of its own gets a second one."""
    return QUOTE + text if text.startswith((QUOTE, *FORMULA_SIGNS)) else text


def without_quote(text: str) -> str:
    """The text that was made safe_cell. One that has a `'` for itself, as in 'tis, keeps it."""
    rest = text[1:]
    is_marked = text.startswith(QUOTE) and (not rest or rest.startswith((QUOTE, *FORMULA_SIGNS)))
    return rest if is_marked else text


def value_in(field: Field, text: str) -> Any:
    """What the text of a cell means for this field. One that makes no sense stays, for the field to refuse it."""
    if not kind_of(field).is_text:
        return kind_of(field).from_form(field, text)
    if not text and field.null:
        return None
    return kind_of(field).from_form(field, without_quote(text))
