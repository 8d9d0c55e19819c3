"""SQL with its values written into it, so that it can be copied and run anywhere."""

import math
from collections.abc import Iterable
from re import Match
from typing import Any

from lab.changed_rows import PARAMETER
from models.shared.sql_names import sql_text


def with_literals(sql: str, values: Iterable[Any]) -> str:
    """The statement with each value in its place; a place for which there is none stays."""
    texts = map(literal, values)

    def put_in(found: Match[str]) -> str:
        return next(texts, found[0]) if found[0] in ("?", "%s") else found[0]

    return PARAMETER.sub(put_in, sql)


def literal(value: Any) -> str:
    """A value as SQL writes it."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "NULL"
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and math.isinf(value):
        return "9e999" if value > 0 else "-9e999"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return f"X'{bytes(value).hex()}'"
    return sql_text(str(value))
