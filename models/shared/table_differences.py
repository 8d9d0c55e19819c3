"""How the table of a Resource differs from its class."""

from collections.abc import Iterator

from peewee import Field
from playhouse.schema_diff import IndexDiff, diff_models

from models.shared.database import database, is_sqlite
from models.shared.reference_rules import keys_of
from models.shared.resource import Resource

POSTGRESQL_NAMES = {"varchar": "character varying", "timestamp": "timestamp without time zone", ", ": ","}


def changes(model: type[Resource]) -> Iterator[str]:
    """How columns that are there differ from their fields, as far as a database tells."""
    columns = {column.name: column for column in database.get_columns(model._meta.table_name)}
    keys = keys_of(model)
    for field in model._meta.sorted_fields[1:]:
        column = columns.get(field.column_name)
        if column is None:
            continue
        if type_of(field) != column.full_type.lower():
            yield f"has {field.column_name} as {column.full_type}, not as {type_of(field).upper()}"
        if field.null != column.null:
            yield f"has {field.column_name} {'with' if column.null else 'without'} null=True"
        if field in model._meta.refs and column.name in keys:
            target = keys[column.name].dest_table
            if target != field.rel_model._meta.table_name:
                yield f"has {field.column_name} refer to {target}"


def type_of(field: Field) -> str:
    """As the database names it."""
    name = str(field.ddl_datatype(database.get_sql_context()).sql).lower()
    if not is_sqlite():
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
