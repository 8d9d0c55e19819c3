"""A drawing of tables and of what refers to what: where each box stands, and the lines between them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from unicodedata import east_asian_width

# The names of tables, and of each one's foreign keys: with the table that they refer to.
Tables = Mapping[str, Sequence[tuple[str, str]]]

# All in pixels, but the last two.
HEAD, ROW, LETTER, PADDING = 36, 24, 8.5, 14
BETWEEN_COLUMNS, BETWEEN_BOXES, EDGE = 56, 20, 4
MOST_LETTERS, MOST_IN_COLUMN = 24, 6


class Box(NamedTuple):
    """A table. `rows` are its foreign keys, each with the height of its middle."""

    name: str
    x: float
    y: float
    width: float
    height: float
    rows: list[tuple[str, float]]


class Drawing(NamedTuple):
    """All boxes, and the line from each foreign key to its table: as SVG's `path` takes it, with a point at its end."""

    width: float
    height: float
    boxes: list[Box]
    lines: list[tuple[str, str]]


def drawing(tables: Tables) -> Drawing:
    """A table stands further to the right than those that it refers to, but where they go round in a circle."""
    boxes: dict[str, Box] = {}
    x: float = EDGE
    for names in columns_of_boxes(tables):
        width = max(width_of(text) for name in names for text in (name, *dict(tables[name])))
        y: float = EDGE
        for name in names:
            boxes[name] = box(name, [key for key, _ in tables[name]], x, y, width)
            y += boxes[name].height + BETWEEN_BOXES
        x += width + BETWEEN_COLUMNS
    lines = [
        line(boxes[name], middle, boxes[to])
        for name in boxes
        for (_, middle), (_, to) in zip(boxes[name].rows, tables[name], strict=True)
        if to in boxes
    ]
    # The last gap stays, as what goes round in the last column needs it.
    height = max((each.y + each.height for each in boxes.values()), default=0) + EDGE
    return Drawing(x, height, list(boxes.values()), lines)


def columns_of_boxes(tables: Tables) -> list[list[str]]:
    """The names of the tables in each column. Those without a line fill up the shortest ones."""
    depths: dict[str, int] = {}
    for name in tables:
        find_depth(name, tables, frozenset(), depths)
    joined = {each for name in tables for _, to in tables[name] if to != name for each in (name, to)}
    columns: list[list[str]] = []
    for depth in range(max(depths.values(), default=0) + 1):
        names = [name for name in tables if depths[name] == depth and name in joined]
        columns += [names[start : start + MOST_IN_COLUMN] for start in range(0, len(names), MOST_IN_COLUMN)]
    for name in tables:
        if name not in joined:
            if all(len(column) >= MOST_IN_COLUMN for column in columns):
                columns.append([])
            min(columns, key=len).append(name)
    return columns


def find_depth(name: str, tables: Tables, way: frozenset[str], depths: dict[str, int]) -> int:
    """How many references lead on from there, one after the other. One that leads back to the `way` does not count."""
    if name not in depths:
        targets = {to for _, to in tables[name] if to in tables} - way - {name}
        depths[name] = max((find_depth(to, tables, way | {name}, depths) + 1 for to in targets), default=0)
    return depths[name]


def box(name: str, keys: Sequence[str], x: float, y: float, width: float) -> Box:
    """The box of a table at this place."""
    rows = [(fitted(key), y + HEAD + ROW * (number + 0.5)) for number, key in enumerate(keys)]
    return Box(fitted(name), x, y, width, HEAD + (ROW * len(rows) + PADDING / 2 if rows else 0), rows)


def line(start: Box, y: float, end: Box) -> tuple[str, str]:
    """A curve from this height of a box to the head of another one, on the side where that stands, or of the same."""
    is_back, is_beside = end.x < start.x, end.x > start.x
    x = start.x if is_back else start.x + start.width
    to_x, to_y = end.x if is_beside else end.x + end.width, end.y + HEAD / 2
    bend = -BETWEEN_COLUMNS / 2 if is_back else BETWEEN_COLUMNS / 2
    to_bend = -BETWEEN_COLUMNS / 2 if is_beside else BETWEEN_COLUMNS / 2
    tip = 6 if to_bend > 0 else -6
    curve = f"M{x:g} {y:g}C{x + bend:g} {y:g} {to_x + to_bend:g} {to_y:g} {to_x + tip:g} {to_y:g}"
    return curve, f"M{to_x:g} {to_y:g}l{tip * 1.5:g} -5v10z"


def width_of(text: str) -> float:
    """Of a box that has this text, in letters that are all as wide."""
    return LETTER * letters_of(fitted(text)) + 2 * PADDING


def letters_of(text: str) -> int:
    """For how many letters it takes room: some are as wide as two."""
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)


def fitted(text: str) -> str:
    """As much of it as fits into a box."""
    if letters_of(text) <= MOST_LETTERS:
        return text
    most = next(count for count in range(MOST_LETTERS, 0, -1) if letters_of(text[:count]) < MOST_LETTERS)
    return f"{text[:most]}…"
