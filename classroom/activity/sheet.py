"""What people did as CSV, for a spreadsheet."""

from collections.abc import Iterable, Iterator
from typing import Any

from bottle import HTTPResponse

from classroom.activity.counting import Activity, counted_models
from models.shared.exchange.cell_texts import safe_cell
from models.shared.fields import utc_text
from routes.shared.exchange.downloads import cells_as_file


def sheet_of(people: Iterable[Activity], name: str) -> HTTPResponse:
    """A line for each of them; all tables are in it, also where nobody did anything."""
    tables = [model._meta.table_name for model in counted_models()]
    headings = [f"{table} {what}" for table in tables for what in ("made", "changed")]
    return cells_as_file(name, ["name", "uid", "last login", "last seen", *headings], cells_of_people(people, tables))


def cells_of_people(people: Iterable[Activity], tables: list[str]) -> Iterator[list[Any]]:
    """Their cells. What somebody calls themselves may look like a formula."""
    for each in people:
        times = [utc_text(time) or "" for time in (each.last_login, each.last_seen)]
        counts = [count for table in tables for count in each.deeds[table]]
        yield [safe_cell(str(each.user.name)), safe_cell(str(each.user.uid)), *times, *counts]
