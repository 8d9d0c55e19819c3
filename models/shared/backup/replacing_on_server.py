"""All rows on PostgreSQL give place to those of a file of SQLite, in one transaction: readers see nothing between."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from peewee import ForeignKeyField, __exception_wrapper__  # type: ignore[attr-defined]  # its stubs forget the last

from models.shared.backup.postgresql_copy import last_numbers, set_last_numbers
from models.shared.backup.row_lines import LINES_AT_ONCE
from models.shared.backup.row_values import from_line, to_line
from models.shared.backup.sqlite_copy import sequences_of
from models.shared.changing_tables import changing_tables
from models.shared.database import database
from models.shared.loading import all_models
from models.shared.sql_names import sql_name
from models.shared.start_errors import Unusable


def replace_on_server(copy: Path, keep: Callable[[], None], settle: Callable[[], None]) -> None:
    """As `replace_rows`, for tables that are those of today."""
    models = all_models()
    tables = [sql_name(model._meta.table_name) for model in models]
    with closing(sqlite3.connect(copy)) as source, changing_tables(), __exception_wrapper__:
        ask = database.connection().execute  # nobody is told who writes: the history comes along
        ask(f"LOCK TABLE {', '.join(tables)} IN SHARE ROW EXCLUSIVE MODE")  # others read on
        keep()
        given = last_numbers()
        for table in tables:
            ask(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for table in reversed(tables):
            ask(f"DELETE FROM {table}")  # noqa: S608
        for model in models:
            insert_all(model, source)
        for number, model in enumerate(models):
            set_late(model, late_fields(model, models[:number]), source)
        for table in tables:
            ask(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            require_same_rows(table, source)
        numbers = sequences_of(source)
        set_last_numbers({table: max(numbers.get(table, 0), given.get(table, 0)) for table in numbers | given})
        settle()


def late_fields(model: Any, before: list[Any]) -> list[Any]:
    """References to rows that may come later: to those of its own table, or of one that is not filled yet."""
    keys = [field for field in model._meta.sorted_fields if isinstance(field, ForeignKeyField)]
    return [key for key in keys if key.null and key.rel_model not in before]


def insert_all(model: Any, source: sqlite3.Connection) -> None:
    """The rows of a table; references to what comes later are empty yet."""
    models = all_models()
    late = late_fields(model, models[: models.index(model)])
    fields = [field for field in model._meta.sorted_fields if field not in late]
    table, names = sql_name(model._meta.table_name), [sql_name(field.column_name) for field in fields]
    marks = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608
    many(sql, server_values(source, fields, f"SELECT {', '.join(names)} FROM {table} ORDER BY id"))  # noqa: S608


def set_late(model: Any, late: list[Any], source: sqlite3.Connection) -> None:
    """The references that were left empty."""
    table = sql_name(model._meta.table_name)
    for field in late:
        name = sql_name(field.column_name)
        rows = server_values(source, [field, model.id], f"SELECT {name}, id FROM {table} WHERE {name} IS NOT NULL")  # noqa: S608
        many(f"UPDATE {table} SET {name} = %s WHERE id = %s", rows)  # noqa: S608


def server_values(source: sqlite3.Connection, fields: list[Any], sql: str) -> Iterator[list[Any]]:
    """What PostgreSQL is given for rows of SQLite."""
    for row in source.execute(sql):
        lines = [to_line(field, value) for field, value in zip(fields, row, strict=True)]
        yield [from_line(field, value, for_sqlite=False) for field, value in zip(fields, lines, strict=True)]


def many(sql: str, rows: Iterator[list[Any]]) -> None:
    """The same statement for each of the rows, some at a time."""
    with database.connection().cursor() as cursor:
        while some := list(islice(rows, LINES_AT_ONCE)):
            cursor.executemany(sql, some)


def require_same_rows(table: str, source: sqlite3.Connection) -> None:
    """Unusable when a row has been lost on the way."""
    sql = f"SELECT count(*) FROM {table}"  # noqa: S608
    if database.connection().execute(sql).fetchone()[0] != source.execute(sql).fetchone()[0]:
        raise Unusable(f"Not all rows of {table} could be brought back; nothing was changed")
