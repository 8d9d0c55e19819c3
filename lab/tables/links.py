"""From a row to those that it refers to, and to those that refer to it."""

from collections.abc import Iterator
from typing import NamedTuple

from lab.tables.asked import RowsAsked, Wanted, address_of_rows
from lab.tables.reader import TableReader, TooSlow
from lab.tables.rows import ShownValue
from lab.tables.stored import StoredKey
from lab.tables.whose import KnownTable

MOST_LOOKED_THROUGH = 10_000  # rows of a table whose foreign key has no index

ShownValues = list[ShownValue]


class Referring(NamedTuple):
    """Rows that refer to another one: how many there are, None where nobody can say, and where they are."""

    words: str
    total: int | None
    href: str


def links_of_row(known: KnownTable, row: ShownValues, tables: dict[str, KnownTable]) -> list[str]:
    """For each value of a row the address of the row that it refers to; nothing for one that refers to none."""
    return [
        next((link for key in known.stored.keys_at(column.name) if (link := link_by(known, row, key, tables))), "")
        for column in known.stored.columns
    ]


def link_by(known: KnownTable, row: ShownValues, key: StoredKey, tables: dict[str, KnownTable]) -> str:
    """Where the row is that this one refers to by a key."""
    if key.table not in tables or len(key.to_columns) != len(key.columns):
        return ""
    return address_by(tables[key.table], key.to_columns, values_at(known, row, key.columns))


def address_by(known: KnownTable, columns: tuple[str, ...], values: list[str | None]) -> str:
    """The rows of a table that have these values; nothing where they cannot be asked for."""
    is_open = known.stored.by_name.keys() - known.hidden >= set(columns)
    if not is_open or None in values or not columns:
        return ""
    wanted = tuple(Wanted(column, "=", str(value)) for column, value in zip(columns, values, strict=True))
    return address_of_rows(known.name, RowsAsked(wanted))


def values_at(known: KnownTable, row: ShownValues, columns: tuple[str, ...]) -> list[str | None]:
    """The values in these columns of a row, as they can be asked for."""
    by_column = dict(zip(known.stored.by_name, row, strict=True))
    return [by_column[column].whole if column in by_column else None for column in columns]


def links_to_itself(known: KnownTable, rows: list[ShownValues], asked: RowsAsked) -> list[str]:
    """Where each row stands alone: by its key, or by its number in this order where it has none."""
    key, first = known.stored.primary_key, asked.limit * (asked.page - 1) + 1
    return [
        address_by(known, key, values_at(known, row, key))
        or address_of_rows(known.name, asked._replace(limit=1, page=first + number))
        for number, row in enumerate(rows)
    ]


def keys_referring_to(known: KnownTable, tables: dict[str, KnownTable]) -> Iterator[tuple[KnownTable, StoredKey]]:
    """The foreign keys that refer to a table, each with its own table."""
    for other in tables.values():
        yield from ((other, key) for key in other.stored.keys if key.table == known.name and key.to_columns)


def referring_to(
    reader: TableReader, known: KnownTable, rows: list[ShownValues], tables: dict[str, KnownTable]
) -> list[list[Referring]]:
    """For each row what refers to it. That takes a query for each key, however many rows there are."""
    found: list[list[Referring]] = [[] for _ in rows]
    for other, key in keys_referring_to(known, tables):
        values = [values_at(known, row, key.to_columns) for row in rows]
        counts = counts_by(reader, other, key, [each[0] for each in values if each[0] is not None])
        for number, theirs in enumerate(values):
            href = address_by(other, key.columns, theirs)
            count = counts.get(theirs[0] or "", 0) if counts is not None else None
            if href and count != 0:
                found[number].append(Referring(f"{other.name}.{', '.join(key.columns)}", count, href))
    return found


def counts_by(reader: TableReader, other: KnownTable, key: StoredKey, values: list[str]) -> dict[str, int] | None:
    """How many rows have each of these values in the one column of a key; None where that takes too long."""
    if len(key.columns) > 1:
        return None
    if not values:
        return {}
    table, name = reader.name(other.name), reader.name(key.columns[0])
    these = ", ".join([reader.param] * len(values))
    counted = f"SELECT CAST({name} AS TEXT), count(*) FROM {table} WHERE {name} IN ({these}) GROUP BY {name}"  # noqa: S608
    try:
        is_quick = is_indexed(other, key.columns[0]) or is_short(reader, table)
        return {text: int(count) for text, count in reader.rows(counted, values)} if is_quick else None
    except TooSlow:
        return None


def is_indexed(other: KnownTable, column: str) -> bool:
    """Whether rows with a value in this column are found by an index."""
    return any(each.columns[0] == column for each in other.stored.indexes) or other.stored.primary_key[:1] == (column,)


def is_short(reader: TableReader, table: str) -> bool:
    """Whether it takes no time to look through a table."""
    return not reader.rows(f"SELECT 1 FROM {table} LIMIT 1 OFFSET {MOST_LOOKED_THROUGH}")  # noqa: S608 - it is quoted
