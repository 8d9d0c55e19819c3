"""JSON has types and a null, so its values are taken as they are; a form has only text, and is read leniently."""

from typing import Any

import peewee
from peewee import Field

from models.shared.fields import check_choice, check_pattern, converted
from models.shared.text import check_length

TEXT = peewee.CharField | peewee.TextField
WITHOUT_TEXT = peewee.IntegerField | peewee.ForeignKeyField | peewee.FloatField | peewee.BooleanField


def strict(field: Field, value: Any) -> Any:
    """`value`, or the ValueError for one that only a form may send: the model names it with all other problems."""
    try:
        if isinstance(value, str):
            check_as_sent(field, value)
    except ValueError as error:
        return error
    return value


def check_as_sent(field: Field, text: str) -> None:
    """ValueError for what would fit only after blanks are taken away, or as another type."""
    if isinstance(field, TEXT):
        if text or field.null:  # else it is missing, as the field itself says
            check_length(text, getattr(field, "min_length", 0) or 0, getattr(field, "max_length", None))
            check_pattern(field, text.lower() if getattr(field, "lower", False) else text)
            check_choice(field, text)
    elif not text or text != text.strip() or isinstance(field, WITHOUT_TEXT):
        converted(field, "?")  # it is none of these, and the field says what it wants
