"""What stands between the cells of a text, and which of its lines has their headings, found by trying."""

import csv
import re
from collections import Counter
from collections.abc import Collection
from io import StringIO
from typing import NamedTuple

# What somebody may choose where the guess is wrong, and what they call it.
DELIMITERS = {",": "Comma", ";": "Semicolon", "\t": "Tab", "|": "Upright line"}
SAID = re.compile(r"\s*sep=(.)\r?\n", re.IGNORECASE)  # Excel's own line before the others
FIRST_ROWS = 100  # that are tried
LAST_HEADER = 20  # titles may stand above it
WELL_KEPT = 0.8  # of the rows have as many cells as most have
NOT_LETTERS = re.compile(r"[\W_]+")
VALUE = re.compile(r"[-+]?[0-9][0-9.,:/ -]*%?")  # a number, a day, a time: no heading


class Found(NamedTuple):
    """A guess, and how good it is: the larger, the better. `header` is the line, 0 for none."""

    score: tuple[float, ...]
    delimiter: str
    header: int


def compared_name(text: str) -> str:
    """A heading as it is compared: `Date of birth`, `date_of_birth` and `DATE-OF-BIRTH` are one."""
    return NOT_LETTERS.sub("", text).casefold()


def said_delimiter(sample: str) -> str:
    """What the first line says that it is; nothing where it has no such line."""
    said = SAID.match(sample)
    return said[1] if said else ""


def find_form(sample: str, known: Collection[str], delimiter: str = "") -> tuple[str, int]:
    """The delimiter and the line of the headings of a text that begins so. `known` headings show where they are."""
    delimiter = delimiter or said_delimiter(sample)
    best = max(try_delimiter(sample, each, known) for each in ([delimiter] if delimiter else DELIMITERS))
    return best.delimiter, best.header


def try_delimiter(sample: str, delimiter: str, known: Collection[str]) -> Found:
    """How well the first rows go with it. Of equally good ones, the comma is the usual one."""
    rows = tried_rows(sample, delimiter)
    widths = Counter(len(cells) for _, cells in rows)
    usual, count = max(widths.items(), key=lambda each: (each[1], each[0]), default=(1, 0))
    header, hits = known_header(rows, known)
    if hits:
        width = len(dict(rows)[header])
        later = [cells for line, cells in rows if line > header]
        fit = sum(len(cells) == width for cells in later) / len(later) if later else 1.0
        return Found((hits, fit, width, delimiter == ","), delimiter, header)
    fit = count / len(rows) if rows and usual > 1 else 0.0
    fit = fit if fit >= WELL_KEPT else 0.0
    return Found((0, fit, usual if fit else 0, delimiter == ","), delimiter, likely_header(rows, usual))


def tried_rows(sample: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Those that have something in them, with the lines in which they begin."""
    reader = csv.reader(StringIO(sample, newline=""), delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not (line == 1 and SAID.match(sample)):
                rows.append((line, cells))
            line = reader.line_num + 1
            if len(rows) == FIRST_ROWS:
                break
    except csv.Error:  # told when the rows are read
        pass
    return rows


def known_header(rows: list[tuple[int, list[str]]], known: Collection[str]) -> tuple[int, int]:
    """The first line that has most of the known headings, and how many."""
    best, most = 0, 0
    for line, cells in rows[:LAST_HEADER]:
        hits = len({compared_name(cell) for cell in cells}.intersection(known))
        if hits > most:
            best, most = line, hits
    return best, most


def likely_header(rows: list[tuple[int, list[str]]], usual: int) -> int:
    """The first full line whose cells are no values and differ; 0 when values stand above it, and not titles only."""
    for line, cells in rows[:LAST_HEADER]:
        texts = [cell.strip() for cell in cells]
        is_full, has_values = len(cells) == usual and all(texts), any(map(VALUE.fullmatch, texts))
        if is_full or has_values:
            return line if is_full and not has_values and len(set(texts)) == usual else 0
    return 0
