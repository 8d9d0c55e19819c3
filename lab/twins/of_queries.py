"""Queries of many rows: filter, sort, count by group."""

from collections.abc import Iterator
from typing import Any

from peewee import Field, ForeignKeyField

from lab.twins.person_sql import column_in_sql, everything_of, table_in_sql, value_in_sql
from lab.twins.twin import Twin
from lab.twins.values import WORD, in_python, named_fields, references_of, sample_of, shown_fields
from models.shared.kinds import kind_of
from models.shared.resource import heading_of

SOME = 5  # rows of a sorted list


def twins_of_queries(model: Any) -> Iterator[Twin]:
    """Those that its columns allow."""
    many, select = heading_of(model).lower(), f"{model.__name__}.select()"
    yield Twin("all", f"Read all {many}", select, everything_of(model))
    yield from filters_of(model, many)
    yield sorting(model, many)
    total = f"SELECT COUNT(*)\nFROM {table_in_sql(model)}"
    yield Twin("count", f"Count the {many}", f"{select}.count()", total)
    yield from counted_by_group(model, many)


def filters_of(model: Any, many: str) -> Iterator[Twin]:
    """By a value, by a part of a text, from a value on, without a value."""
    exact = named_fields(model, *model.filters) or [model._meta.primary_key]
    field = next((each for each in exact if each.unique and not isinstance(each, ForeignKeyField)), exact[0])
    value = comparable(field, 1 if field.primary_key else sample_of(field))
    yield filtered_by(model, "filter", f"Filter {many}", f"== {in_python(value)}", field, "=", value)
    for field in named_fields(model, *model.searched)[:1]:
        yield containing(model, many, field)
    for field in named_fields(model, *model.ranges)[:1]:
        value = comparable(field, sample_of(field))
        yield filtered_by(model, "from", f"Filter {many} from a value on", f">= {in_python(value)}", field, ">=", value)
    for field in [each for each in shown_fields(model) if each.null][:1]:
        python = f"{model.__name__}.select().where({python_name(field)}.is_null())"
        sql = f"{everything_of(model)}\nWHERE {column_in_sql(field)} IS NULL"
        about = "Nothing is equal to NULL, not even NULL: so SQL has a word of its own for it."
        yield Twin("null", f"Filter {many} without a value", python, sql, about)


def filtered_by(model: Any, name: str, title: str, says: str, field: Field, sign: str, value: Any) -> Twin:  # noqa: PLR0913, PLR0917
    """Rows of which a column compares so with a value."""
    python = f"{model.__name__}.select().where({python_name(field)} {says})"
    sql = f"{everything_of(model)}\nWHERE {column_in_sql(field)} {sign} {value_in_sql(field, value)}"
    return Twin(name, title, python, sql)


def containing(model: Any, many: str, field: Field) -> Twin:
    """Rows of which a text has a word."""
    word = next(iter(WORD.findall(str(sample_of(field)))), "a")
    python = f"{model.__name__}.select().where({python_name(field)}.contains({in_python(word)}))"
    like = "LIKE" if column_in_sql(field)[0] != '"' else "ILIKE"
    sql = f"{everything_of(model)}\nWHERE {column_in_sql(field)} {like} '%{word}%'"
    return Twin("contains", f"Filter {many} by a part of a text", python, sql, "% stands for any letters.")


def sorting(model: Any, many: str) -> Twin:
    """The first few in an order."""
    field = named_fields(model, *model.sorts)[-1:] or [model._meta.primary_key]
    then_id = "" if field[0].primary_key else f", {model.__name__}.id"
    python = f"{model.__name__}.select().order_by({python_name(field[0])}.desc(){then_id}).limit({SOME})"
    then_id = ", id" if then_id else ""
    sql = f"{everything_of(model)}\nORDER BY {column_in_sql(field[0])} DESC{then_id}\nLIMIT {SOME}"
    return Twin("sort", f"Sort {many}", python, sql, "Of rows with the same value, the id says which is the first.")


def counted_by_group(model: Any, many: str) -> Iterator[Twin]:
    """How many rows have each value of a column in which values come again."""
    keys = references_of(model)
    fields = [each for each in shown_fields(model) if not each.unique and kind_of(each).counted and each not in keys]
    fields.sort(key=lambda each: (not each.choices, kind_of(each).values == (), kind_of(each).is_text))
    for field in [*fields, *keys][:1]:
        name, column = model.__name__, column_in_sql(field)
        python = (
            f'{name}.select({python_name(field)}, fn.COUNT({name}.id).alias("how_many"))'
            f".group_by({python_name(field)}).order_by({python_name(field)})"
        )
        sql = f"SELECT {column}, COUNT(*) AS how_many\nFROM {table_in_sql(model)}\nGROUP BY {column}\nORDER BY {column}"
        yield Twin("group", f"Count {many} by group", python, sql)


def python_name(field: Field) -> str:
    """A column as Python has it."""
    return f"{field.model.__name__}.{field.name}"


def comparable(field: Field, value: Any) -> Any:
    """A value of a row, as it is compared in Python: a day and a time as the database stores them."""
    return value if isinstance(value, str | int | float) else str(value)
