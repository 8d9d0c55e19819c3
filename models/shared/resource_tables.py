"""The tables of Resources follow their classes: made when they are missing, given the columns that they lack."""

import sys
from collections.abc import Iterator
from typing import Any

from peewee import Field, ForeignKeyField, SqliteDatabase
from playhouse.schema_diff import IndexDiff, diff_models

from models.shared.database import database
from models.shared.loading import all_models, all_resources
from models.shared.resource import Resource
from models.shared.start_errors import file_of, stop_start, unusable_file

ANEW = "make all tables again (of an SQLite database a copy is kept), and lose their rows: python -m seed"
POSTGRESQL_NAMES = {"varchar": "character varying", "timestamp": "timestamp without time zone", ", ": ","}


def are_current() -> bool:
    """Whether every Resource has its table and nothing differs, and no other table lacks a column."""
    diff = diff_models(database.obj, all_resources())
    return not diff and not any(any(changes(model)) for model in all_resources()) and not any(without_migration())


def follow_classes(with_rows: bool) -> None:
    """Make and change tables, within a transaction. Unusable when a table differs in what cannot be mended here."""
    for field in without_migration():
        name, table = field.column_name, field.model._meta.table_name
        remedy = f"Add a migration, as CONTRIBUTING.md tells; or {ANEW}"
        stop_start(field.model, f"the table {table} has no column {name}, and no migration makes it.", remedy)
    tables: list[str] = database.get_tables()
    news: list[str] = []
    for model in all_resources():  # parents before children
        with unusable_file(file_of(model)):
            if model._meta.table_name in tables:
                news += change_table(model)
                continue
            model.create_table()
            if with_rows:
                fill(model)
    print(*news, sep="\n", end="\n" * bool(news), flush=True)


def without_migration() -> Iterator[Field]:
    """The fields for whose column a migration is missing, in the tables that do not follow their classes."""
    for model in all_models():
        if not issubclass(model, Resource):
            there = {column.name for column in database.get_columns(model._meta.table_name)}
            yield from (field for field in model._meta.sorted_fields if field.column_name not in there)


def change_table(model: type[Resource]) -> list[str]:
    """A line for each column that was added."""
    news = [add_column(field) for field in diff_models(database.obj, [model]).add_columns]
    for difference in (*changes(model), *strange_columns(model), *strange_indexes(model)):
        refuse_change(model, difference)
    return news


def fill(model: type[Resource]) -> None:
    """The sample rows that the model's file makes in `init_…()`, named as the table's plural."""
    init = getattr(sys.modules[model.__module__], f"init_{model.plural}", None)
    if init:
        init()


def add_column(field: Field) -> str:
    """The line that says so."""
    model: Any = field.model
    if not field.null and (field.default is None or field.unique):
        why = "which must differ in each row" if field.unique else "which is neither null=True nor has a default"
        refuse_change(model, f"has no column {field.column_name} yet, {why}")
    from playhouse.migrate import SchemaMigrator, migrate  # only for a changed class

    table = model._meta.table_name
    migrate(SchemaMigrator.from_database(database.obj).add_column(table, field.column_name, field))
    if field.null and field.default is not None and not field.unique:
        model.update({field: field.default() if callable(field.default) else field.default}).execute()
    return f"The table {table} has a new column {field.column_name}, as {model.__name__} has a new field."


def changes(model: type[Resource]) -> Iterator[str]:
    """How columns that are there differ from their fields, as far as a database tells."""
    columns = {column.name: column for column in database.get_columns(model._meta.table_name)}
    targets = {key.column: key.dest_table for key in database.get_foreign_keys(model._meta.table_name)}
    for field in model._meta.sorted_fields[1:]:
        column = columns.get(field.column_name)
        if column is None:
            continue
        if type_of(field) != column.full_type.lower():
            yield f"has {field.column_name} as {column.full_type}, not as {type_of(field).upper()}"
        if field.null != column.null:
            yield f"has {field.column_name} {'with' if column.null else 'without'} null=True"
        if isinstance(field, ForeignKeyField) and targets.get(column.name) != field.rel_model._meta.table_name:
            yield f"has {field.column_name} refer to {targets.get(column.name, 'nothing')}"


def type_of(field: Field) -> str:
    """As the database names it."""
    name = str(field.ddl_datatype(database.get_sql_context()).sql).lower()
    if not isinstance(database.obj, SqliteDatabase):
        for ours, theirs in POSTGRESQL_NAMES.items():
            name = name.replace(ours, theirs)
    return name


def strange_columns(model: type[Resource]) -> Iterator[str]:
    """Columns in the table that the class has no field for."""
    for _table, name in diff_models(database.obj, [model]).drop_columns:
        yield f"has a column {name}, and the class has no such field"


def strange_indexes(model: type[Resource]) -> Iterator[str]:
    """Indexes that only the table has, or only the class."""
    diff = diff_models(database.obj, [model])
    for words, indexes in (("lacks", diff.add_indexes), ("has", diff.drop_indexes)):
        for index in indexes:
            yield f"{words} {in_words(index)}"


def in_words(index: IndexDiff) -> str:
    """An index in words."""
    return f"{'a unique' if index.unique else 'an'} index on {', '.join(index.columns or [index.name])}"


def refuse_change(model: type[Resource], difference: str) -> None:
    """Unusable: this difference cannot be mended without losing rows."""
    stop_start(model, f"the table {model._meta.table_name} {difference}.", f"Put the class back as it was; or {ANEW}")
