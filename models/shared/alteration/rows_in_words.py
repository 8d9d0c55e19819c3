"""Rows that are in the way of a change, in words: a few by their number, and how many there are."""

from collections.abc import Iterable, Sequence
from typing import Any

from peewee import PeeweeException

from models.shared.database import database
from models.shared.sql_names import sql_name

MOST_NAMED = 10
LONGEST_VALUE = 40


def in_rows(count: int) -> str:
    """As in: 1 row, 7 rows."""
    return f"{count:,} {'row' if count == 1 else 'rows'}"


def rows_in(table: str, where: str = "") -> int:
    """How many there are."""
    sql = f"SELECT count(*) FROM {sql_name(table)}{' WHERE ' * bool(where)}{where}"  # noqa: S608 - names of ours
    return int(database.execute_sql(sql).fetchone()[0])


def numbers_where(table: str, where: str) -> list[int]:
    """Of the rows, their ids; none where the condition names what is not there yet."""
    try:
        with database.atomic():
            sql = f"SELECT id FROM {sql_name(table)} WHERE {where} ORDER BY id"  # noqa: S608 - names and rules of ours
            return [number for (number,) in database.execute_sql(sql).fetchall()]
    except PeeweeException:
        return []


def twins(table: str, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """The values that several rows have, with how many: (value, …, count)."""
    names = ", ".join(map(sql_name, columns))
    filled = " AND ".join(f"{sql_name(column)} IS NOT NULL" for column in columns)
    sql = f"SELECT {names}, count(*) FROM {sql_name(table)} WHERE {filled} GROUP BY {names} HAVING count(*) > 1"  # noqa: S608
    return [tuple(row) for row in database.execute_sql(f"{sql} ORDER BY {names}").fetchall()]


def rows_with_values(table: str, columns: Sequence[str], values: Sequence[Any]) -> list[int]:
    """The ids of the rows that have these."""
    where = " AND ".join(f"{sql_name(column)} = {database.param}" for column in columns)
    sql = f"SELECT id FROM {sql_name(table)} WHERE {where} ORDER BY id"  # noqa: S608 - names of ours
    return [number for (number,) in database.execute_sql(sql, tuple(values)).fetchall()]


def first_of(things: Iterable[Any]) -> str:
    """The first ones, and how many more."""
    all_of_them = [str(thing) for thing in things]
    shown = all_of_them[:MOST_NAMED]
    more = len(all_of_them) - len(shown)
    return ", ".join(shown) + (f" and {more:,} more" if more else "")


def short_value(value: Any) -> str:
    """A value for one line."""
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def all_tables() -> set[str]:
    """Their names."""
    found: list[str] = database.get_tables()
    return set(found)
