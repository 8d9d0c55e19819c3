"""What has been measured, kept in docs/: the figures, the picture, and the tables of the page."""

import json
import re
from pathlib import Path

from benchmarks.picture import DARK, LIGHT, draw
from benchmarks.report import all_tables, in_markdown

DOCS = Path(__file__).parents[1] / "docs"
RESULTS, PAGE = DOCS / "performance.json", DOCS / "performance.md"
PICTURES = {DOCS / "performance.svg": LIGHT, DOCS / "performance-dark.svg": DARK}
FIGURES = re.compile(r"(?<=<!-- make bench writes from here -->\n).*(?=<!-- to here -->)", re.DOTALL)


def keep(results: dict) -> None:
    """Put them into docs/. What was not measured this time stays as it was."""
    results = kept() | results
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    for file, colours in PICTURES.items():
        file.write_text(draw(results["peers"], colours))
    PAGE.write_text(FIGURES.sub(lambda _: figures(results), PAGE.read_text()))


def kept() -> dict:
    return json.loads(RESULTS.read_text()) if RESULTS.exists() else {}


def figures(results: dict) -> str:
    """How it was measured, and all tables."""
    how = (
        f"Measured on {results['date']} with {results['cores']} cores and Python {results['python']}: "
        f"{results['rounds']} rounds of {results['seconds']} seconds."
    )
    return "\n\n".join(["", how, *map(in_markdown, all_tables(results)), ""]) + "\n"
