"""A result as a file to keep."""

import csv
from io import StringIO
from typing import Any

from bottle import HTTPResponse

from lab.sql.results import SqlResult

RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
MARKED = "'"  # what a spreadsheet takes for text


def as_csv(result: SqlResult) -> str:
    """The rows of the last query; of what changes something each row that does, with its table."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    rows = result.rows_from
    if result.changes is None and rows:
        writer.writerow([harmless(name) for name in rows["columns"]])
        writer.writerows([harmless(cell) for cell in row] for row in rows["rows"])
        return out.getvalue()
    writer.writerow(["table", "row", "column", "before", "after"])
    for table, found in ((result.changes or {}).get("tables") or {}).items():
        for number, row in enumerate(found["rows"], 1):
            for column in row["after"] or row["before"]:
                sides = [harmless((row[side] or {}).get(column)) for side in ("before", "after")]
                writer.writerow([table, f"{row['is']} {number}", harmless(column), *sides])
    return out.getvalue()


def harmless(cell: Any) -> Any:
    """A text that no spreadsheet takes for a formula; a text that begins with the mark gets a second one."""
    is_risky = isinstance(cell, str) and cell.startswith((*RUNS_AS_FORMULA, MARKED))
    return f"{MARKED}{cell}" if is_risky else cell


def as_file(text: str, kind: str, name: str) -> HTTPResponse:
    """Something to be kept under this name."""
    headers = {"Content-Type": kind, "Content-Disposition": f'attachment; filename="{name}"'}
    return HTTPResponse(text.encode(), 200, headers | {"Cache-Control": "no-store"})
