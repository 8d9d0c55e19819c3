"""docs/lab.md names what may be typed, and nothing else."""

import re

from lab.twins.allowed import ASKS_AT_ONCE, FUNCTIONS, OF_COLUMN, OF_FUNCTION, OF_MODEL, OF_QUERY
from lab.twins.typed import DEEPEST_EXPRESSION, MOST_LETTERS_OF_EXPRESSION
from tests.server import HOUSE

OPEN = {
    "of a class": OF_MODEL,
    "of a query": OF_QUERY | ASKS_AT_ONCE,
    "of a column": OF_COLUMN | OF_FUNCTION,
    "functions": {f"fn.{name}" for name in FUNCTIONS},
}


def test_what_the_page_names_may_be_typed():
    text = (HOUSE / "docs" / "lab.md").read_text().partition("## Twins")[2].partition("\n## ")[0]
    rows = {name: re.findall("`([a-zA-Z_.]+)`", cell) for name, cell in re.findall(r"\| ([a-z ]+) \| (.+) \|\n", text)}
    for name, known in OPEN.items():
        assert rows[name], name
        assert set(rows[name]) <= set(known), name
    assert set(OF_MODEL) <= set(rows["of a class"])
    assert f"{MOST_LETTERS_OF_EXPRESSION:,} letters and {DEEPEST_EXPRESSION} steps" in text
