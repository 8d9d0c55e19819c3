"""The drawing of tables: whatever refers to whatever, each box and each line is there, and nothing lies on another."""

import re
from itertools import combinations

import pytest

from routes.shared.drawing import MOST_IN_COLUMN, drawing

LESSON = {"users": [], "posts": [("user", "users")], "jokes": []}
ITSELF = {"people": [("parent", "people"), ("boss", "people")]}
CIRCLE = {"hens": [("egg", "eggs")], "eggs": [("hen", "hens")], "farms": [("first", "hens")]}
TWICE = {"users": [], "games": [("white", "users"), ("black", "users")]}
CHAIN = {"t0": []} | {f"t{number}": [("last", f"t{number - 1}")] for number in range(1, 30)}
STAR = {"users": []} | {f"t{number}": [("user", "users")] for number in range(30)}
ALL_TO_ALL = {f"t{n}": [(f"to{m}", f"t{m}") for m in range(8)] for n in range(8)}
LONG = {"W" * 255: [("w" * 255, "W" * 255)], "本" * 255: [("س" * 255, "W" * 255)]}
ELSEWHERE = {"posts": [("draft", "drafts")]}


@pytest.mark.parametrize(
    "tables", [{}, LESSON, ITSELF, CIRCLE, TWICE, CHAIN, STAR, ALL_TO_ALL, LONG, dict.fromkeys("abcdefghijklmn", ())]
)
def test_every_table_has_its_box_and_every_reference_its_line(tables):
    drawn = drawing(tables)
    assert len(drawn.boxes) == len(tables)
    assert sum(len(box.rows) for box in drawn.boxes) == len(drawn.lines) == sum(map(len, tables.values()))
    for one, other in combinations(drawn.boxes, 2):
        assert beside(one.x, one.width, other.x, other.width) or beside(one.y, one.height, other.y, other.height)
    assert all(box.x + box.width < drawn.width and box.y + box.height < drawn.height for box in drawn.boxes)
    for curve, _ in drawn.lines:
        numbers = [float(each) for each in re.findall(r"-?[\d.]+", curve)]
        assert all(0 <= x <= drawn.width for x in numbers[::2]), "it would be cut off"
        assert all(0 <= y <= drawn.height for y in numbers[1::2])


def beside(start, size, other_start, other_size):
    return start + size < other_start or other_start + other_size < start


def test_what_refers_stands_further_to_the_right():
    x = {box.name: box.x for box in drawing(CHAIN).boxes}
    assert [x[f"t{number}"] for number in range(30)] == sorted(set(x.values()))


def test_a_table_without_a_line_takes_no_column_of_its_own():
    x = {box.name: box.x for box in drawing(LESSON).boxes}
    assert x["jokes"] == x["users"]


def test_no_column_is_endless():
    assert len({box.x for box in drawing(STAR).boxes}) == 1 + 30 / MOST_IN_COLUMN


def test_what_is_too_long_is_cut_so_that_it_fits():
    assert all(len(box.name) < 30 and box.name.endswith("…") and box.width < 300 for box in drawing(LONG).boxes)


def test_a_table_that_is_not_drawn_has_no_line():
    assert drawing(ELSEWHERE).lines == []
