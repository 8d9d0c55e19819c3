"""What a table is, and what its class makes of one: told alike, so that the two can be compared."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from peewee import Field, Index, ModelIndex

from models.shared.alteration.table_sql import Definition, inner_of, parse_table, plain_identifier, plain_sql
from models.shared.database import database, is_sqlite

INDEX = re.compile(r"CREATE\s+(UNIQUE\s+)?INDEX\s+(?:IF\s+NOT\s+EXISTS\s+)?(\S+)\s+ON\s+", re.IGNORECASE)
COLUMNS_OF_INDEX = re.compile(r"\(([\w ,]+)\)")
POSTGRESQL_NAMES = {"varchar": "character varying", "timestamp": "timestamp without time zone", ", ": ","}


class ColumnFacts(NamedTuple):
    """Its type as the database names it, whether it may be empty, and by which rule it is compared."""

    type: str
    null: bool
    collation: str = ""


class IndexFacts(NamedTuple):
    """`columns` is empty where it is of more than columns; `sql` makes it, and `on` is the part that matters."""

    name: str
    columns: tuple[str, ...]
    unique: bool
    on: str
    sql: str


@dataclass
class TableFacts:
    """All but the key of a table; checks and indexes by what they say."""

    columns: dict[str, ColumnFacts]
    checks: dict[str, str]
    indexes: dict[str, IndexFacts]
    keys: dict[str, str]


def indexes_of_class(model: Any) -> list[str]:
    """What makes its indexes."""
    return [str(context.query()[0]) for context in model._schema._create_indexes(safe=False)]


def is_plain(model: Any) -> bool:
    """Whether there is nothing in the class that only the database can put into its own words."""
    fields = model._meta.sorted_fields
    return not model._meta.constraints and not any(map(is_special, fields)) and all(map(is_plain_index, indexes(model)))


def is_special(field: Any) -> bool:
    """Whether a column has a rule or an order of its own."""
    has_own = type(field).ddl is not Field.ddl and field.name != "id"
    return bool(field.constraints or field.collation or has_own)


def indexes(model: Any) -> Iterable[Any]:
    """All that the class asks for."""
    found: Iterable[Any] = model._meta.fields_to_index()
    return found


def is_plain_index(index: Any) -> bool:
    """Whether it is one of columns."""
    is_known = isinstance(index, Index | ModelIndex) and vars(index)["_where"] is None
    return is_known and all(isinstance(each, Field) for each in index._expressions)


def keys_in(table: str) -> dict[str, str]:
    """By a column, the table that it refers to."""
    return {key.column: key.dest_table for key in database.get_foreign_keys(table)}


def facts_of_sql(sql: str, around: Iterable[str], keys: dict[str, str]) -> TableFacts:
    """What these statements of SQLite make."""
    parts = parse_table(sql)
    columns = {name: column_facts(column) for name, column in parts.columns.items() if not column.get("PRIMARY")}
    checks = [inner_of(clause.text) for each in parts.definitions for clause in each.clauses if clause.word == "CHECK"]
    found = [index_facts(statement) for statement in around if INDEX.match(statement)]
    return TableFacts(columns, {plain_sql(check): check for check in checks}, {each.on: each for each in found}, keys)


def column_facts(column: Definition) -> ColumnFacts:
    """Of one column of SQLite."""
    collation = column.get("COLLATE").partition(" ")[2].upper()
    return ColumnFacts(column.get("TYPE").lower(), not column.get("NOT"), "" if collation == "BINARY" else collation)


def index_facts(sql: str) -> IndexFacts:
    """Of an index, by what makes it."""
    found = INDEX.match(sql)
    unique, name, rest = bool(found and found[1]), found[2] if found else "", sql[found.end() if found else 0 :]
    on = plain_sql(rest[rest.index("(") :] if is_sqlite() else rest.partition(" USING ")[2])
    of = COLUMNS_OF_INDEX.fullmatch(on.removeprefix("btree ").strip())
    columns = tuple(part.strip() for part in of[1].split(",")) if of else ()
    is_columns = all(" " not in column for column in columns)
    return IndexFacts(plain_identifier(name), columns if is_columns else (), unique, f"{'unique ' * unique}{on}", sql)


def type_of(field: Field) -> str:
    """As the database names it."""
    name = str(field.ddl_datatype(database.get_sql_context()).sql).lower()
    if not is_sqlite():
        for ours, theirs in POSTGRESQL_NAMES.items():
            name = name.replace(ours, theirs)
    return name
