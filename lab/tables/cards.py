"""What is told of each table below the picture."""

from typing import NamedTuple

from peewee import PeeweeException

from lab.sources import Excerpt
from lab.tables.asked import address_of_table
from lab.tables.class_lines import class_lines
from lab.tables.create import create_statement
from lab.tables.postgresql_tables import postgresql_sizes
from lab.tables.reader import TableReader, TooSlow
from lab.tables.sqlite_tables import sqlite_sizes
from lab.tables.stored import StoredIndex, TableSize
from lab.tables.whose import KnownTable

BYTE_UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB")


class TableCard(NamedTuple):
    """A table: `rows` and `room` are words, `create` is SQL, `lines` are those of its class. `id` is its place."""

    known: KnownTable
    id: str
    href: str
    rows: str
    room: str
    indexes: list[str]
    keys: list[str]
    create: str
    lines: Excerpt | None


def table_cards(reader: TableReader, tables: list[KnownTable]) -> list[TableCard]:
    """Of all tables and views."""
    sizes = table_sizes(reader, tables)
    return [table_card(reader, known, number, sizes.get(known.name)) for number, known in enumerate(tables)]


def table_card(reader: TableReader, known: KnownTable, number: int, size: TableSize | None) -> TableCard:
    """Of one."""
    stored = known.stored
    more = [create_statement(each.sql) for each in stored.indexes if each.sql]
    return TableCard(
        known,
        f"table-{number}",
        "" if known.is_missing or stored.problem else address_of_table(known.name),
        rows_in_words(reader, known),
        room_in_words(size) if size else "",
        [told_index(each) for each in stored.indexes if not each.is_primary],
        [f"{', '.join(key.columns)} → {key.table}.{', '.join(key.to_columns)}, {key.on_delete}" for key in stored.keys],
        ";\n".join([create_statement(stored.sql), *more]) + ";" if stored.sql else "",
        class_lines(known.model) if known.model else None,
    )


def table_sizes(reader: TableReader, tables: list[KnownTable]) -> dict[str, TableSize]:
    """What each takes, as far as it can be known so soon."""
    stored = [known.stored for known in tables if not known.is_missing]
    try:
        return sqlite_sizes(reader, stored) if reader.is_sqlite else postgresql_sizes(reader, stored)
    except (TooSlow, PeeweeException):
        reader.more_time()
        return {}


def rows_in_words(reader: TableReader, known: KnownTable) -> str:
    """How many rows a table has. Those of a view are counted when somebody looks at them."""
    if known.is_missing or known.stored.kind != "table" or known.kept_for:
        return ""
    try:
        ((count,),) = reader.rows(f"SELECT count(*) FROM {reader.name(known.name)}")  # noqa: S608 - the name is mermaid_text
    except TooSlow:
        return "more rows than can be counted in a moment"
    return f"{count:,} {'row' if count == 1 else 'rows'}"


def room_in_words(size: TableSize) -> str:
    """The size of a table, and of its indexes."""
    if size.is_about:
        return f"{in_units(size.own)} of values"
    return in_units(size.own) + (f", its indexes {in_units(size.of_indexes)}" if size.of_indexes else "")


def in_units(size: float) -> str:
    """A number of bytes as people say it."""
    unit = 0
    while size >= 1024 and unit < len(BYTE_UNITS) - 1:
        size, unit = size / 1024, unit + 1
    return f"{size:,.1f} {BYTE_UNITS[unit]}".replace(".0 ", " ")


def told_index(index: StoredIndex) -> str:
    """An index: its columns first, as they say what it is for."""
    columns = ", ".join("an expression" if each is None else each for each in index.columns)
    return columns + " (unique)" * index.is_unique + " (some rows only)" * index.is_partial
