"""What came of one statement: its columns and rows within the limits, its plan, its time."""

import json
import sqlite3
import time
from math import isfinite
from typing import Any

from lab.sql.limits import MOST_LETTERS_OF_CELL, MOST_ROWS_OF_SQL
from lab.sql.pieces import Piece
from lab.sqlite_plan_words import plan_in_words

ONLY_ROWS = f"Only the first {MOST_ROWS_OF_SQL:,} rows are shown."
ONLY_BYTES = "Only the first {:,} rows are shown: they are 2 MiB."


def answer_to(connection: sqlite3.Connection, piece: Piece, values: list[Any], left: int) -> dict[str, Any]:
    """Run it. `left` is how many bytes of rows there may yet be."""
    began = time.perf_counter()
    cursor = connection.execute(piece.sql, values)
    columns = [name for name, *_ in cursor.description or ()]
    rows: list[list[Any]] = []
    size, cut = 0, ""
    for row in cursor:
        cells = [cell_of(value) for value in row]
        size += len(json.dumps(cells))
        if len(rows) == MOST_ROWS_OF_SQL or size > left:
            cut = ONLY_ROWS if len(rows) == MOST_ROWS_OF_SQL else ONLY_BYTES.format(len(rows))
            break
        rows.append(cells)
    count = cursor.rowcount
    cursor.close()
    milliseconds = (time.perf_counter() - began) * 1000
    return {
        "sql": piece.sql,
        "kind": piece.kind,
        "columns": columns,
        "rows": rows,
        "cut": cut,
        "count": count,
        "bytes": size,
        "ms": round(milliseconds, 2),
    }


def cell_of(value: Any) -> Any:
    """A value in JSON's types."""
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    if isinstance(value, str):
        value = value.encode("utf-8", "replace").decode()
        if len(value) > MOST_LETTERS_OF_CELL:
            return f"{value[:MOST_LETTERS_OF_CELL]}… ({len(value)} letters)"
    return value


def plan_of_statement(connection: sqlite3.Connection, piece: Piece, values: list[Any]) -> dict[str, Any]:
    """How SQLite finds its rows, in words and as SQLite draws it; nothing for what finds none."""
    if piece.kind not in ("read", "change") or piece.words[:1] == ("PRAGMA",):
        return {"words": [], "tree": ""}
    steps = connection.execute(f"EXPLAIN QUERY PLAN {piece.sql}", values).fetchall()
    words = plan_in_words(piece.sql, steps, connection.execute).words
    return {"words": list(words), "tree": tree_of(steps)}


def tree_of(steps: list[Any]) -> str:
    """The steps as SQLite's own program draws them."""
    children: dict[int, list[Any]] = {}
    for step in steps:
        children.setdefault(step[1], []).append(step)
    lines = ["QUERY PLAN"] if steps else []
    waiting = [(step, "", step is children[0][-1]) for step in reversed(children.get(0, []))]
    while waiting:
        (number, _, _, detail), before, is_last = waiting.pop()
        lines.append(f"{before}{'`--' if is_last else '|--'}{detail}")
        below = children.pop(number, []) if number else []
        waiting += [(step, f"{before}{'   ' if is_last else '|  '}", step is below[-1]) for step in reversed(below)]
    return "\n".join(lines)
