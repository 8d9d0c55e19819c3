"""The rows of a table as lines of JSON, in the order of their ids. Never more than some of them are in the memory."""

import json
from collections.abc import Callable, Container, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from models.shared.backup.manifest import BadBackup
from models.shared.backup.row_values import from_line, to_line
from models.shared.loading import all_models
from models.shared.ownership import make_private_file
from models.shared.sql_names import sql_name

ROWS_FOLDER = "rows"
LINES_AT_ONCE = 1000
LONGEST_LINE = 64 * 1024 * 1024  # bytes

Select = Callable[[str], Iterable[tuple[Any, ...]]]
SavedRow = dict[str, Any]


def saved_models() -> list[Any]:
    """Those whose rows are saved, parents before children: not what is made from others."""
    return [model for model in all_models() if model._meta.table_name != "folded"]


def file_of_lines(model: Any) -> str:
    """What the file of its rows is called in a backup."""
    return f"{ROWS_FOLDER}/{model._meta.table_name}.jsonl"


def lines_of_all(folder: Path, tables: Container[str], select: Select) -> dict[str, Path]:
    """A file of lines of each of the `tables`, whose rows `select` finds, by its name in a backup."""
    files = {}
    for model in saved_models():
        if model._meta.table_name in tables:
            path = files[file_of_lines(model)] = folder / f"{model._meta.table_name}.jsonl"
            write_lines(model, select, path)
    return files


def write_lines(model: Any, select: Select, path: Path) -> None:
    """All rows of `model`, which `select` finds, into the new file `path`."""
    fields = sorted(model._meta.sorted_fields, key=lambda field: field.column_name)
    names = [field.column_name for field in fields]
    sql = f"SELECT {', '.join(map(sql_name, names))} FROM {sql_name(model._meta.table_name)} ORDER BY id"  # noqa: S608
    make_private_file(path)
    with path.open("w", encoding="utf-8") as file:
        for row in select(sql):
            values = {name: to_line(field, value) for name, field, value in zip(names, fields, row, strict=True)}
            file.write(f"{json.dumps(values, ensure_ascii=False, separators=(',', ':'))}\n")


def read_lines(pieces: Iterable[bytes], name: str) -> Iterator[SavedRow]:
    """The rows in such a file. BadBackup, with its name and the line, for what is none."""
    for number, line in enumerate(lines_in(pieces, name), start=1):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise BadBackup(f"{name}, line {number} is no row")
        yield row


def lines_in(pieces: Iterable[bytes], name: str) -> Iterator[bytes]:
    """Each line of what comes in pieces."""
    rest = b""
    for piece in pieces:
        *lines, rest = (rest + piece).split(b"\n")
        yield from lines
        if len(rest) > LONGEST_LINE:
            raise BadBackup(f"{name} has a line that is too long")
    if rest:
        raise BadBackup(f"{name} ends within a line")


def insert_lines(model: Any, rows: Iterator[SavedRow], insert: Callable[[str, list[Any]], object], mark: str) -> int:
    """Insert rows by `insert`, some at a time; `mark` is that of a value in SQL. How many there were."""
    columns = {field.column_name: field for field in model._meta.sorted_fields}
    count = 0
    names: list[str] = []
    while some := list(islice(rows, LINES_AT_ONCE)):
        names = names or sorted(some[0])
        values = [
            values_in_order(row, names, columns, count + number, mark) for number, row in enumerate(some, start=1)
        ]
        marks = ", ".join([mark] * len(names))
        table = sql_name(model._meta.table_name)
        insert(f"INSERT INTO {table} ({', '.join(map(sql_name, names))}) VALUES ({marks})", values)  # noqa: S608
        count += len(some)
    return count


def values_in_order(row: SavedRow, names: list[str], columns: dict[str, Any], number: int, mark: str) -> list[Any]:
    """In the order of `names`. BadBackup for a row that has other columns, or what is no value."""
    if sorted(row) != names or not columns.keys() >= row.keys():
        odd = sorted({*row} ^ {*names}) or sorted({*row} - columns.keys())
        raise BadBackup(f"Line {number} has other columns than this program: {odd[0]}")
    try:
        return [from_line(columns[name], row[name], for_sqlite=mark == "?") for name in names]
    except (ValueError, KeyError, TypeError):
        raise BadBackup(f"Line {number} has a value that none of ours is") from None
