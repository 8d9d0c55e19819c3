"""How a loop of queries becomes one or two: in the words of the models."""

import re
from functools import cache
from typing import Any

from peewee import ForeignKeyField

from lab.sql_words import SQL_NAME, main_table, named_tables
from models.shared.loading import all_models
from models.shared.related import TOTAL

COMPARED_COLUMN = re.compile(rf"(?:({SQL_NAME})\.)?({SQL_NAME})\s*(?:=|IN\s*\()\s*(?:\?|%s)", re.IGNORECASE)


@cache
def models_by_table() -> dict[str, Any]:
    """The models by the names of their tables."""
    return {model._meta.table_name: model for model in all_models()}


def model_of(sql: str) -> Any:
    """The model that a query reads, if it is one of ours."""
    return models_by_table().get(main_table(sql))


def what_it_reads(sql: str) -> str:
    """What a query reads: the model, or the table of what is none."""
    model = model_of(sql)
    return model.__name__ if model else main_table(sql) or "something"


def column_asked(sql: str) -> str:
    """The column of its main table that a query compares first."""
    where = sql.upper().rfind(" WHERE ")
    tables, table = named_tables(sql), main_table(sql)
    for owner, column in COMPARED_COLUMN.findall(sql, where) if where >= 0 else ():
        if not owner or tables.get(owner.strip('"')) == table:
            return str(column.strip('"'))
    return ""


def cure_of(many: str, each: str) -> str:
    """What to write instead of asking `each` for each row of `many`."""
    rows, asked, column = model_of(many), model_of(each), column_asked(each)
    if rows is None or asked is None:
        return "Ask once for all of them, with a JOIN or with IN."
    up = key_between(rows, asked)
    if up is not None and column == asked._meta.primary_key.column_name:
        left = ", JOIN.LEFT_OUTER" if up.null else ""
        on = f"{left}, on={rows.__name__}.{up.name}" if several_keys(rows, asked) else left
        return (
            f"Read them together: {rows.__name__}.select({rows.__name__}, {asked.__name__}).join({asked.__name__}{on})"
        )
    down = key_between(asked, rows)
    if down is not None and column == down.column_name and down.backref:
        return cure_of_children(rows, down, "COUNT(" in each.upper())
    name = next((field.name for field in asked._meta.sorted_fields if field.column_name == column), "id")
    return f"Ask once for all: {asked.__name__}.select().where({asked.__name__}.{name}.in_([…]))"


def cure_of_children(rows: Any, key: ForeignKeyField, is_count: bool) -> str:
    """The rows that refer to each of `rows` by this key, or how many they are."""
    parent, child = rows.__name__, key.model.__name__
    if is_count and key.backref + TOTAL in rows.shows:
        return f"Read them together: counted({parent}), of models/shared/related.py, has a {key.backref}{TOTAL}"
    if is_count:
        return (
            f"Count in one query: {parent}.select({parent}, fn.COUNT({child}.id).alias('{key.backref}{TOTAL}'))"
            f".join({child}, JOIN.LEFT_OUTER).group_by({parent}.id)"
        )
    if key.backref in rows.shows:
        return f"Read them in two queries: with_newest({parent}), of models/shared/related.py"
    return f"Read them in two queries: {parent}.select().with_related(Load({parent}.{key.backref}))"


def key_between(model: Any, other: Any) -> ForeignKeyField | None:
    """The first field of `model` that refers to `other`."""
    return next(iter(keys_between(model, other)), None)


def several_keys(model: Any, other: Any) -> bool:
    """Whether a join must say which one it means."""
    return len(keys_between(model, other)) > 1


def keys_between(model: Any, other: Any) -> list[ForeignKeyField]:
    """The fields of `model` that refer to `other`."""
    return [key for key in model._meta.refs if key.rel_model is other]
