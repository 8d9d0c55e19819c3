"""The rows of one table, as they are stored: in pages, sorted, filtered, with links to what belongs together."""

from typing import Any, NamedTuple
from urllib.parse import quote

from bottle import HTTPError, response
from peewee import PeeweeException

from lab.access import lab_only
from lab.requests import not_kept_by_browsers
from lab.tables.asked import (
    COMPARISONS,
    MOST_FILTERS,
    USUAL_ROWS,
    RowsAsked,
    Wanted,
    address_of_rows,
    address_of_table,
    rows_asked,
)
from lab.tables.links import Referring, links_of_row, links_to_itself, referring_to
from lab.tables.reader import TableReader, TooSlow, reading_tables
from lab.tables.rows import RowPage, ShownValue, page_of_rows
from lab.tables.whose import KnownTable, known_tables
from models.shared.loading import source_of
from models.shared.row_checks import Invalid
from routes.shared.addresses import address
from routes.shared.failures import is_unavailable
from routes.shared.page import page
from routes.shared.section import Section

NO_ROWS = RowPage([], None, 1, "")

routes = Section()


class RowHead(NamedTuple):
    """A column. `sort` is its name where rows may be sorted by it."""

    name: str
    attribute: str
    look: str
    sort: str


class TableRow(NamedTuple):
    """A row: where it stands alone, its values, each with the address of what it refers to, and what refers to it."""

    href: str
    cells: list[tuple[ShownValue, str]]
    referring: list[Referring]


@routes.get("/lab/tables/<name:path>", apply=lab_only)
def show_rows(name: str) -> str:
    not_kept_by_browsers()
    with reading_tables() as reader:
        tables = {known.name: known for known in known_tables(reader) if not known.is_missing}
        if name not in tables:
            raise HTTPError(404, "The database has no such table.")
        asked, found, problem = found_rows(reader, tables[name])
        rows = table_rows(reader, tables[name], found, asked, tables)
    if problem:
        response.status = 422
    return page("lab/tables/rows", problem=problem, rows=rows, **told_of(tables[name], asked, found))


def found_rows(reader: TableReader, known: KnownTable) -> tuple[RowsAsked, RowPage, str]:
    """What is asked for, what is found, and why nothing is."""
    asked = RowsAsked()
    if known.stored.problem:
        return asked, NO_ROWS, f"The database says: {known.stored.problem}."
    try:
        asked = rows_asked(known.open_columns)
        return asked, page_of_rows(reader, known, asked), ""
    except Invalid as error:
        return asked, NO_ROWS, f"Nothing is shown, as {error}."
    except TooSlow as error:
        return asked, NO_ROWS, f"{error} Ask for less."
    except PeeweeException as error:
        if is_unavailable(error):
            raise
        return asked, NO_ROWS, f"The database says: {str(error).splitlines()[0]}."


def table_rows(
    reader: TableReader, known: KnownTable, found: RowPage, asked: RowsAsked, tables: dict[str, KnownTable]
) -> list[TableRow]:
    """The rows, with all their links."""
    hrefs = links_to_itself(known, found.rows, asked)
    referring = referring_to(reader, known, found.rows, tables)
    cells = [list(zip(row, links_of_row(known, row, tables), strict=True)) for row in found.rows]
    return [TableRow(*each) for each in zip(hrefs, cells, referring, strict=True)]


def told_of(known: KnownTable, asked: RowsAsked, found: RowPage) -> dict[str, Any]:
    """All that stands around the rows."""
    others = [column.name for column in known.open_columns]
    return {
        "known": known,
        "file": source_of(known.model) if known.model else "",
        "heads": row_heads(known),
        "here": address_of_table(known.name),
        "asked": asked,
        "count": count_in_words(asked, found),
        "sql": found.sql,
        "try_it": address(f"/lab/sql?sql={quote(found.sql)}"),
        "is_alone": len(found.rows) == 1 and (asked.limit == 1 or bool(asked.wanted)),
        "usual": USUAL_ROWS,
        "filters": [*asked.wanted, Wanted("", "=", "")][:MOST_FILTERS],
        "columns": others,
        "ways": COMPARISONS,
        "sort": f"{'-' * asked.is_down}{asked.sort}",
        "sort_url": lambda sort: address_of_rows(known.name, sorted_by(asked, sort, others)),
        "all_rows": address_of_rows(known.name, asked._replace(wanted=(), page=1, limit=USUAL_ROWS)),
        **pages_around(known, asked, found),
    }


def row_heads(known: KnownTable) -> list[RowHead]:
    """The columns of a table."""
    opened, fields = {column.name for column in known.open_columns}, known.fields
    return [
        RowHead(
            column.name,
            f"{known.model.__name__}.{fields[column.name].name}" if column.name in fields else "",
            "number" if column.is_number and not column.is_text else "",
            column.name if column.name in opened else "",
        )
        for column in known.stored.columns
    ]


def sorted_by(asked: RowsAsked, sort: str, columns: list[str]) -> RowsAsked:
    """The same from its beginning, in another order."""
    is_down = sort.startswith("-") and sort not in columns
    return asked._replace(sort=sort[1:] if is_down else sort, is_down=is_down, page=1)


def count_in_words(asked: RowsAsked, found: RowPage) -> str:
    """Which rows these are, of how many."""
    last = found.first + len(found.rows) - 1
    if found.total is None:
        return f"Rows {found.first:,}–{last:,} of more than can be counted in a moment" if found.rows else ""
    rows = f"{found.total:,} {'row' if found.total == 1 else 'rows'}"
    if len(found.rows) in (0, found.total):
        return rows
    return f"Row {last:,} of {rows}" if asked.limit == 1 else f"Rows {found.first:,}–{last:,} of {found.total:,}"


def pages_around(known: KnownTable, asked: RowsAsked, found: RowPage) -> dict[str, str]:
    """The addresses of the pages around this one; nothing for one that is not there."""

    def at(number: int, is_there: bool) -> str:
        return address_of_rows(known.name, asked._replace(page=number)) if is_there else ""

    last = -(-found.total // asked.limit) if found.total is not None else 0
    is_more = asked.page < last if found.total is not None else len(found.rows) == asked.limit
    before = min(asked.page - 1, last) if found.total is not None else asked.page - 1
    return {
        "first": at(1, asked.page > 1),
        "previous": at(max(before, 1), asked.page > 1),
        "next": at(asked.page + 1, is_more),
        "last": at(last, is_more and last > 0),
    }
