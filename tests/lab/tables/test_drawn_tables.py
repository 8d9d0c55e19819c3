"""The picture of the tables: whatever refers to whatever, no box lies on another one, and no line on either."""

import random
import re
from itertools import combinations

import pytest

from lab.tables.layout import placed_tables
from lab.tables.lines import bundle_of, lines_between
from lab.tables.shown import HEAD_ROW, SchemaPicture, ShownRow, ShownTable, Tie


def schema(*references, **tables):
    """Tables with so many columns, and the references between them, each of a row of one to another one."""
    shown = [
        ShownTable(name, name.title(), [ShownRow(f"c{n}", "INTEGER", "", f"X.c{n}", "") for n in range(size)], "")
        for name, size in tables.items()
    ]
    ties = [Tie(*one, to, row, optional, False, "") for one, to, row, optional in references]
    return SchemaPicture(shown, ties)


def circle(size):
    tables = {f"t{n}": 3 for n in range(size)}
    return schema(*(((f"t{n}", 1), f"t{(n + 1) % size}", 0, False) for n in range(size)), **tables)


LESSON = schema((("posts", 3), "users", 0, False), users=10, posts=9, jokes=4)
ITSELF = schema((("people", 1), "people", 0, True), (("people", 2), "people", 0, True), people=4)
TWICE = schema((("games", 1), "users", 0, False), (("games", 2), "users", 0, True), users=3, games=4)
STAR = schema(*(((f"t{n}", 1), "users", 0, n % 2 == 0) for n in range(40)), users=8, **{f"t{n}": 6 for n in range(40)})
CHAIN = schema(
    *(((f"t{n}", 1), f"t{n - 1}", 0, False) for n in range(1, 30)),
    *(((f"t{n}", 2), "t0", 0, False) for n in range(2, 30)),
    **{f"t{n}": 4 for n in range(30)},
)
WIDE = schema((("wide", 60), "users", HEAD_ROW, False), users=2, wide=64, jokes=3)
NO_ROWS = schema(a=0, b=0)


def by_chance(seed):
    chance = random.Random(seed)
    names = [f"t{n}" for n in range(chance.randint(1, 25))]
    tables = {name: chance.randint(1, 12) for name in names}
    references = [
        ((name, row), to, chance.choice([0, HEAD_ROW]), chance.random() < 0.4)
        for name in names
        for row in range(tables[name])
        if chance.random() < 0.25
        for to in [chance.choice(names)]
    ]
    return schema(*references, **tables)


ALL = [LESSON, ITSELF, TWICE, STAR, CHAIN, WIDE, NO_ROWS, circle(2), circle(7), schema(), *map(by_chance, range(40))]


@pytest.mark.parametrize("shown", ALL, ids=range(len(ALL)))
def test_nothing_lies_on_anything_else(shown):
    layout = placed_tables(shown)
    lines, width, height = lines_between(shown.ties, layout)
    boxes = layout.boxes.values()
    assert len(boxes) == len(shown.tables)
    assert len(lines) == len(shown.ties)
    for box in boxes:
        assert 0 < box.x < box.x + box.width < width
        assert 0 < box.y < box.y + box.height < height
    for one, other in combinations(boxes, 2):
        assert beside(one.x, one.width, other.x, other.width) or beside(one.y, one.height, other.y, other.height)
    parts = [(bundle_of(line.tie, layout), part) for line in lines for part in parts_of(line.path)]
    for bundle, (x, y, to_x, to_y) in parts:
        assert 0 <= min(x, to_x) <= max(x, to_x) <= width
        assert 0 <= min(y, to_y) <= max(y, to_y) <= height
        assert not any(crosses(box, x, y, to_x, to_y) for box in boxes), bundle
    for (one, first), (other, second) in combinations(parts, 2):
        assert one == other or not lie_on_each_other(first, second), (one, other)


def beside(start, size, other_start, other_size):
    return start + size < other_start or other_start + other_size < start


def parts_of(path):
    """The straight parts of a way, without its round corners."""
    points = [tuple(map(float, each.split()[-2:])) for each in re.findall(r"[ML]([^MLQ]*)", path)]
    corners = [tuple(map(float, each.split())) for each in re.findall(r"Q([^MLQ]*)", path)]
    begin = points[0]
    for point, corner in zip(points[1:], [*corners, None], strict=True):
        yield *begin, *point
        begin = corner[2:] if corner else None


def crosses(box, x, y, to_x, to_y):
    """Whether the way goes through a box, and does not only end at its side."""
    inside_x = max(min(x, to_x), box.x + 0.5) < min(max(x, to_x), box.x + box.width - 0.5) or (
        x == to_x and box.x < x < box.x + box.width
    )
    inside_y = max(min(y, to_y), box.y) < min(max(y, to_y), box.y + box.height) or (
        y == to_y and box.y < y < box.y + box.height
    )
    return inside_x and inside_y


def lie_on_each_other(one, other):
    """Whether two ways go along the same line for a while."""
    for a, b in ((0, 1), (1, 0)):
        if one[a] == one[a + 2] and other[a] == other[a + 2] and abs(one[a] - other[a]) < 1.4:
            begin, end = max(min(one[b::2]), min(other[b::2])), min(max(one[b::2]), max(other[b::2]))
            if end - begin > 1:
                return True
    return False
