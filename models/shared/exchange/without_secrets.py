"""Columns that have passwords are never kept, not even while a file waits."""

import csv
import json
from collections.abc import Iterable
from io import BytesIO, TextIOWrapper

from models.shared.exchange.delimiters import compared_name
from models.shared.exchange.encodings import UTF_8
from models.shared.exchange.sheet import NOT_GIVEN, Sheet

SECRET_NAMES = frozenset(
    "password passwort kennwort motdepasse contrasena senha pass passwd pwd pin secret token oldpassword newpassword "
    "initialpassword defaultpassword temporarypassword passwordhash hashedpassword apikey".split()
)


def columns_of_secrets(headings: Iterable[str]) -> list[int]:
    """The numbers of the columns that are called so."""
    return [number for number, heading in enumerate(headings) if compared_name(heading) in SECRET_NAMES]


def has_secrets(sheet: Sheet) -> bool:
    """Whether a column is called like a password. BadSheet for a file without columns."""
    return bool(columns_of_secrets(sheet.headings))


def without_secrets(sheet: Sheet) -> bytes:
    """The same file in UTF-8, with nothing in those columns. Every row stays in its line."""
    hidden, written = set(columns_of_secrets(sheet.headings)), BytesIO()
    text = TextIOWrapper(written, UTF_8, errors="replace", newline="")
    if sheet.form.is_json:
        put_objects(sheet, hidden, text)
    else:
        put_records(sheet, hidden, text)
    text.flush()
    return written.getvalue()


def put_records(sheet: Sheet, hidden: set[int], text: TextIOWrapper) -> None:
    """The lines of a text with a delimiter. What is before the first one, was the line that names the delimiter."""
    writer = csv.writer(text, delimiter=sheet.form.delimiter, lineterminator="\n")
    for number, cells in sheet.records():
        if number == 2 and not text.tell():
            text.write(f"sep={sheet.form.delimiter}\n")
        is_row = number > sheet.form.header
        writer.writerow(["" if is_row and place in hidden else cell for place, cell in enumerate(cells)] or [""])


def put_objects(sheet: Sheet, hidden: set[int], text: TextIOWrapper) -> None:
    """The rows of a JSON text."""
    names, line = sheet.headings, 1
    for number, cells, _ in sheet.rows():
        text.write("\n" * max(0, number - line))
        line = max(line, number)
        row = {name: cell for place, (name, cell) in enumerate(zip(names, cells, strict=True)) if place not in hidden}
        text.write(json.dumps({name: cell for name, cell in row.items() if cell is not NOT_GIVEN}))
