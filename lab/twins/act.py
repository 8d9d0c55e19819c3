"""Runs twins in Python: `python -m lab.twins.act` reads what to do as a line of JSON, and writes what came.

It is a process of its own, as a class may do anything. It has a copy without secrets, and writes nowhere else.
"""

import json
import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import UUID

from peewee import PeeweeException, Query

from lab.own_process import end_with_parent, ending, own_output
from lab.recording import Recording, current_recording
from lab.sql.answer import cell_of
from lab.sql.difference import difference_of_copies
from lab.sql_words import main_table, verb_of
from lab.stage import LentFolder, hold_back, keep_to_one_file
from lab.statements import watch_statements
from lab.twins.acting import Acting
from lab.twins.typed import parsed
from models.shared.database import bind_database, database
from models.shared.loading import all_models
from models.shared.rows import BaseModel
from models.shared.start_errors import Unusable
from models.shared.storage import storage

MOST_LETTERS_OF_TWIN = 20_000
MOST_BYTES_OF_PYTHON = 2 * 1024 * 1024  # of rows, as of SQL
WRITING_VERBS = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def main() -> None:
    """Read, run, write, and end, whatever else may still run."""
    out = own_output()
    job = json.loads(sys.stdin.readline())
    end_with_parent(Path(job["place"]))
    try:
        result = {"problem": "", "twins": run_twins(job)}
    except (OSError, PeeweeException, sqlite3.Error, Unusable) as error:
        result = {"problem": f"Python cannot be run just now: {error}"}
    with ending:
        out.write(json.dumps(result, default=str))
        out.flush()
        os._exit(0)


def run_twins(job: dict[str, Any]) -> list[dict[str, Any]]:
    """What became of each. With `keeps`, each has a copy of its own, and what it changes is found out."""
    place, copy = Path(job["place"]), Path(job["copy"])
    all_models()  # which reads their files
    hold_back(place)
    storage.initialize(LentFolder(place / "uploads", job["uploads"]))
    if not job["keeps"]:
        with connected(copy, place / "twins.db"):
            return [of_one(text, job["most_rows"], keeps=False) for text in job["twins"]]
    results = []
    for number, text in enumerate(job["twins"]):
        with connected(copy, place / f"twin-{number}.db") as path:
            result = of_one(text, job["most_rows"], keeps=True)
        touched = [main_table(each["sql"]) for each in result["statements"] if verb_of(each["sql"]) in WRITING_VERBS]
        changes = difference_of_copies(copy, path, with_all_that_refers(touched), job["secrets"])
        results.append(result | {"changes": changes})
    return results


@contextmanager
def connected(copy: Path, path: Path) -> Iterator[Path]:
    """A connection to another copy of the copy."""
    shutil.copyfile(copy, path)
    bind_database(path, readable_alone=True)
    keep_to_one_file(database.obj)
    watch_statements()
    with database.connection_context():
        yield path
    database.close_all()


def with_all_that_refers(tables: list[str]) -> list[str]:
    """These tables, and those whose rows may go along."""
    models = {model._meta.table_name: model for model in all_models()}
    found: dict[str, None] = {}
    waiting = [name for name in tables if name in models]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = None
            waiting += [key.model._meta.table_name for key in models[name]._meta.backrefs]
    return list(found)


def of_one(text: str, most_rows: int, keeps: bool) -> dict[str, Any]:
    """What the lines of one have asked and given. Unless it `keeps` what it does, all is taken back."""
    began, recording = time.perf_counter(), Recording(0, {})
    acting = Acting({model.__name__: model for model in all_models()})
    result: dict[str, Any] = {"error": "", "columns": [], "rows": [], "gives": "", "changes": None, "ms": 0.0}
    before = current_recording.set(recording)
    try:
        if keeps:
            act_all(acting, text)
            result |= given_by(acting, recording, most_rows)
        else:
            with database.atomic() as transaction:
                try:
                    act_all(acting, text)
                    result |= given_by(acting, recording, most_rows)
                finally:
                    transaction.rollback()
    except Exception as error:  # noqa: BLE001 - a class may raise anything
        result["error"] = f"{type(error).__name__}: {error}"[:1000]
    finally:
        current_recording.reset(before)
        result["ms"] = round((time.perf_counter() - began) * 1000, 2)
    asked = [each for each in recording.statements if not each.is_control]
    return result | {"statements": [{"sql": each.sql, "values": as_plain_values(each.values)} for each in asked]}


def act_all(acting: Acting, text: str) -> None:
    """All lines."""
    for line in parsed(text, MOST_LETTERS_OF_TWIN).body:
        acting.act(line)


def given_by(acting: Acting, recording: Recording, most_rows: int) -> dict[str, Any]:
    """The rows that it gave: of a query, those printed, or the one row that was read."""
    if acting.printed:
        return {"rows": rows_that_fit(acting.printed, most_rows)}
    if isinstance(acting.last, Query):
        cursor = database.execute(acting.last)
        return {"columns": [each[0] for each in cursor.description], "rows": rows_that_fit(cursor, most_rows)}
    if isinstance(acting.last, dict):
        gives = json.dumps(acting.last, indent=2, default=str, ensure_ascii=False)
        return row_that_was_read(acting, recording) | {"gives": gives}
    return {"rows": [as_plain_values([acting.last])]} if isinstance(acting.last, int | float | str) else {}


def rows_that_fit(found: Iterable[Any], most: int) -> list[list[Any]]:
    """So many rows, or fewer where they are long."""
    rows: list[list[Any]] = []
    left = MOST_BYTES_OF_PYTHON
    for row in found:
        cells = as_plain_values(row)
        left -= len(json.dumps(cells))
        if len(rows) == most or left < 0:
            break
        rows.append(cells)
    return rows


def row_that_was_read(acting: Acting, recording: Recording) -> dict[str, Any]:
    """The row of the variable whose `read()` came last, as it was found."""
    row = next(each for each in reversed(acting.names.values()) if isinstance(each, BaseModel))
    found = next(each for each in recording.statements if verb_of(each.sql) == "SELECT" and each.seen)
    return {
        "columns": [field.column_name for field in row._meta.sorted_fields],
        "rows": [as_plain_values(found.seen[0])],
    }


def as_plain_values(values: Any) -> list[Any]:
    """Values in JSON's types, as the database has them."""
    return [as_plain_value(each) for each in values or ()]


def as_plain_value(value: Any) -> Any:
    """One of them."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, UUID):
        return value.hex
    if value is None or isinstance(value, int | float | str | bytes):
        return cell_of(value)
    with suppress(TypeError, ValueError):
        return float(value)  # a decimal
    return str(value)


if __name__ == "__main__":
    main()
