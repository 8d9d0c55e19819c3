"""What is wrong with a file of rows, each thing with its line."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from models.shared.exchange.encodings import BadSheet
from models.shared.exchange.sheet import NOT_GIVEN, Sheet
from models.shared.exchange.wishes import Rights, Wish

LONGEST_VALUE_SHOWN = 60  # characters of a value that is refused


class RowProblem(NamedTuple):
    """In `line`, 0 for the whole file. `heading` and `message` are a sentence, `value` is what stands there."""

    line: int
    heading: str
    message: str
    value: str = ""


def cell_shown(value: Any) -> str:
    """The value of a cell, as much of it as helps to find it."""
    text = "" if value is NOT_GIVEN else str(value).encode(errors="replace").decode()  # JSON can say half a letter
    return text if len(text) <= LONGEST_VALUE_SHOWN else f"{text[:LONGEST_VALUE_SHOWN]}…"


def wrong_wish(sheet: Sheet, wish: Wish, rights: Rights) -> Iterator[RowProblem]:
    """What makes no sense before a row is looked at."""
    header = sheet.form.header
    try:
        headings = sheet.headings
    except BadSheet as error:
        yield RowProblem(error.line, "", str(error))
        return
    for name, count in Counter(wish.fields.values()).items():
        if count > 1:
            twins = " and ".join(
                f"“{cell_shown(headings[each])}”" for each, field in wish.fields.items() if field == name
            )
            yield RowProblem(header, twins, f"would both be the {name}: leave one of them out")
        if name not in rights.fields:
            yield RowProblem(header, name, "is nothing that you can give")
    if not wish.fields:
        yield RowProblem(header, "", "No column is called like a field, so there is nothing to read")
    elif wish.match and wish.match not in wish.fields.values():
        yield RowProblem(header, "", f"No column has the {wish.match}, by which a row that is there would be known")
    elif wish.changes and not wish.match:
        yield RowProblem(header, "", "To change what is there, say by which field a row is known")
    elif not (wish.adds or wish.changes):
        yield RowProblem(header, "", "Nothing would be added and nothing changed")
