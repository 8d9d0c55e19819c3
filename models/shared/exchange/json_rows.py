"""Objects of a JSON text, one after the other: the whole is never in memory."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, TextIO

from models.shared.exchange.encodings import BadSheet

PIECE_OF_TEXT = 64 * 1024  # characters
LONGEST_ROW = 1024 * 1024
# An array, an object whose first value is an array (as a list of the API), or objects one after the other.
BEGINS = re.compile(r'\s*(?:\[(?=\s*[{\]])|\{\s*"[^"]*"\s*:\s*\[(?=\s*[{\]])|(?=\{\s*["}]))')
BETWEEN = re.compile(r"[\s,]*")
TOO_DEEP = "has values within values within values, too many of them"


def is_json(start: str) -> bool:
    """Whether a text that begins so is JSON."""
    return bool(BEGINS.match(start))


def read_objects(file: TextIO) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each object, and the line it begins in. BadSheet where the text makes no sense."""
    text = file.read(PIECE_OF_TEXT)
    begin = BEGINS.match(text)
    place = begin.end() if begin else 0
    line = 1 + text.count("\n", 0, place)
    while True:
        gap = BETWEEN.match(text, place)
        line += text.count("\n", place, gap.end() if gap else place)
        text, place = text[gap.end() if gap else place :], 0
        if text[:1] == "]":
            return
        try:
            row, place = DECODER.raw_decode(text)
        except RecursionError:
            raise BadSheet(TOO_DEEP, line) from None
        except ValueError as error:
            more = file.read(max(PIECE_OF_TEXT, len(text))) if len(text) < LONGEST_ROW else ""
            if not more and not text:
                return
            if not more:
                raise BadSheet(what_is_wrong(text, error), line) from None
            text += more
            continue
        if not isinstance(row, dict):
            raise BadSheet("is no object: a row is written as {…}", line)
        yield line, row
        line += text.count("\n", 0, place)


def what_is_wrong(text: str, error: ValueError) -> str:
    """In words."""
    if len(text) >= LONGEST_ROW:
        return f"has more than {LONGEST_ROW:,} characters, or does not end"
    return f"is no JSON: {error.msg}" if isinstance(error, json.JSONDecodeError) else f"is no JSON: {error}"


def without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; ValueError for a name that comes twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        name = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise ValueError(f"{name[:60]} is there twice")
    return found


DECODER = json.JSONDecoder(object_pairs_hook=without_twins)
