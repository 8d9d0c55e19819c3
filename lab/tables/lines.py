"""The lines of the picture: from a foreign key to what it refers to, around the boxes.

All references to one row that come from one side go together: a line between two columns of boxes, from which each
turns off. It passes a column through a gap between two boxes.
"""

from typing import NamedTuple

from lab.tables.layout import MARGIN, TRACK, TURN, Layout, Placed, lane_at, spread_boxes
from lab.tables.shown import Tie

PORT = 4  # pixels between the ends of those that must refer and those that may
ROUND = 6  # of a corner
CLEAR = 8  # pixels between two lines that go up and down at the same place


class Bundle(NamedTuple):
    """Which references go together: to a row of a table, on one of its sides."""

    to: str
    row: int
    is_optional: bool
    side: int  # -1 on the left, 1 on the right


class DrawnLine(NamedTuple):
    """A reference as SVG's `path` takes it, and where it begins and ends; `side` is that of the box, as above."""

    tie: Tie
    path: str
    start: tuple[float, float, int]
    end: tuple[float, float, int]


def bundle_of(tie: Tie, layout: Layout) -> Bundle:
    """The one that a reference goes with."""
    is_right = layout.boxes[tie.table].column > layout.boxes[tie.to].column
    return Bundle(tie.to, tie.to_row, tie.is_optional, 1 if is_right else -1)


def crossed(tie: Tie, layout: Layout) -> range:
    """The columns that it passes on its way, from its table on."""
    start, end = layout.boxes[tie.table].column, layout.boxes[tie.to].column
    return range(start - 1, end, -1) if start > end else range(start + 1, end)


def lines_between(ties: list[Tie], layout: Layout) -> tuple[list[DrawnLine], float, float]:
    """All of them, and the width and the height of the picture. The boxes get their last places."""
    open_lanes(ties, layout)
    reached: dict[tuple[int, Bundle], list[float]] = {}
    for tie in ties:
        bundle = bundle_of(tie, layout)
        for gutter, *heights in gutters_of(tie, bundle, layout):
            reached.setdefault((gutter, bundle), []).extend(heights)
    tracks = tracks_of(reached)
    width, starts = set_columns(layout, tracks)
    lines = [drawn_way(tie, layout, tracks, starts) for tie in ties]
    last = [lane_at(layout, n, len(column), len(layout.lanes[n][-1])) for n, column in enumerate(layout.columns)]
    height = max([box.y + box.height for box in layout.boxes.values()] + last, default=0) + MARGIN
    return lines, width, height


def open_lanes(ties: list[Tie], layout: Layout) -> None:
    """For each bundle a lane in each column that it passes: in the gap that is next to where it goes."""
    lanes: list[list[list[object]]] = [[[] for _ in range(len(column) + 1)] for column in layout.columns]
    done = set()
    for tie in ties:
        bundle = bundle_of(tie, layout)
        wanted = layout.boxes[tie.to].middle_of(tie.to_row)
        for number in crossed(tie, layout):
            if (number, bundle) not in done:
                done.add((number, bundle))
                tops = layout.tops[number]
                lanes[number][min(range(len(tops)), key=lambda place: abs(tops[place] - wanted))].append(bundle)
    spread_boxes(layout, lanes)


def lane_of(bundle: Bundle, number: int, layout: Layout) -> float:
    """The height at which a bundle passes a column."""
    place = next(place for place, bundles in enumerate(layout.lanes[number]) if bundle in bundles)
    return lane_at(layout, number, place, layout.lanes[number][place].index(bundle))


def end_height(bundle: Bundle, layout: Layout) -> float:
    """The height at which a bundle ends."""
    return layout.boxes[bundle.to].middle_of(bundle.row) + (PORT if bundle.is_optional else -PORT)


