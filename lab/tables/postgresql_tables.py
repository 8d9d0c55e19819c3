"""What PostgreSQL says of its tables, in the schema where the site's stand, and how much room they take."""

from collections import defaultdict
from typing import Any

from lab.tables.reader import TableReader
from lab.tables.stored import StoredColumn, StoredIndex, StoredKey, StoredTable, TableSize
from models.shared.folding_triggers import sql_name

KINDS_OF_RELATION = {"r": "table", "p": "table", "f": "table", "v": "view", "m": "view"}
HERE = (
    "JOIN pg_class c ON c.oid = {} JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema() "
    "AND c.relkind IN ('r', 'p', 'f', 'v', 'm')"
)
RELATIONS = (
    "SELECT c.oid::bigint, c.relname::text, c.relkind::text, coalesce(pg_get_viewdef(c.oid), '') "  # noqa: S608
    f"FROM pg_class d {HERE.format('d.oid')} WHERE NOT EXISTS "
    "(SELECT 1 FROM pg_depend e WHERE e.objid = c.oid AND e.deptype = 'e') ORDER BY c.relname"
)
COLUMNS_OF_ALL = (
    "SELECT a.attrelid::bigint, a.attname::text, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull, "  # noqa: S608
    "CASE WHEN a.attidentity <> '' THEN 'GENERATED AS IDENTITY' ELSE pg_get_expr(f.adbin, f.adrelid) END "
    f"FROM pg_attribute a {HERE.format('a.attrelid')} "
    "LEFT JOIN pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum "
    "WHERE a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attrelid, a.attnum"
)
INDEXES_OF_ALL = (
    "SELECT i.indrelid::bigint, (SELECT relname::text FROM pg_class WHERE oid = i.indexrelid), "  # noqa: S608
    "ARRAY(SELECT a.attname::text FROM unnest(i.indkey) WITH ORDINALITY k(number, place) LEFT JOIN pg_attribute a "
    "ON a.attrelid = i.indrelid AND a.attnum = k.number AND k.number > 0 WHERE k.place <= i.indnkeyatts "
    "ORDER BY k.place), i.indisunique, i.indpred IS NOT NULL, i.indisprimary, pg_get_indexdef(i.indexrelid), "
    "EXISTS (SELECT 1 FROM pg_constraint o WHERE o.conindid = i.indexrelid AND o.contype IN ('p', 'u')) "
    f"FROM pg_index i {HERE.format('i.indrelid')} ORDER BY i.indrelid, i.indexrelid"
)
NAMES_OF = (
    "ARRAY(SELECT a.attname::text FROM unnest({0}) WITH ORDINALITY k(number, place) "
    "JOIN pg_attribute a ON a.attrelid = {1} AND a.attnum = k.number ORDER BY k.place)"
)
CONSTRAINTS_OF_ALL = (
    "SELECT o.conrelid::bigint, o.conname::text, o.contype::text, pg_get_constraintdef(o.oid), "  # noqa: S608
    f"{NAMES_OF.format('o.conkey', 'o.conrelid')}, "
    "(SELECT relname::text FROM pg_class WHERE oid = o.confrelid), "
    f"{NAMES_OF.format('o.confkey', 'o.confrelid')}, o.confdeltype::text "
    f"FROM pg_constraint o {HERE.format('o.conrelid')} WHERE o.contype IN ('p', 'u', 'f', 'c') "
    "ORDER BY o.conrelid, position(o.contype::text IN 'pufc'), o.conname"
)
RULES = {"a": "NO ACTION", "r": "RESTRICT", "c": "CASCADE", "n": "SET NULL", "d": "SET DEFAULT"}
SIZES = (
    "SELECT c.relname::text, pg_table_size(c.oid), pg_indexes_size(c.oid) "  # noqa: S608
    f"FROM pg_class d {HERE.format('d.oid')} WHERE c.relkind IN ('r', 'm')"
)

By = dict[int, list[tuple[Any, ...]]]


def postgresql_tables(reader: TableReader) -> list[StoredTable]:
    """All tables and views, in the order of their names; what an extension brought is no table of ours."""
    columns, indexes, constraints = (
        by_table(reader, sql) for sql in (COLUMNS_OF_ALL, INDEXES_OF_ALL, CONSTRAINTS_OF_ALL)
    )
    return [
        postgresql_table(name, KINDS_OF_RELATION[kind], view, columns[oid], indexes[oid], constraints[oid])
        for oid, name, kind, view in reader.rows(RELATIONS)
    ]


def by_table(reader: TableReader, sql: str) -> By:
    """What a query tells of all tables, by the number of each."""
    found: By = defaultdict(list)
    for oid, *row in reader.rows(sql):
        found[oid].append(tuple(row))
    return found


def postgresql_table(  # noqa: PLR0913, PLR0917 - a table has as much
    name: str,
    kind: str,
    view: str,
    columns: list[tuple[Any, ...]],
    indexes: list[tuple[Any, ...]],
    constraints: list[tuple[Any, ...]],
) -> StoredTable:
    """One of them."""
    places = {column: i for _, what, _, names, *_ in constraints if what == "p" for i, column in enumerate(names, 1)}
    return StoredTable(
        name,
        kind,
        f"CREATE VIEW {sql_name(name)} AS\n{view}" if kind == "view" else create_table(name, columns, constraints),
        tuple(stored_column(column, places) for column in columns),
        tuple(
            StoredIndex(index, tuple(names), is_unique, is_partial, is_primary, "" if is_of_table else sql)
            for index, names, is_unique, is_partial, is_primary, sql, is_of_table in indexes
        ),
        tuple(
            StoredKey(tuple(own), to, tuple(theirs), RULES[rule])
            for _, what, _, own, to, theirs, rule in constraints
            if what == "f"
        ),
    )


def stored_column(column: tuple[Any, ...], places: dict[str, int]) -> StoredColumn:
    """One of its columns, with its place in the primary key."""
    name, type_name, is_null, default = column
    return StoredColumn(name, type_name, is_null, default, places.get(name, 0))


def create_table(name: str, columns: list[tuple[Any, ...]], constraints: list[tuple[Any, ...]]) -> str:
    """A statement that makes such a table: PostgreSQL keeps none."""
    lines = [column_line(*column) for column in columns]
    lines += [f"CONSTRAINT {sql_name(constraint)} {words}" for constraint, _, words, *_ in constraints]
    inner = ",\n  ".join(lines)
    return f"CREATE TABLE {sql_name(name)} (\n  {inner}\n)"


def column_line(name: str, type: str, is_null: bool, default: str | None) -> str:
    """A column in that statement."""
    words = default if default == "GENERATED AS IDENTITY" else f"DEFAULT {default}" if default else ""
    return " ".join(filter(None, [sql_name(name), type, words, "" if is_null else "NOT NULL"]))


def postgresql_sizes(reader: TableReader, _tables: list[StoredTable]) -> dict[str, TableSize]:
    """What each table takes."""
    return {name: TableSize(int(own), int(indexes)) for name, own, indexes in reader.rows(SIZES)}
