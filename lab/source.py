"""Lines of the student's files."""

import linecache
from pathlib import Path

BEFORE, AFTER = 3, 2
MOST_LETTERS_OF_LINE = 200
LARGEST_SOURCE = 1024 * 1024  # bytes


def lines_around(file: str, line: int) -> list[tuple[int, str]]:
    """The line and its neighbours, with their numbers; nothing when the file is gone or cannot be read."""
    try:
        if Path(file).stat().st_size > LARGEST_SOURCE:
            return []
    except (OSError, ValueError):
        return []
    linecache.checkcache(file)
    lines = linecache.getlines(file)
    first = max(line - BEFORE, 1)
    return [
        (number, text.rstrip()[:MOST_LETTERS_OF_LINE])
        for number, text in enumerate(lines[first - 1 : line + AFTER], first)
    ]
