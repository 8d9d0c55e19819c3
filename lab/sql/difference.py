"""What is another one in a copy than in the copy before it: rows, and the tables themselves."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from lab.changes import NOT_SHOWN
from lab.sql.answer import cell_of
from lab.sql.limits import MOST_BYTES_OF_SQL, MOST_ROWS_OF_SQL
from models.shared.sql_names import sql_name

HISTORY_TABLES = ("changes", "changed_rows")  # which say when, so they are never the same twice
OF_EACH_VISIT = ("last_used",)  # columns that change while somebody looks at what would happen
BEFORE, AFTER = "before", "main"
ROWIDS = ("rowid", "oid", "_rowid_")
DIFFERENT_ROWS = {  # SQL for the rows that are gone, new and changed; {same} compares their keys
    "gone": "SELECT {before} FROM before.{table} b WHERE NOT EXISTS (SELECT 1 FROM main.{table} a WHERE {same})",
    "new": "SELECT {after} FROM main.{table} a WHERE NOT EXISTS (SELECT 1 FROM before.{table} b WHERE {same})",
    "changed": "SELECT {before}, {after} FROM main.{table} a JOIN before.{table} b ON {same} WHERE {differs}",
}


class TableColumns(NamedTuple):
    """The columns of a table in one of the copies, and those by which a row is known."""

    columns: list[str]
    key: list[str]


def difference_of_copies(
    before: Path, after: Path, touched: list[str], secrets: dict[str, list[str]]
) -> dict[str, Any]:
    """For each of the touched tables how many rows are gone, new and changed, and the first of them.

    `effect` is a digest of which rows these are, and of how they were: two runs with the same one did the same.
    """
    import hashlib  # what only reads need not wait for it

    place = f"{after.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(place, uri=True, isolation_level=None)) as both:
        both.text_factory = lambda text: text.decode("utf-8", "replace")
        both.execute("PRAGMA temp_store = memory")
        both.execute("ATTACH ? AS before", (f"{before.absolute().as_uri()}?mode=ro&immutable=1",))
        hashed = hashlib.sha256()
        schema = different_objects(both)
        names = dict.fromkeys([*touched, *(each["name"] for each in schema if each["type"] == "table")])
        tables, left = {}, MOST_BYTES_OF_SQL
        for table in names:
            if not table.startswith(NOT_SHOWN) and table not in HISTORY_TABLES:
                found = different_rows(both, table, hashed, left, secrets.get(table, []))
                left -= len(json.dumps(found))
                if any(found[kind] for kind in DIFFERENT_ROWS):
                    tables[table] = found
        hashed.update(json.dumps(schema).encode())
    return {"tables": tables, "schema": schema, "effect": hashed.hexdigest()}


def different_objects(both: sqlite3.Connection) -> list[dict[str, Any]]:
    """The tables, indexes, triggers and views that are gone, new or other ones."""
    sql = "SELECT type, name, sql FROM {}.sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    olds, news = ({each[:2]: each[2] for each in both.execute(sql.format(where))} for where in (BEFORE, AFTER))
    found = []
    for kind, name in sorted({*olds, *news}):
        old, new = olds.get((kind, name)), news.get((kind, name))
        if old != new:
            is_what = "new" if (kind, name) not in olds else "gone" if (kind, name) not in news else "changed"
            found.append({"type": kind, "name": name, "is": is_what, "before": old, "after": new})
    return found


def different_rows(both: sqlite3.Connection, table: str, hashed: Any, left: int, secrets: list[str]) -> dict[str, Any]:
    """Those of one table. `hashed` is told which they are and how they were; `left` is how many bytes may be shown.

    `secrets` are the columns which say whether one `writes_secrets`.
    """
    before, after = columns_of_copy(both, BEFORE, table), columns_of_copy(both, AFTER, table)
    totals = [rows_in_copy(both, where, table) if each else 0 for where, each in ((BEFORE, before), (AFTER, after))]
    found: dict[str, Any] = dict.fromkeys(DIFFERENT_ROWS, 0)
    found |= {"before": totals[0], "after": totals[1], "writes_secrets": False}
    rows: list[dict[str, Any]] = []
    for kind, sides in sides_of(both, table, before, after):
        found[kind] += 1
        found["writes_secrets"] |= writes_secrets(*sides, secrets)
        keys = [side[0] for side in sides if side]
        was = {name: value for name, value in sides[0][1].items() if name not in OF_EACH_VISIT} if sides[0] else None
        hashed.update(json.dumps([table, kind, keys, was], default=str).encode())
        if len(rows) < MOST_ROWS_OF_SQL and left > 0:
            shown = [{**side[1]} if side else None for side in sides]
            left -= len(json.dumps(shown))
            rows.append({"is": kind, "before": shown[0], "after": shown[1]})
    return found | {"rows": rows, "columns": (after or before or TableColumns([], [])).columns}


def writes_secrets(before: "Side", after: "Side", secrets: list[str]) -> bool:
    """Whether a row gets another value in one of these columns."""
    olds, news = (each[1] if each else {} for each in (before, after))
    return bool(after) and any(olds.get(name) != news.get(name) for name in secrets)


Side = tuple[list[Any], dict[str, Any]] | None  # the key of a row and its values


def sides_of(
    both: sqlite3.Connection, table: str, before: TableColumns | None, after: TableColumns | None
) -> Iterator[tuple[str, tuple[Side, Side]]]:
    """Each row that is another one: what it is, and how it was before and is afterwards."""
    if before and after and before.key == after.key:
        for kind, sql in DIFFERENT_ROWS.items():
            for row in both.execute(filled_in(sql, table, before, after)):
                width = len(before.key) + len(before.columns)
                yield (
                    kind,
                    (
                        None if kind == "new" else side(row, before),
                        None if kind == "gone" else side(row[width * (kind == "changed") :], after),
                    ),
                )
        return
    for where, shape, kind in ((BEFORE, before, "gone"), (AFTER, after, "new")):  # another table of this name, or none
        for row in both.execute(f"SELECT {sql_cells('t', shape)} FROM {where}.{sql_name(table)} t") if shape else ():  # noqa: S608
            yield kind, ((side(row, shape), None) if kind == "gone" else (None, side(row, shape)))  # type: ignore[arg-type]


def filled_in(sql: str, table: str, before: TableColumns, after: TableColumns) -> str:
    """One of the queries above, for this table."""
    common = [sql_name(name) for name in before.columns if name in after.columns]
    return sql.format(
        table=sql_name(table),
        before=sql_cells("b", before),
        after=sql_cells("a", after),
        same=" AND ".join(f"a.{sql_name(key)} IS b.{sql_name(key)}" for key in before.key),
        differs=" OR ".join(f"a.{name} IS NOT b.{name} COLLATE BINARY" for name in common) or "0",
    )


def sql_cells(alias: str, shape: TableColumns) -> str:
    """The key and the columns, as SQL."""
    return ", ".join(f"{alias}.{sql_name(name)}" for name in [*shape.key, *shape.columns])


def side(row: Any, shape: TableColumns) -> Side:
    """The key of a row, and its values by their columns."""
    values = [cell_of(value) for value in row[len(shape.key) : len(shape.key) + len(shape.columns)]]
    return [*row[: len(shape.key)]], dict(zip(shape.columns, values, strict=True))


def columns_of_copy(both: sqlite3.Connection, where: str, table: str) -> TableColumns | None:
    """None where there is no such table. A row is known by its number where there is one, else by its key."""
    columns = both.execute(f"PRAGMA {where}.table_info({sql_name(table)})").fetchall()
    names = [each[1] for each in columns]
    lower = {name.lower() for name in names}
    number = next((name for name in ROWIDS if name not in lower), "")
    try:
        both.execute(f"SELECT {number} FROM {where}.{sql_name(table)} LIMIT 0")  # noqa: S608
    except sqlite3.Error:
        number = ""
    key = [number] if number else [name for _, name, *_, place in sorted(columns, key=lambda each: each[5]) if place]
    return TableColumns(names, key) if names else None


def rows_in_copy(both: sqlite3.Connection, where: str, table: str) -> int:
    """How many there are."""
    return int(both.execute(f"SELECT count(*) FROM {where}.{sql_name(table)}").fetchone()[0])  # noqa: S608
