"""What SQLite says of its tables, and how much room they take."""

from typing import Any

from peewee import PeeweeException

from lab.tables.reader import TableReader
from lab.tables.stored import StoredColumn, StoredIndex, StoredKey, StoredTable, TableSize

TABLES_AND_VIEWS = (
    "SELECT name, type, coalesce(sql, '') FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name"
)
COLUMNS_OF_TABLE = (
    'SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid'
)
INDEXES_OF_TABLE = (
    "SELECT i.name, i.\"unique\", i.origin = 'pk', i.partial, coalesce(m.sql, ''), c.name "
    "FROM pragma_index_list(?) i JOIN pragma_index_xinfo(i.name) c "
    "LEFT JOIN sqlite_master m ON m.type = 'index' AND m.name = i.name WHERE c.key ORDER BY i.seq, c.seqno"
)
KEYS_OF_TABLE = 'SELECT id, "from", "table", "to", on_delete FROM pragma_foreign_key_list(?) ORDER BY id, seq'


def sqlite_tables(reader: TableReader) -> list[StoredTable]:
    """All tables and views, in the order of their names."""
    return [sqlite_table(reader, *row) for row in reader.rows(TABLES_AND_VIEWS)]


def sqlite_table(reader: TableReader, name: str, kind: str, sql: str) -> StoredTable:
    """One of them. A view may name what is not there, and a virtual table need a module that this SQLite has not."""
    kind = "virtual" if sql[:14].upper() == "CREATE VIRTUAL" else kind
    try:
        rows = reader.rows(COLUMNS_OF_TABLE, [name])
        if kind != "table":
            reader.rows(f"SELECT 1 FROM {reader.name(name)} LIMIT 0")  # noqa: S608 - the name is mermaid_text
        indexes = sqlite_indexes(reader.rows(INDEXES_OF_TABLE, [name])) if kind == "table" else []
        keys = sqlite_keys(reader.rows(KEYS_OF_TABLE, [name])) if kind == "table" else []
    except PeeweeException as error:
        return StoredTable(name, kind, sql, problem=str(error))
    # A primary key of an old table may be NULL, but that of a row's own number never is.
    columns = [
        StoredColumn(each, kind_of_value, not (must or key), default, key)
        for each, kind_of_value, must, default, key in rows
    ]
    return StoredTable(name, kind, sql, tuple(columns), tuple(indexes), tuple(keys))


def sqlite_indexes(rows: list[tuple[Any, ...]]) -> list[StoredIndex]:
    """Those of a table; `rows` has one for each column."""
    columns: dict[tuple[Any, ...], list[str | None]] = {}
    for *index, column in rows:
        columns.setdefault(tuple(index), []).append(column)
    return [
        StoredIndex(name, tuple(names), bool(is_unique), bool(is_partial), bool(is_primary), sql)
        for (name, is_unique, is_primary, is_partial, sql), names in columns.items()
    ]


def sqlite_keys(rows: list[tuple[Any, ...]]) -> list[StoredKey]:
    """The foreign keys of a table; one that names no column is to the primary key."""
    keys: dict[int, list[tuple[Any, ...]]] = {}
    for number, *row in rows:
        keys.setdefault(number, []).append(tuple(row))
    return [
        StoredKey(tuple(own for own, *_ in parts), parts[0][1], tuple(to for _, _, to, _ in parts if to), parts[0][3])
        for parts in keys.values()
    ]


def sqlite_sizes(reader: TableReader, tables: list[StoredTable]) -> dict[str, TableSize]:
    """What each table takes. Where this SQLite was built without what tells it, the size of all values."""
    try:
        found = dict(reader.rows("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
    except PeeweeException:
        return {each.name: TableSize(values_in(reader, each), is_about=True) for each in tables if each.kind == "table"}
    return {
        each.name: TableSize(found[each.name], sum(found.get(index.name, 0) for index in each.indexes))
        for each in tables
        if each.name in found
    }


def values_in(reader: TableReader, table: StoredTable) -> int:
    """The bytes of all values of a table."""
    lengths = " + ".join(f"coalesce(length(CAST({reader.name(each.name)} AS BLOB)), 0)" for each in table.columns)
    ((size,),) = reader.rows(f"SELECT coalesce(sum({lengths}), 0) FROM {reader.name(table.name)}")  # noqa: S608
    return int(size)
