"""A form and a web address carry only text: what it means for each type of column, and a value as such text.

A text that cannot be read is handed on as it is: the column then refuses it and says why.
"""

import re
from typing import Any

from peewee import Field

from models.shared.conversions import NUMBER, has_lines, longest_text
from models.shared.text import tidy

WHOLE_NUMBER = re.compile(r"-?[0-9]{1,19}")
TRUTHS = {"true": True, "false": False}


def read_line(field: Field, text: str) -> str | None:
    """Without blanks around it; None when nothing is left and the field has no empty text."""
    try:
        text = tidy(text, longest_text(field), has_lines(field))
    except ValueError:
        return text
    return text if text or field.default == "" else None


def read_plain(_field: Field, text: str) -> str | None:
    """For a column that takes text and reads it itself, like a date."""
    return text.strip() or None


def read_as_typed(_field: Field, text: str) -> str | None:
    """For a password, in which blanks count."""
    return text or None


def read_whole_number(_field: Field, text: str) -> int | str | None:
    """A number where there is one."""
    text = text.strip()
    return int(text) if WHOLE_NUMBER.fullmatch(text) else text or None


def read_float(_field: Field, text: str) -> float | str | None:
    """The same with a point."""
    text = text.strip()
    return float(text) if NUMBER.fullmatch(text) else text or None


def read_truth(_field: Field, text: str) -> bool | str | None:
    """`true` or `false`, in capitals too."""
    text = text.strip()
    return TRUTHS.get(text.lower(), text or None)


def text_of_truth(_field: Field, value: Any) -> str:
    """As a form's choices have it."""
    return str(value).lower()


def text_of_time(_field: Field, value: Any) -> str:
    """As HTML's `datetime-local` has it: in UTC, which its hint says."""
    return str(value.isoformat(timespec="seconds"))
