"""What PostgreSQL knows of a table, and how it would put a class into its own words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from peewee import EnclosedNodeList

from models.shared.alteration.facts import (
    ColumnFacts,
    TableFacts,
    index_facts,
    indexes,
    indexes_of_class,
    type_of,
)
from models.shared.alteration.table_sql import inner_of, plain_sql
from models.shared.database import database
from models.shared.sql_names import sql_name
from models.shared.trigram_index import TRIGRAM_INDEX

PG_COLUMNS = """SELECT attname, format_type(atttypid, atttypmod), NOT attnotnull,
    CASE WHEN attcollation <> typcollation THEN collname ELSE '' END
    FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid LEFT JOIN pg_collation ON pg_collation.oid = attcollation
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'id' ORDER BY attnum"""
PG_CHECKS = """SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass"""
PG_INDEXES = """SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE NOT indisprimary AND indrelid = %s::regclass"""


def facts_of_relation(relation: str, keys: dict[str, str]) -> TableFacts:
    """Of this table, whose name may have a schema."""
    place = (relation if "." in relation else sql_name(relation),)
    columns = {row[0]: ColumnFacts(*row[1:]) for row in database.execute_sql(PG_COLUMNS, place).fetchall()}
    checks = [inner_of(text) for (text,) in database.execute_sql(PG_CHECKS, place).fetchall()]
    indexes_there = [index_facts(sql) for (sql,) in database.execute_sql(PG_INDEXES, place).fetchall()]
    found = [index for index in indexes_there if index.name != TRIGRAM_INDEX]  # no class asks for it: it may be missing
    return TableFacts(columns, {plain_sql(check): check for check in checks}, {each.on: each for each in found}, keys)


def facts_of_plain_class(model: Any, keys: dict[str, str]) -> TableFacts:
    """Of a class that says nothing special."""
    columns = {field.column_name: ColumnFacts(type_of(field), field.null) for field in model._meta.sorted_fields[1:]}
    found = []
    for index in indexes(model):
        names = ", ".join(sql_name(field.column_name) for field in index._expressions)
        kind = "UNIQUE INDEX" if index._unique else "INDEX"
        found.append(index_facts(f"CREATE {kind} {index._name} ON {model._meta.table_name} USING btree ({names})"))
    return TableFacts(columns, {}, {each.on: each for each in found}, keys)


@contextmanager
def made_aside(model: Any) -> Iterator[str]:
    """The table of the class without its foreign keys, for a moment, where only this connection sees it."""
    table = model._meta.table_name
    with database.atomic() as transaction:
        context = database.get_sql_context().literal(f"CREATE TEMPORARY TABLE {sql_name(table)} ")
        parts = [field.ddl(context) for field in model._meta.sorted_fields] + list(model._meta.constraints or ())
        database.execute(context.sql(EnclosedNodeList(parts)))
        for sql in indexes_of_class(model):
            database.execute_sql(sql.replace("%", "%%"))
        yield f"pg_temp.{sql_name(table)}"
        transaction.rollback()
