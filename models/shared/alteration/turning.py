"""The values of a column whose type becomes another one: turned without losing anything, or told as they cannot be."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from peewee import Field

from models.shared.database import database
from models.shared.kinds import kind_of
from models.shared.sql_names import sql_name

REFUSED: Any = object()


def turned(field: Any, value: Any) -> Any:
    """A stored value as the column of `field` stores it. ValueError with a message that finishes "name …"."""
    kind = kind_of(field)
    if value is None:
        return None
    if isinstance(value, bytes | memoryview):
        raise ValueError("is no text")
    if kind.is_text and isinstance(value, str):
        return text_with_room(field, value)
    text = text_of_value(value, kind.stored_as)
    given = kind.accept(field, kind.from_form(field, text))
    if given is None:
        raise ValueError("is empty")
    return field.db_value(given)


def text_with_room(field: Any, value: str) -> str:
    """The text itself, unless the column is too short for it."""
    longest = getattr(field, "max_length", None)
    if longest and len(value) > longest:
        raise ValueError(f"must have at most {longest} characters")
    return value


def text_of_value(value: Any, wanted: type) -> str:
    """As somebody would type it into a form of the `wanted` type."""
    if wanted is bool and value in (0, 1, "0", "1"):
        return "true" if int(value) else "false"
    if isinstance(value, bool):
        return str(int(value)) if wanted in (int, float, Decimal) else str(value).lower()
    if wanted is int and isinstance(value, float | Decimal) and value % 1 == 0:
        return str(int(value))
    if wanted is date and isinstance(value, str | datetime) and str(value).endswith(" 00:00:00"):
        return str(value)[:10]
    return str(value)


def unturnable(table: str, column: str, field: Field) -> Iterator[tuple[int, Any, str]]:
    """The (id, value, why) of each row whose value cannot be turned."""
    bad: dict[Any, str] = {}
    for value in values_once(table, column):
        try:
            turned(field, value)
        except ValueError as error:
            bad[value] = str(error)
    sql = f"SELECT id FROM {sql_name(table)} WHERE {sql_name(column)} = {database.param} ORDER BY id"  # noqa: S608
    for value, why in bad.items():
        yield from ((number, value, why) for (number,) in database.execute_sql(sql, (value,)).fetchall())


def values_once(table: str, column: str) -> list[Any]:
    """Each value once."""
    name = sql_name(column)
    sql = f"SELECT DISTINCT {name} FROM {sql_name(table)} WHERE {name} IS NOT NULL"  # noqa: S608 - names of ours
    return [value for (value,) in database.execute_sql(sql).fetchall()]


def turned_or(field: Field, value: Any, otherwise: Any) -> Any:
    """The same, or `otherwise` where it cannot be turned."""
    try:
        return turned(field, value)
    except ValueError:
        if otherwise is REFUSED:
            raise
        return otherwise


def turn_values(table: str, column: str, field: Field, otherwise: Any) -> None:
    """On SQLite, whose column has its new type already: each value that is not stored as it should be."""
    name, wrong = sql_name(column), []
    for value in values_once(table, column):
        new = turned_or(field, value, otherwise)
        if type(new) is not type(value) or new != value:
            wrong.append((new, value))
    update = f"UPDATE {sql_name(table)} SET {name} = ? WHERE {name} IS ?"  # noqa: S608 - names of ours
    database.execute_many(update, wrong)


def turned_as_text(table: str, column: str, field: Field, otherwise: Any) -> dict[str, str | None]:
    """On PostgreSQL: by its old text, the new text of each value."""
    name = sql_name(column)
    sql = f"SELECT DISTINCT {name}, {name}::text FROM {sql_name(table)} WHERE {name} IS NOT NULL"  # noqa: S608
    found = database.execute_sql(sql).fetchall()
    new = {text: turned_or(field, value, otherwise) for value, text in found}
    return {text: None if value is None else str(value) for text, value in new.items()}
