"""A row and its version: a program that reads one is told it, and may say which one it means to change (RFC 9110)."""

import re
from typing import TypeVar

from bottle import Route, request

from models.shared.row_version import require_version
from models.shared.rows import BaseModel
from routes.shared.older_form import hold_to_form

Row = TypeVar("Row", bound=BaseModel)
TAG = re.compile(r'(W/)?"([^"]*)"')


def may_have_condition(route: Route) -> bool:
    """Whether the route changes one row of the API, by its number."""
    return route.method in ("PATCH", "PUT", "DELETE") and route.rule.startswith("/api/") and "<id:int>" in route.rule


def as_it_was_seen(row: Row) -> Row:
    """`row`, which is then changed only as it is in If-Match, or in the form that was sent. Changed when it is not."""
    sent = request.environ.get("HTTP_IF_MATCH", "*").strip()
    if sent != "*":
        row.seen_versions = {tag.partition("-")[0] for weak, tag in TAG.findall(sent) if not weak} or {""}
        require_version(row, row.seen_versions)
    hold_to_form(row)
    return row
