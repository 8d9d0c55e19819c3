"""Statements to begin with, made from one's own models."""

from functools import cache
from typing import Any, NamedTuple

from peewee import ForeignKeyField

from lab.indexes import is_open
from lab.secrets import is_secret_name
from lab.sql.plain_names import name_in_sql
from models.shared.kinds import has_kind, kind_of
from models.shared.loading import all_models

MOST_COLUMNS_OF_EXAMPLE = 4


class Example(NamedTuple):
    """What it does, in a few words, and the statement."""

    words: str
    sql: str


@cache
def examples() -> dict[str, list[Example]]:
    """For each table with pages some that read, and some that would change it."""
    return {model._meta.table_name: examples_of(model) for model in all_models() if is_open(model)}


def examples_of(model: Any) -> list[Example]:
    """Those of one model."""
    table, columns = name_in_sql(model._meta.table_name), columns_of_example(model)
    found = [
        Example("some rows", f"SELECT {', '.join(columns)} FROM {table} LIMIT 10;"),  # noqa: S608
        Example("how many there are", f"SELECT count(*) FROM {table};"),  # noqa: S608
        *searching(model, table, columns),
        *joining(model, table),
        *counting_each(model, table),
        *changing(model, table),
        Example("delete a row", f"DELETE FROM {table} WHERE id = 1;"),  # noqa: S608
    ]
    return list(dict.fromkeys(found))


def columns_of_example(model: Any) -> list[str]:
    """The first columns that are no secret."""
    names = [field.column_name for field in model._meta.sorted_fields if not is_secret_name(field.column_name)]
    return [name_in_sql(name) for name in names[:MOST_COLUMNS_OF_EXAMPLE]]


def searching(model: Any, table: str, columns: list[str]) -> list[Example]:
    """Find by a text, and put in order."""
    name = next((name_in_sql(field.column_name) for field in texts_of(model)), None)
    if not name:
        return []
    rows = f"SELECT {', '.join(columns)} FROM {table}"  # noqa: S608
    return [
        Example("find by a text", f"{rows} WHERE {name} LIKE '%a%';"),
        Example("in order", f"{rows} ORDER BY {name} LIMIT 10;"),
    ]


def joining(model: Any, table: str) -> list[Example]:
    """With what each row refers to."""
    return [
        Example(
            f"with the {name_in_sql(up._meta.table_name)} they refer to",
            f"SELECT {table}.{column_of_name(model)}, other.{column_of_name(up)}\n"
            f"FROM {table} JOIN {name_in_sql(up._meta.table_name)} AS other "
            f"ON other.id = {table}.{name_in_sql(field.column_name)};",
        )
        for field in model._meta.sorted_fields
        if isinstance(field, ForeignKeyField) and is_open(up := field.rel_model)
    ]


def counting_each(model: Any, table: str) -> list[Example]:
    """How many of each, where there are several of one."""
    fields = [field for field in model._meta.sorted_fields if isinstance(field, ForeignKeyField) or field.choices]
    names = [name_in_sql(field.column_name) for field in fields][:1]
    sql = "SELECT {}, count(*) AS total\nFROM {} GROUP BY {} ORDER BY total DESC;"
    return [Example("how many of each", sql.format(name, table, name)) for name in names]


def changing(model: Any, table: str) -> list[Example]:
    """Change a text."""
    names = [name_in_sql(field.column_name) for field in texts_of(model)][:1]
    sql = "UPDATE {} SET {} = upper({}) WHERE id < 4;"
    return [Example("change some rows", sql.format(table, name, name)) for name in names]


def texts_of(model: Any) -> list[Any]:
    """Its columns with text for people."""
    fields = [field for field in model._meta.sorted_fields if has_kind(field) and kind_of(field).is_text]
    return [field for field in fields if not field.choices and not is_secret_name(field.column_name)]


def column_of_name(model: Any) -> str:
    """The column that says what a row is."""
    return next((name_in_sql(field.column_name) for field in texts_of(model)), "id")
