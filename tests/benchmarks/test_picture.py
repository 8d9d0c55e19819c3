"""The picture of the figures can be read by any program, and its bars are as long as what they stand for."""

from xml.etree import ElementTree

import pytest

from benchmarks.names import VISITOR
from benchmarks.picture import BAR, DARK, LIGHT, draw

ROWS = [
    {"name": "slow & <small>", "list": 250.0, "page": 20.0},
    {"name": VISITOR, "list": 1000.4},
    {"name": "quick", "list": 500.0, "page": 10.0},
]
SVG = "{http://www.w3.org/2000/svg}"


def elements(rows, kind, colours=LIGHT):
    """Those of the picture, without the paper."""
    found = ElementTree.fromstring(draw(rows, colours)).findall(f"{SVG}{kind}")
    return [each for each in found if each.get("fill") != colours["paper"]]


def texts(rows):
    return [each.text for each in elements(rows, "text")]


def test_a_bar_is_as_long_as_its_part_of_the_longest():
    widths = [float(bar.get("width")) for bar in elements(ROWS, "rect")]
    assert widths == pytest.approx([BAR, BAR / 2, BAR / 4, BAR, BAR / 2], abs=0.1)


def test_the_fastest_stands_first_and_each_bar_says_its_figure():
    names = [text for text in texts(ROWS) if text in {row["name"] for row in ROWS}]
    assert names == [VISITOR, "quick", "slow & <small>", "slow & <small>", "quick"]
    assert [text for text in texts(ROWS) if text.replace(",", "").isdigit()] == ["1,000", "500", "250", "20", "10"]


def test_what_nobody_does_is_not_drawn():
    assert "A list: twenty users and their newest posts, as JSON" in texts(ROWS)
    assert "One user, as JSON" not in texts(ROWS)


def test_ours_have_a_colour_of_their_own():
    ours = [bar for bar in elements(ROWS, "rect", DARK) if bar.get("fill") == DARK["ours"]]
    assert len(ours) == 1


def test_everything_has_its_place_on_the_paper():
    picture = ElementTree.fromstring(draw(ROWS, LIGHT))
    width, height = (float(picture.get(side)) for side in ("width", "height"))
    for part in picture.iter():
        if part.get("x"):
            assert float(part.get("x")) + float(part.get("width", 0)) < width
            assert float(part.get("y")) + float(part.get("height", 0)) < height


def test_who_does_not_see_it_is_told():
    picture = ElementTree.fromstring(draw(ROWS, LIGHT))
    assert picture.get("role") == "img"
    named = {part.get("id"): part.text for part in picture if part.get("id")}
    assert picture.get("aria-labelledby").split() == list(named)
    assert named["title"] == "Requests a second"
    assert f"as JSON: slow & <small> 250, {VISITOR} 1,000, quick 500" in named["desc"]
