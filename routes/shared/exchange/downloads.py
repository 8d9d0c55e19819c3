"""Every row of a list as a file: written while the connection to the database is open, then sent."""

from collections.abc import Iterable
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlencode

from bottle import HTTPResponse

from models.shared.filters import Filters, known_filters
from models.shared.places import Places
from models.shared.row_checks import Invalid
from models.shared.storage import full_disk_in_words
from routes.shared.addresses import address
from routes.shared.exchange.wanted import is_browser
from routes.shared.picked import some
from routes.shared.query import query

FILE_TYPES = {"csv": "text/csv; charset=utf-8; header=present", "json": "application/json"}
TYPES = FILE_TYPES | {"zip": "application/zip"}
IN_MEMORY = 1024 * 1024  # bytes; what is more is on the disk, in a file without a name
ONE_PAGE = ("limit", "after", "before")
WITH_MARK = "utf-8-sig"  # Excel takes a file without a mark for Windows-1252

EXCHANGING = Places("Many files are being written or read just now.", seconds=20)


def rows_as_file(rows: Any, end: str, having: Filters | None = None) -> HTTPResponse:
    """Every row of the list that the address asks for, as a file whose name ends so: `csv` or `json`."""
    from tempfile import SpooledTemporaryFile  # which no start needs, nor the others

    from models.shared.exchange.outgoing import WRITERS, write_csv
    from models.shared.listing import every_row

    asked = query(known_filters(rows.model))
    if pages := some(asked, [name for name in ONE_PAGE if name not in known_filters(rows.model)]):
        raise Invalid(dict.fromkeys(pages, "cannot be asked for here, as a file has every row"))
    rows = rows.clone()
    rows.and_then = None  # what refers to a row is in no file
    with EXCHANGING.place(), full_disk_in_words(), ExitStack() as stack:
        parts = every_row(rows, having, **asked)
        file: Any = stack.enter_context(SpooledTemporaryFile(IN_MEMORY))
        if end == "csv" and is_browser():
            write_csv(file, rows.model, parts, WITH_MARK)
        else:
            WRITERS[end](file, rows.model, parts)
        stack.pop_all()  # it is closed when it has been sent
    return sent_as_file(file, rows.model.plural, end)


def cells_as_file(name: str, headings: list[str], lines: Iterable[list[Any]]) -> HTTPResponse:
    """A table that is no list, as a file `name`.csv."""
    from io import BytesIO

    from models.shared.exchange.outgoing import write_cells

    file = BytesIO()
    write_cells(file, headings, lines, WITH_MARK if is_browser() else "utf-8")
    return sent_as_file(file, name, "csv")


def sent_as_file(file: Any, name: str, end: str) -> HTTPResponse:
    """What has been written, to be kept under this name."""
    headers = {"Content-Type": TYPES[end], "Content-Length": str(file.tell()), "Cache-Control": "no-store"}
    headers |= {"Content-Disposition": f'attachment; filename="{name}.{end}"', "Vary": "Accept"}
    file.seek(0)
    return HTTPResponse(file, 200, headers)


def file_links(model: Any, parameters: dict[str, str]) -> list[tuple[str, str]]:
    """What the rows of a list can be had as, each with its address; nothing for rows that have none."""
    if not model.plural:
        return []
    asked = urlencode(some(parameters, ("search", "sort", *known_filters(model))))
    return [(end.upper(), address(f"/api/{model.plural}.{end}") + (f"?{asked}" if asked else "")) for end in FILE_TYPES]
