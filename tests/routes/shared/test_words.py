"""Long texts are cut where it helps, at the end of a word."""

import pytest

from routes.shared.words import short

WORDS = "word " * 40


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\n b\t c", "a b c"),
        ("x" * 81, "x" * 81),
        ("x" * 100, "x" * 100),
        ("x" * 101, "x" * 80 + "…"),
        (WORDS, WORDS[:79] + "…"),
        ("x" * 70 + ", " + "y" * 50, "x" * 70 + "…"),
        ("x" * 30 + " " + "y" * 200, "x" * 30 + " " + "y" * 49 + "…"),
        ("x" * 79 + "e\u0323" * 40, "x" * 79 + "…"),
        ("鿿" * 255, "鿿" * 80 + "…"),
    ],
)
def test_a_text_in_short(text, shown):
    assert short(text) == shown
