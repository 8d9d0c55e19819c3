"""Where each table stands in the picture: those that refer to others further to the right, none on another one.

All heights are parts of ROW, and every other column of boxes begins half a row lower. So no line from one side lies on
a line from the other side.
"""

import math
from dataclasses import dataclass, field

from lab.tables.shown import SchemaPicture, ShownTable, Tie
from routes.shared.drawing import find_depth, fitted, letters_of

# In pixels.
ROW, HEAD, FOOT = 22, 33, 6
LETTER, SMALL_LETTER, PADDING, GAP = 7.9, 6.7, 12, 14
LANE, FIRST_LANES = 11, (2, 9.2)  # a line that passes between two boxes; of every other column
TRACK, TURN, MARGIN = 9, 24, 12  # a line that goes up and down; the room for an end; around the picture
WIDE = 1.7  # how much wider than high a picture may be
LEAST_HEIGHT = 20 * ROW


@dataclass
class Placed:
    """A table at its place. `places` are where its marks, names, types and attributes begin."""

    table: ShownTable
    width: float
    places: tuple[float, float, float, float]
    column: int = 0
    x: float = 0
    y: float = 0

    @property
    def height(self) -> float:
        """Of the box."""
        return HEAD + ROW * len(self.table.rows) + FOOT

    @property
    def pitch(self) -> float:
        """From its top to where something else may begin."""
        return HEAD + ROW * len(self.table.rows) + ROW / 2

    def middle_of(self, row: int) -> float:
        """The height of the middle of a row; that of the head is the one before the first."""
        return self.y + HEAD + ROW * (row + 0.5)


@dataclass
class Layout:
    """All boxes, by their names and in their columns, and the gaps above each box and below the last one."""

    boxes: dict[str, Placed]
    columns: list[list[Placed]]
    tops: list[list[float]] = field(default_factory=list)  # of each gap of a column
    lanes: list[list[list[object]]] = field(default_factory=list)  # what passes there


def placed_tables(shown: SchemaPicture) -> Layout:
    """The boxes in columns, one below the other, with no line between them yet."""
    boxes = {table.name: placed(table) for table in shown.tables}
    columns = columns_of_tables(boxes, shown.ties)
    for number, column in enumerate(columns):
        for box in column:
            box.column = number
    layout = Layout(boxes, columns)
    spread_boxes(layout, [[[] for _ in range(len(column) + 1)] for column in columns])
    return layout


def placed(table: ShownTable) -> Placed:
    """A box as wide as its texts need."""
    marks = max((len(row.marks) for row in table.rows), default=0)
    names = max((letters_of(fitted(row.name)) for row in table.rows), default=0)
    types = max((letters_of(fitted(row.type)) for row in table.rows), default=0)
    attributes = max((letters_of(fitted(row.attribute)) for row in table.rows), default=0)
    at = [float(PADDING)]
    for letters, size in ((marks, SMALL_LETTER), (names, LETTER), (types, SMALL_LETTER)):
        at.append(at[-1] + letters * size + GAP * bool(letters))
    head = (letters_of(fitted(table.name)) + letters_of(fitted(table.class_name))) * LETTER + 2 * PADDING + GAP
    width = max(at[-1] + attributes * SMALL_LETTER + PADDING, head)
    return Placed(table, math.ceil(width), (at[0], at[1], at[2], at[3]))


def columns_of_tables(boxes: dict[str, Placed], ties: list[Tie]) -> list[list[Placed]]:
    """The boxes of each column, from the left to the right."""
    joined = {name for tie in ties for name in (tie.table, tie.to) if tie.table != tie.to}
    most = height_of_column(list(boxes.values()))
    columns: list[list[Placed]] = []
    for names in layers(boxes, ties, joined):
        columns += split(in_order(names, boxes, ties, columns), most)
    for box in (box for name, box in boxes.items() if name not in joined):
        column = min(columns, key=height_of, default=None)
        if column is None or height_of(column) + box.pitch > most:
            columns.append(column := [])
        column.append(box)
    return columns


def layers(boxes: dict[str, Placed], ties: list[Tie], joined: set[str]) -> list[list[str]]:
    """The names of those that refer to nothing, of those that refer to these, and so on."""
    references = {name: [(tie.words, tie.to) for tie in ties if tie.table == name] for name in boxes}
    depths: dict[str, int] = {}
    for name in boxes:
        find_depth(name, references, frozenset(), depths)
    found: dict[int, list[str]] = {}
    for name in boxes:
        if name in joined:
            found.setdefault(depths[name], []).append(name)
    return [found[depth] for depth in sorted(found)]


def in_order(names: list[str], boxes: dict[str, Placed], ties: list[Tie], before: list[list[Placed]]) -> list[Placed]:
    """The boxes of a layer: those next to each other that refer to the same ones."""
    places = {box.table.name: number for number, box in enumerate(box for column in before for box in column)}

    def weight(name: str) -> float:
        targets = [places[tie.to] for tie in ties if tie.table == name and tie.to in places]
        return sum(targets) / len(targets) if targets else -1

    return [boxes[name] for name in sorted(names, key=weight)]


def split(column: list[Placed], most: float) -> list[list[Placed]]:
    """The same in several columns of about the same height, where one would be too high."""
    count = math.ceil(height_of(column) / most)
    columns: list[list[Placed]] = [[]]
    for box in column:
        if columns[-1] and len(columns) < count and height_of(columns[-1]) + box.pitch / 2 > height_of(column) / count:
            columns.append([])
        columns[-1].append(box)
    return columns


def height_of(column: list[Placed]) -> float:
    """Of a column, with a gap below each box."""
    return sum(box.pitch + ROW for box in column)


def height_of_column(boxes: list[Placed]) -> float:
    """The most that a column may have, so that the picture is somewhat wider than high."""
    if not boxes:
        return LEAST_HEIGHT
    width = sum(box.width for box in boxes) / len(boxes) + TURN * 2 + TRACK * 3
    balanced = math.sqrt(height_of(boxes) * width / WIDE)
    return max(balanced, LEAST_HEIGHT, *(box.pitch + ROW for box in boxes))


def spread_boxes(layout: Layout, lanes: list[list[list[object]]]) -> None:
    """Move the boxes so far down that all lanes have their place in the gaps."""
    layout.lanes, layout.tops = lanes, []
    for number, column in enumerate(layout.columns):
        y = ROW + (ROW / 2) * (number % 2)
        tops = []
        for place in range(len(column) + 1):
            tops.append(y)
            y += ROW * rows_for(len(lanes[number][place]), number, is_between=0 < place < len(column))
            if place < len(column):
                column[place].y = y
                y += column[place].pitch
        layout.tops.append(tops)


def rows_for(count: int, number: int, is_between: bool) -> int:
    """The height of a gap, in rows, with so many lanes in it."""
    needed = math.ceil((FIRST_LANES[number % 2] + LANE * (count - 1) + 3) / ROW) if count else 0
    return max(needed, int(is_between))


def lane_at(layout: Layout, number: int, place: int, lane: int) -> float:
    """The height of a lane in a gap of a column."""
    return layout.tops[number][place] + FIRST_LANES[number % 2] + LANE * lane
