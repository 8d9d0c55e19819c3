"""A school's file as a sheet, and which of its columns say what: both found by looking, where nobody says it."""

from itertools import islice
from typing import BinaryIO

from classroom.roster.headings import KNOWN_HEADINGS, WHO, columns_without_headings, found_columns
from models.shared.exchange.encodings import BadSheet
from models.shared.exchange.sheet import Sheet, read_sheet

FIRST_LOOKED_AT = 20  # rows


def read_roster(file: BinaryIO, encoding: str = "", delimiter: str = "", header: int | None = None) -> Sheet:
    """The rows of a roster. BadSheet for what is no text."""
    sheet = read_sheet(file, KNOWN_HEADINGS, encoding, delimiter, header)
    if header is None and not has_known_headings(sheet) and columns_of_names(bare := without_header(sheet)):
        return bare
    return sheet


def columns_of_roster(sheet: Sheet) -> dict[str, int]:
    """The numbers of the columns by what they say of a person. BadSheet for a file without any."""
    return found_columns(sheet.headings) if sheet.form.header or sheet.form.is_json else columns_of_names(sheet)


def has_known_headings(sheet: Sheet) -> bool:
    """Whether a column is called as in a roster. What has no columns at all is told later."""
    try:
        return not set(WHO).isdisjoint(found_columns(sheet.headings))
    except BadSheet:
        return True


def without_header(sheet: Sheet) -> Sheet:
    """The same file, all lines of which are rows."""
    return sheet if sheet.form.is_json else Sheet(sheet.file, sheet.form._replace(header=0))


def columns_of_names(sheet: Sheet) -> dict[str, int]:
    """Where there are names and no headings."""
    return columns_without_headings([row.cells for row in islice(sheet.rows(), FIRST_LOOKED_AT)])
