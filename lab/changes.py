"""Which rows a rehearsal changes. Triggers in the copy write down each of them, those of cascades too."""

import json
import sqlite3
from contextlib import closing
from math import isfinite
from pathlib import Path
from typing import Any

from lab.secrets import HIDDEN, is_secret_name, without_hashes
from models.shared.sql_names import sql_name, sql_text

NOTES = "lab_changes"  # a table of the copy
MOST_NOTES = 50_000
MOST_ROWS_SHOWN = 50  # of a table that are shown
MOST_LETTERS_OF_VALUE = 300
EVENTS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}  # and which rows there are
NOT_SHOWN = ("folded", "sqlite_")  # the copies for search change along with the texts


def watch_rows(path: Path) -> None:
    """From here on, the database at `path` notes each row that is inserted, updated or deleted."""
    with closing(sqlite3.connect(path)) as copy, copy:
        copy.execute(
            f'CREATE TABLE "{NOTES}" (number INTEGER PRIMARY KEY, name TEXT, old_key TEXT, new_key TEXT, '
            "old TEXT, new TEXT)"
        )
        for table in tables_of(copy):
            columns = copy.execute(f"PRAGMA table_info({sql_name(table)})").fetchall()
            names, keys = [each[1] for each in columns], [each[1] for each in columns if each[5]]
            for event, rows in EVENTS.items():
                copy.execute(trigger(table, event, rows, keys or ["rowid"], names))


def trigger(table: str, event: str, rows: tuple[str, ...], keys: list[str], names: list[str]) -> str:
    """SQL that has the table note its rows before and after an event; `rows` says which of the two there are."""
    values = [as_array(row, each) if row in rows else "NULL" for each in (keys, names) for row in ("OLD", "NEW")]
    name = sql_name(f"lab {event} {table}")
    note = f'INSERT INTO "{NOTES}" (name, old_key, new_key, old, new) VALUES ({", ".join([sql_text(table), *values])})'  # noqa: S608
    return f"CREATE TRIGGER {name} AFTER {event} ON {sql_name(table)} BEGIN {note}; END"


def tables_of(copy: sqlite3.Connection) -> list[str]:
    """Those that are to be watched. A virtual table can have no triggers, and keeps its rows in others."""
    found = copy.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    names = [name for name, sql in found if not str(sql).lower().startswith("create virtual")]
    return [name for name in names if name != NOTES and not name.startswith(NOT_SHOWN)]


def as_array(row: str, columns: list[str]) -> str:
    """SQL for the values of OLD or NEW as JSON, which cannot hold bytes."""
    values = [f"{row}.{sql_name(name)}" for name in columns]
    texts = [f"CASE typeof({v}) WHEN 'blob' THEN '<' || length({v}) || ' bytes>' ELSE {v} END" for v in values]
    return f"json_array({', '.join(texts)})"


def changed_rows(path: Path) -> list[dict[str, Any]]:
    """What came of it in the end: for each table the rows before and after, None where there was none."""
    with closing(sqlite3.connect(path)) as copy:
        copy.text_factory = lambda text: text.decode("utf-8", "replace")
        notes = copy.execute(
            f'SELECT name, old_key, new_key, old, new FROM "{NOTES}" ORDER BY number LIMIT ?',  # noqa: S608
            (MOST_NOTES + 1,),
        ).fetchall()
        names = {table: names_in_table(copy, table) for table in {note[0] for note in notes}}
    ends: dict[tuple[str, str], list[Any]] = {}  # what a row was first, and what it is last
    for table, old_key, new_key, old, new in notes[:MOST_NOTES]:
        if old_key is not None:
            ends.setdefault((table, old_key), [old, old])[1] = None
        if new_key is not None:
            ends.setdefault((table, new_key), [None, None])[1] = new
    tables: dict[str, list[list[Any]]] = {}
    for (table, _), (before, after) in ends.items():
        if before != after:
            tables.setdefault(table, []).append([before, after])
    return [table_as_json(table, names[table], rows, len(notes) > MOST_NOTES) for table, rows in tables.items()]


def names_in_table(copy: sqlite3.Connection, table: str) -> list[str]:
    """The names of its columns; none when the rehearsal has taken the table away."""
    return [name for _, name, *_ in copy.execute(f"PRAGMA table_info({sql_name(table)})")]


def table_as_json(table: str, columns: list[str], rows: list[list[Any]], is_cut: bool) -> dict[str, Any]:
    """How many rows of a table come, go and change, and the first of them."""
    return {
        "table": table,
        "come": sum(before is None for before, _ in rows),
        "go": sum(after is None for _, after in rows),
        "change": sum(None not in (before, after) for before, after in rows),
        "rows": [
            {"before": shown_row(b, a, columns), "after": shown_row(a, b, columns)} for b, a in rows[:MOST_ROWS_SHOWN]
        ],
        "more": is_cut or len(rows) > MOST_ROWS_SHOWN,
    }


def shown_row(row: str | None, other: str | None, columns: list[str]) -> dict[str, Any] | None:
    """The values of a row by their columns, without secrets; of one that changes, those that do and the first."""
    if row is None:
        return None
    values, others = json.loads(row), json.loads(other) if other else None
    return {
        name: shown_cell(name, value)
        for number, (name, value) in enumerate(zip(columns, values, strict=False))
        if others is None or number == 0 or value != others[number]
    }


def shown_cell(column: str, value: Any) -> Any:
    """A value of a row, in JSON's types."""
    if is_secret_name(column) and value is not None:
        return HIDDEN
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    if not isinstance(value, str):
        return value
    value = without_hashes(value)
    return value if len(value) <= MOST_LETTERS_OF_VALUE else f"{value[:MOST_LETTERS_OF_VALUE]}… ({len(value)} letters)"
