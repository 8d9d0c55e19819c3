"""Twins for programs, in JSON."""

from typing import Any

from lab.twins.compared import Compared, TwinSide
from lab.twins.shown import ShownTwin


def twin_as_json(shown: ShownTwin) -> dict[str, Any]:
    """The three texts of a twin."""
    return {
        "name": shown.twin.name,
        "title": shown.twin.title,
        "python": shown.twin.python,
        "peewee": [{"sql": each.sql, "more": each.more, "quiet": each.is_quiet} for each in shown.statements],
        "sql": shown.twin.sql,
        "problem": shown.problem,
    }


def compared_as_json(found: Compared) -> dict[str, Any]:
    """What all three gave or changed."""
    return {
        "same": found.is_same,
        "python": side_as_json(found.python),
        "peewee": side_as_json(found.peewee) | {"statements": found.statements},
        "sql": side_as_json(found.person),
    }


def side_as_json(side: TwinSide) -> dict[str, Any]:
    """One of them."""
    changes = {name: table["rows"] for name, table in side.tables.items()}
    return {
        "problem": side.problem,
        "columns": side.columns,
        "rows": side.rows,
        "changes": changes,
        "ms": side.ms,
        "plan": side.plan,
    }
