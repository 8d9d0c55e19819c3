"""What stands for a person who has no picture: letters that can be read, on a colour of their own."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from models.user import User
from routes.shared.portrait import colour_of, contrast_with_white, initials, portrait


def parts(colour):
    return tuple(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ada Lovelace", "AL"),
        ("Alexander Graham Bell", "AB"),
        ("ada", "A"),
        ("  (Ada)  de   “Lovelace” ", "AL"),
        ("7 of 9", "79"),
        ("ßigrid Öz", "ßÖ"),
        ("e\u0301mile", "E\u0301"),
        ("Z" + "\u0301" * 50 + " X", "Z" + "\u0301" * 3 + "X"),
        ("李小龙", "李"),
        ("محمد علي", "م"),
        ("דוד כהן", "דכ"),
        ("W" * 255, "W"),
        ("\ufdfd wide", "W"),
        ("😀 !", "?"),
        ("", "?"),
        ("<b> &amp;", "BA"),
    ],
)
def test_the_first_letters_of_the_first_and_of_the_last_word(name, letters):
    assert initials(name) == letters


def test_letters_can_be_read_on_every_colour_and_neighbours_differ():
    colours = [colour_of(number) for number in range(1, 2000)]
    assert min(contrast_with_white(parts(colour)) for colour in colours) >= 4.5
    assert all(one != next_one for one, next_one in pairwise(colours))
    assert len(set(colours[:50])) == 50


def test_a_contrast_is_that_of_wcag():
    assert [round(contrast_with_white(parts(colour)), 2) for colour in ("#ffffff", "#000000", "#777777")] == [
        1,
        21,
        4.48,
    ]


@pytest.mark.parametrize("name", ["<script>x</script>", "& &", '"><svg/onload=x>', "<", None])
def test_whatever_the_name_is_the_picture_is_one_that_can_be_read(name):
    user = User(name=name)
    user.id = 3
    svg = ElementTree.fromstring(portrait(user, 32))
    assert [each.tag for each in svg] == ["rect", "text"]
    assert svg.get("aria-hidden") == "true"
