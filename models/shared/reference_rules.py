"""The foreign keys of a Resource's table get the rules of its class, which a comparison of columns does not see."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from peewee import ForeignKeyField, ForeignKeyMetadata

from models.shared.alteration.remade import make_anew, sql_around
from models.shared.database import database, is_sqlite
from models.shared.sql_names import sql_name


def keys_of(model: Any) -> dict[str, ForeignKeyMetadata]:
    """The foreign keys that the table has, by their columns."""
    found = database.get_foreign_keys(model._meta.table_name) if model._meta.refs else ()
    return {key.column: key for key in found}


def other_rules(model: Any) -> list[ForeignKeyField]:
    """The fields of which the table says something else, or nothing."""
    rules = {column: key.on_delete for column, key in keys_of(model).items()}
    return [field for field in model._meta.refs if rules.get(field.column_name) != field.on_delete]


def bring_rules(model: Any) -> list[str]:
    """Change them, within a transaction: a line for each."""
    fields = other_rules(model)
    if fields and is_sqlite():
        make_table_anew(model)
    elif fields:
        for field in fields:
            make_key_anew(field)
    table, name = model._meta.table_name, model.__name__
    return [f"The table {table} has {field.column_name} {field.on_delete} now, as {name} says." for field in fields]


def make_key_anew(field: ForeignKeyField) -> None:
    """In place of the one that may be there."""
    model: Any = field.model
    old = keys_of(model).get(field.column_name)
    if old:
        table = sql_name(model._meta.table_name)
        database.execute_sql(f"ALTER TABLE {table} DROP CONSTRAINT {sql_name(str(old.name))}")
    model._schema.create_foreign_key(field)


def make_table_anew(model: Any) -> None:
    """SQLite changes no foreign key: the table is made again with all its rows, and the number of the last one."""
    name: str = model._meta.table_name
    with keys_at_once(model):
        sql, _ = model._schema._create_table(safe=False).query()
    made = sql.replace(sql_name(name), sql_name(f"{name}__new"), 1)
    make_anew(name, made, {column: sql_name(column) for column in model._meta.columns}, sql_around(name))


@contextmanager
def keys_at_once(model: Any) -> Iterator[None]:
    """A key to a table that is not there yet is made with its own table: SQLite takes it then, and never later."""
    late = [field for field in model._meta.refs if field.deferred and is_sqlite()]
    for field in late:
        field.deferred = False
    try:
        yield
    finally:
        for field in late:
            field.deferred = True
