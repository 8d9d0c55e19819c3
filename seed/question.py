"""Whoever sits there is asked, before all rows are deleted."""

import sys
from collections.abc import Iterable, Sequence
from typing import Any

from config import Settings
from models.shared.database import database, is_sqlite


def ask_first(settings: Settings, is_sure: bool, models: Sequence[Any] = ()) -> None:
    """End this unless whoever sits here agrees, or has said --yes: to all tables, or those of these `models`."""
    if is_sure:
        return
    if not is_sqlite():
        which = "these tables" if models else "all tables"
        raise SystemExit(
            f"This would delete every row of {which} of the {settings.database_name} database, and no copy is kept: "
            "copy it with the tools of that engine, then say --yes"
        )
    what = counted_rows(models) if models else f"{settings.database_name} ({contents()})"
    if sys.stdin.isatty() and not is_agreed(f"Delete all rows of {what}? [y/N] "):
        raise SystemExit("Nothing was changed.")


def is_agreed(question: str) -> bool:
    try:
        return input(question).strip().lower() in ("y", "yes")
    except EOFError:
        return False


def contents() -> str:
    from models import Post, User

    with database.connection_context():
        return f"{User.select().count():,} users, {Post.select().count():,} posts"


def counted_rows(models: Iterable[Any]) -> str:
    """As in: planets (2 rows)."""
    with database.connection_context():
        counts = {model.plural: model.select().count() if model.table_exists() else 0 for model in models}
    return ", ".join(f"{plural} ({count:,} {'row' if count == 1 else 'rows'})" for plural, count in counts.items())