def gutters_of(tie: Tie, bundle: Bundle, layout: Layout) -> list[tuple[int, float, float]]:
    """The gutters that it goes through, with the heights at which it comes in and leaves."""
    box = layout.boxes[tie.table]
    step = -1 if bundle.side == 1 else 1
    is_same = box.column == layout.boxes[tie.to].column
    gutter = box.column if bundle.side == 1 or is_same else box.column + 1
    heights = [box.middle_of(tie.row), *(lane_of(bundle, number, layout) for number in crossed(tie, layout))]
    heights.append(end_height(bundle, layout))
    return [(gutter + step * n, heights[n], heights[n + 1]) for n in range(len(heights) - 1)]


def tracks_of(reached: dict[tuple[int, Bundle], list[float]]) -> dict[tuple[int, Bundle], int]:
    """The number of the track on which each bundle goes up and down a gutter; no two meet on one."""
    tracks: dict[tuple[int, Bundle], int] = {}
    ends: dict[tuple[int, int], float] = {}
    for (gutter, bundle), heights in sorted(reached.items(), key=lambda each: (each[0][0], min(each[1]), max(each[1]))):
        track = 0
        while ends.get((gutter, track), -CLEAR) + CLEAR > min(heights):
            track += 1
        ends[gutter, track] = max(heights)
        tracks[gutter, bundle] = track
    return tracks


def set_columns(layout: Layout, tracks: dict[tuple[int, Bundle], int]) -> tuple[float, list[float]]:
    """Put the columns side by side, with room for the lines. The width of all, and where each first track is."""
    x, starts = float(MARGIN), []
    for number in range(len(layout.columns) + 1):
        most = max((track + 1 for (gutter, _), track in tracks.items() if gutter == number), default=0)
        is_outside = number in (0, len(layout.columns))
        starts.append(x + (MARGIN if number == 0 else TURN))
        if most:
            x = starts[-1] + TRACK * (most - 1) + (MARGIN if number == len(layout.columns) else TURN)
        elif not is_outside:
            x += TURN
        if number < len(layout.columns):
            width = max(box.width for box in layout.columns[number])
            for box in layout.columns[number]:
                box.x, box.width = x, width
            x += width
    return x + MARGIN, starts


def drawn_way(tie: Tie, layout: Layout, tracks: dict[tuple[int, Bundle], int], starts: list[float]) -> DrawnLine:
    """One reference on its way."""
    bundle = bundle_of(tie, layout)
    box, to = layout.boxes[tie.table], layout.boxes[tie.to]
    start_side = 1 if box.column < to.column else -1
    start = (edge_of(box, start_side), box.middle_of(tie.row), start_side)
    end = (edge_of(to, bundle.side), end_height(bundle, layout), bundle.side)
    points = [start[:2]]
    for gutter, comes, leaves in gutters_of(tie, bundle, layout):
        x = starts[gutter] + TRACK * tracks[gutter, bundle]
        points += [(x, comes), (x, leaves)]
    return DrawnLine(tie, rounded([*points, end[:2]]), start, end)


def edge_of(box: Placed, side: int) -> float:
    """Where the left or the right side of a box is."""
    return box.x + (box.width if side == 1 else 0)


def rounded(points: list[tuple[float, float]]) -> str:
    """A way along these points, as SVG's `path` takes it, with round corners."""
    said = f"M{points[0][0]:g} {points[0][1]:g}"
    for before, here, behind in zip(points, points[1:], points[2:], strict=False):
        to_here, from_here = towards(here, before), towards(here, behind)
        said += f"L{to_here[0]:g} {to_here[1]:g}Q{here[0]:g} {here[1]:g} {from_here[0]:g} {from_here[1]:g}"
    return f"{said}L{points[-1][0]:g} {points[-1][1]:g}"


def towards(here: tuple[float, float], there: tuple[float, float]) -> tuple[float, float]:
    """A point near `here`, on the straight way to another one."""
    length = abs(there[0] - here[0]) + abs(there[1] - here[1])
    part = min(ROUND, length / 2) / length if length else 0
    return here[0] + (there[0] - here[0]) * part, here[1] + (there[1] - here[1]) * part
