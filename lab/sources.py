"""The lines of our files, as they were when the code ran: each file is read once, when it is first met."""

import re
import time
from dataclasses import dataclass
from types import CodeType

from lab.places import FILE_KINDS, NOT_OURS, SourceLine, place_of, short_name
from lab.record import Record
from models.shared.start_errors import HOUSE

STARTED = time.time()  # the site's code has been read before; what is on the disk since may be another
BEFORE, AFTER = 3, 2  # lines that are shown with one where something failed
MOST_LETTERS_OF_LINE = 200
AROUND = 8  # lines before and after a line that stands in no function
MOST_LINES_OPENED = 400
DEFINES = re.compile(r"\s*(?:async )?(?:def|class) ")

kept_lines: dict[str, list[str] | None] = {}  # by the short name; None for a file that was changed meanwhile


@dataclass(frozen=True)
class Excerpt:
    """Some lines of a file, from the number `first` on, and the `marked` one. `problem` says why there are none."""

    place: SourceLine
    first: int = 1
    marked: int = 0
    lines: tuple[str, ...] = ()
    problem: str = ""


def keep_sources(record: Record) -> None:
    """Read the files in which this request's code stands, those that have not been met yet."""
    names = {short_name(name) for name in {each.code.co_filename for each in record.calls}}
    names |= {each.place.file for each in record.raw_statements if each.place}
    names |= {each.place.file for each in record.guards} | ({record.view} if record.view else set())
    for name in names - kept_lines.keys():
        kept_lines_of(name)


def kept_lines_of(name: str) -> list[str] | None:
    """The lines of a file of ours, by its name from the house on. None when it has been changed since the start."""
    if name not in kept_lines:
        kept_lines[name] = lines_on_disk(name, STARTED)
    return kept_lines[name]


def lines_on_disk(name: str, until: float) -> list[str] | None:
    """The lines of a file of ours, now. None when it has been changed since `until`, or is none of ours."""
    file = HOUSE / name
    try:
        if FILE_KINDS[str(file)] == NOT_OURS or file.stat().st_mtime > until:
            return None
        return file.read_text("utf-8", "replace").splitlines()
    except OSError:
        return []


def lines_around(lines: list[str] | None, line: int) -> list[tuple[int, str]]:
    """The line and its neighbours, with their numbers."""
    first = max(line - BEFORE, 1)
    some = (lines or [])[first - 1 : line + AFTER]
    return [(number, text[:MOST_LETTERS_OF_LINE]) for number, text in enumerate(some, first)]


def of_function(code: CodeType) -> Excerpt:
    """A function, with the line marked in which it says what it is."""
    begin, end = code.co_firstlineno, last_line(code)
    lines = kept_lines_of(place_of(code).file) or []
    marked = next((each for each in range(begin, end) if DEFINES.match("".join(lines[each - 1 : each]))), begin)
    return excerpt(SourceLine(place_of(code).file, marked), begin, end)


def of_line(place: SourceLine, code: CodeType | None = None) -> Excerpt:
    """The function around this line, if it is that of `code`; else some lines around it."""
    if code and place_of(code).file == place.file and code.co_firstlineno <= place.line <= last_line(code):
        return excerpt(place, code.co_firstlineno, last_line(code))
    return excerpt(place, max(place.line - AROUND, 1), place.line + AROUND)


def excerpt(place: SourceLine, first: int, last: int) -> Excerpt:
    """These lines, with that of `place` marked, if they are as they were."""
    lines = kept_lines_of(place.file)
    if lines is None:
        problem = f"{place.file} has been changed since the site was started, so its lines may not be those that ran."
        return Excerpt(place, problem=f"{problem} Start the site again, and do the same once more.")
    if place.line > len(lines):
        return Excerpt(place, problem=f"The lines of {place.file} are not there to be read.")
    return Excerpt(place, first, place.line, tuple(lines[first - 1 : last][:MOST_LINES_OPENED]))


def last_line(code: CodeType) -> int:
    """Where a function ends."""
    inner = [each for each in code.co_consts if isinstance(each, CodeType)]
    return max([code.co_firstlineno, *(line for _, _, line in code.co_lines() if line), *map(last_line, inner)])
