"""What PostgreSQL says of a plan, in words. It needs the standard library only, as that for SQLite."""

import re
from collections.abc import Iterator
from typing import Any

INDEXED = re.compile(r"USING \w+ \((.*?)\)(?: WHERE| INCLUDE|$)")
SORTED = "puts them in order, as no index has that order"


def nodes_of(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """All parts of a plan, in the order in which rows are found."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield each
        waiting += reversed(each.get("Plans", []))


def node_words(node: dict[str, Any], columns: dict[str, str]) -> str:
    """One part, as `searches users by the index on _uid`; nothing where others say it."""
    kind, table = node["Node Type"], node.get("Relation Name", "")
    if kind == "Seq Scan":
        return f"reads every row of {table}"
    if kind in ("Index Scan", "Index Only Scan", "Bitmap Index Scan"):
        on = columns.get(node.get("Index Name", ""), "something")
        by = "its id" if on == "id" else f"the index on {on}"
        if not table:
            return f"searches by {by}"
        return f"searches {table} by {by}" if "Index Cond" in node else f"goes through the index of {table} on {on}"
    return SORTED if kind in ("Sort", "Incremental Sort") else ""


def indexed_columns(definition: str) -> str:
    """The columns of an index, as its definition says."""
    found = INDEXED.search(definition)
    return found[1].replace('"', "") if found else "something"
