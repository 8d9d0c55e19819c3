"""A file as rows of cells under headings, whatever program made it. Nothing here knows what the rows are for."""

import csv
from collections.abc import Collection, Iterator
from contextlib import suppress
from functools import cached_property
from io import TextIOWrapper
from typing import Any, BinaryIO, NamedTuple

from models.shared.exchange.delimiters import SAID, find_form
from models.shared.exchange.encodings import ENCODINGS, BadSheet, encoding_of
from models.shared.exchange.json_rows import is_json, read_objects

SAMPLE_OF_TEXT = 64 * 1024  # characters in which the form is looked for
WIDEST_SHEET = 500
LONGEST_CELL = 131_072  # characters
LONGEST_HEADING = 200
NOT_GIVEN: Any = object()  # where a row of JSON has no such name
UNCLOSED = f"a quote is never closed, or in the wrong place; or a cell has more than {LONGEST_CELL:,} characters"


class SheetForm(NamedTuple):
    """How a file is written. `delimiter` is empty for JSON; `header` is the line of the headings, 0 for none."""

    encoding: str
    delimiter: str
    header: int

    @property
    def is_json(self) -> bool:
        """Whether its values have types."""
        return not self.delimiter


class SheetLine(NamedTuple):
    """A row: the line in which it begins, a cell for each heading, and what is wrong with the line itself."""

    number: int
    cells: list[Any]
    problem: str = ""


class Sheet:
    """The rows of `file`, as often as somebody asks for them; only one of them is in memory."""

    def __init__(self, file: BinaryIO, form: SheetForm) -> None:
        self.file, self.form = file, form

    @cached_property
    def headings(self) -> list[str]:
        """What the columns are called. BadSheet when there are none."""
        names = self.json_names() if self.form.is_json else self.first_cells()
        if len(names) > WIDEST_SHEET:
            raise BadSheet(f"has {len(names):,} columns; at most {WIDEST_SHEET} are read", self.form.header)
        if not names:
            raise BadSheet("There are no rows in it.")
        return [name[:LONGEST_HEADING] for name in names]

    def rows(self) -> Iterator[SheetLine]:
        """Those under the headings that are not empty. BadSheet where the file makes no sense from there on."""
        names = self.headings
        if self.form.is_json:
            for number, row in self.objects():
                yield SheetLine(number, [row.get(name, NOT_GIVEN) for name in names])
            return
        width = len(names)
        for number, cells in self.records():
            if number > self.form.header and any(map(str.strip, cells)):
                is_long = any(map(str.strip, cells[width:]))
                problem = f"has {len(cells):,} cells, and there are {width} headings" if is_long else ""
                yield SheetLine(number, [*cells[:width], *[""] * (width - len(cells))], problem)

    def first_cells(self) -> list[str]:
        """Of the line that has the headings; without one, the columns have numbers."""
        filled = (each for each in self.records() if any(map(str.strip, each[1])))
        for number, cells in filled:
            if number == self.form.header:
                return [cell.strip() for cell in cells]
            if not self.form.header:
                return [f"Column {place}" for place in range(1, len(cells) + 1)]
        return []

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Every line of a text with a delimiter, and where it begins."""
        text = self.text()
        reader = csv.reader(text, delimiter=self.form.delimiter, strict=True)
        number = 1
        try:
            for cells in reader:
                if number > 1 or not SAID.match(self.form.delimiter.join(cells) + "\n"):
                    yield number, cells
                number = reader.line_num + 1
        except csv.Error:
            raise BadSheet(UNCLOSED, number) from None
        except UnicodeError:
            raise BadSheet(f"is not {ENCODINGS[self.form.encoding]}", number) from None

    def objects(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Every row of a JSON text, and where it begins."""
        number = 0
        try:
            for number, row in read_objects(self.text()):
                yield number, row
        except UnicodeError:
            raise BadSheet(f"is not {ENCODINGS[self.form.encoding]}", number) from None

    def json_names(self) -> list[str]:
        """Every name that a row has, in the order in which they come. Where the text goes wrong, `rows` tells it."""
        names: dict[str, None] = {}
        with suppress(BadSheet):
            for _, row in self.objects():
                names.update(dict.fromkeys(row))
                if len(names) > WIDEST_SHEET:
                    break
        return list(names)

    def text(self) -> TextIOWrapper:
        """From the beginning. The file stays open when this is forgotten."""
        return KeptOpen(self.file, self.form.encoding)


class KeptOpen(TextIOWrapper):
    """The text of a file that others read again."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        file.seek(0)
        super().__init__(file, encoding=encoding, newline="")

    def __del__(self) -> None:
        if not self.closed:
            self.detach()


def read_sheet(
    file: BinaryIO, known: Collection[str] = (), encoding: str = "", delimiter: str = "", header: int | None = None
) -> Sheet:
    """The rows of a file. What is not said is found by looking; `known` headings (see `compared_name`) help with that.

    BadSheet for what is no text.
    """
    encoding = encoding or encoding_of(file)
    try:
        sample = KeptOpen(file, encoding).read(SAMPLE_OF_TEXT)
    except UnicodeError:
        raise BadSheet(f"This is not {ENCODINGS[encoding]}.") from None
    if not delimiter and is_json(sample):
        return Sheet(file, SheetForm(encoding, "", 0))
    delimiter, found = find_form(sample, known, delimiter)
    return Sheet(file, SheetForm(encoding, delimiter, found if header is None else header))
