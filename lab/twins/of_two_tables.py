"""Two tables: a join, and the loop that asks again for each row, with its cure."""

from collections.abc import Iterator
from typing import Any

from peewee import ForeignKeyField

from lab.cures import several_keys
from lab.sql.plain_names import name_in_sql
from lab.twins.of_queries import python_name
from lab.twins.of_rows import variable_of
from lab.twins.person_sql import column_in_sql, table_in_sql
from lab.twins.twin import Twin
from lab.twins.values import label_field, references_of, referring_keys
from models.shared.resource import heading_of

MOST_IN_LOOP = 10
AGAIN, CURE = "N+1: ask again for each row", "Its cure"
N_PLUS_1 = "One query for the rows, and one more for each of them. Nobody would write the SQL so."
ASKED_ONCE = "The same rows, asked for once: the loop finds in each row what belongs to it."


def twins_of_two_tables(model: Any) -> Iterator[Twin]:
    """With what its rows refer to; else with what refers to them. None for a table that stands alone."""
    keys, back = references_of(model), referring_keys(model)
    if keys:
        yield from up(model, keys[0])
    elif back:
        yield from down(model, back[0])


def up(model: Any, key: ForeignKeyField) -> Iterator[Twin]:
    """Each row with the one it refers to."""
    other, variable, label, its_label = (
        key.rel_model,
        variable_of(model),
        label_field(model),
        label_field(key.rel_model),
    )
    name, is_own = model.__name__, key.rel_model is model
    its_name = key.name if is_own else other.__name__
    before = f"{its_name} = {name}.alias()\n" if is_own else ""
    on = f", on=({python_name(key)} == {its_name}.id)" if is_own or several_keys(model, other) else ""
    joined = f".join({its_name}{on}){first_ones(name)}"
    sql = up_in_sql(key)
    python = f"{before}{name}.select({python_name(label)}, {its_name}.{its_label.name}){joined}"
    yield Twin("join", f"Join {heading_of(model).lower()} with {heading_of(other).lower()}", python, sql)
    told = f"print({variable}.{label.name}, {variable}.{key.name}.{its_label.name})"
    has_one = f".where({python_name(key)}.is_null(False))" if key.null else ""
    loop = f"for {variable} in {name}.select(){has_one}{first_ones(name)}:\n    {told}"
    yield Twin("n-plus-1", AGAIN, loop, sql, N_PLUS_1)
    cured = f"{before}for {variable} in {name}.select({name}, {its_name}){joined}:\n    {told}"
    yield Twin("cure", CURE, cured, sql, ASKED_ONCE)


def up_in_sql(key: ForeignKeyField) -> str:
    """The join of a person."""
    model, other = key.model, key.rel_model
    table, its_table = table_in_sql(model), table_in_sql(other)
    its_name = name_in_sql(key.name) if other is model else its_table
    named = f"{its_table} AS {its_name}" if other is model else its_table
    columns = f"{column_in_sql(label_field(model), True)}, {its_name}.{column_in_sql(label_field(other))}"
    condition = f"{its_name}.id = {column_in_sql(key, True)}"
    return f"SELECT {columns}\nFROM {table}\nJOIN {named} ON {condition}\n{first_ones_in_sql(table)}"


def down(model: Any, key: ForeignKeyField) -> Iterator[Twin]:
    """Each row with those that refer to it, and with how many they are."""
    child, variable, label, its_label = key.model, variable_of(model), label_field(model), label_field(key.model)
    name, its_name, table, its_table = model.__name__, child.__name__, table_in_sql(model), table_in_sql(child)
    on = f", on=({python_name(key)} == {name}.id)"
    joined = f".join({its_name}{on if several_keys(child, model) else ''})"
    python = f"{name}.select({python_name(label)}, {python_name(its_label)}){joined}"
    columns = f"{column_in_sql(label, True)}, {column_in_sql(its_label, True)}"
    condition = f"{its_table} ON {column_in_sql(key, True)} = {table}.id"
    sql = f"SELECT {columns}\nFROM {table}\nJOIN {condition}"
    title = f"Join {heading_of(model).lower()} with {heading_of(child).lower()}"
    yield Twin("join", title, python + first_ones(its_name), f"{sql}\n{first_ones_in_sql(its_table)}")
    counted = f"SELECT {column_in_sql(label, True)}, COUNT({its_table}.id) AS how_many\nFROM {table}\n"
    counted += f"LEFT JOIN {condition}\nGROUP BY {table}.id\n{first_ones_in_sql(table)}"
    told = f"print({variable}.{label.name}, {variable}."
    loop = f"for {variable} in {name}.select(){first_ones(name)}:\n    {told}{key.backref}.count())"
    yield Twin("n-plus-1", AGAIN, loop, counted, N_PLUS_1)
    cured = f'for {variable} in {name}.select({name}, fn.COUNT({its_name}.id).alias("how_many"))'
    cured += f".join({its_name}, JOIN.LEFT_OUTER{on if several_keys(child, model) else ''})"
    cured += f".group_by({name}.id){first_ones(name)}:\n    {told}how_many)"
    yield Twin("cure", CURE, cured, counted, ASKED_ONCE)


def first_ones(name: str) -> str:
    """The first rows of this class."""
    return f".order_by({name}.id).limit({MOST_IN_LOOP})"


def first_ones_in_sql(table: str) -> str:
    """The same in SQL."""
    return f"ORDER BY {table}.id\nLIMIT {MOST_IN_LOOP}"
