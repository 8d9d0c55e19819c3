"""A result as a file to keep."""

import csv
from io import StringIO
from typing import Any

from bottle import HTTPResponse

from lab.sql.results import SqlResult
from models.shared.exchange.cell_texts import safe_cell


def as_csv(result: SqlResult) -> str:
    """The rows of the last query; of what changes something each row that does, with its table."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    rows = result.rows_from
    if result.changes is None and rows:
        writer.writerow([as_cell(name) for name in rows["columns"]])
        writer.writerows([as_cell(cell) for cell in row] for row in rows["rows"])
        return out.getvalue()
    writer.writerow(["table", "row", "column", "before", "after"])
    for table, found in ((result.changes or {}).get("tables") or {}).items():
        for number, row in enumerate(found["rows"], 1):
            for column in row["after"] or row["before"]:
                sides = [as_cell((row[side] or {}).get(column)) for side in ("before", "after")]
                writer.writerow([table, f"{row['is']} {number}", as_cell(column), *sides])
    return out.getvalue()


def as_cell(value: Any) -> Any:
    """A value for a spreadsheet, which takes no text for a formula."""
    return safe_cell(value) if isinstance(value, str) else value


def as_file(text: str, kind: str, name: str) -> HTTPResponse:
    """Something to be kept under this name."""
    headers = {"Content-Type": kind, "Content-Disposition": f'attachment; filename="{name}"'}
    return HTTPResponse(text.encode(), 200, headers | {"Cache-Control": "no-store"})
