"""Whoever sits there is asked, before all rows are deleted."""

import sys

from config import Settings
from models.shared.database import database, is_sqlite


def ask_first(settings: Settings, is_sure: bool) -> None:
    """End this unless whoever sits here agrees, or has said --yes."""
    if is_sure:
        return
    if not is_sqlite():
        raise SystemExit(
            f"This would delete every row of the {settings.database_name} database, and no copy is kept of it: "
            "copy it with the tools of that engine, then say --yes"
        )
    if sys.stdin.isatty() and not is_agreed(f"Delete all rows of {settings.database_name} ({contents()})? [y/N] "):
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
