"""The lines of a class, as they were when the site was started."""

import ast
from functools import cache
from typing import Any

from lab.places import SourceLine
from lab.sources import Excerpt, excerpt, kept_lines_of
from models.shared.loading import source_of


@cache
def class_lines(model: Any) -> Excerpt:
    """Those of a model, or why they are not there."""
    file = source_of(model)
    lines = kept_lines_of(file)
    first, marked, last = span_of(model.__name__, "\n".join(lines or []))
    return excerpt(SourceLine(file, marked), first, last)


def span_of(name: str, text: str) -> tuple[int, int, int]:
    """The first line of a class with what stands above it, its own, and the last one."""
    try:
        found = [each for each in ast.parse(text).body if isinstance(each, ast.ClassDef) and each.name == name]
    except (SyntaxError, ValueError):  # it has been read by Python before, so it was another file then
        found = []
    if not found:
        return 1, 1, 0
    node = found[-1]
    return min([node.lineno, *(each.lineno for each in node.decorator_list)]), node.lineno, node.end_lineno or 0
