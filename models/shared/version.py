"""Whether the database is still the same, whoever writes to it."""

from collections.abc import Hashable
from contextlib import nullcontext, suppress

from peewee import PeeweeException
from playhouse.pool import MaxConnectionsExceeded

from models.shared.database import database, is_sqlite


def current_version() -> Hashable:
    """Equal to an earlier one when nothing was committed in between, by any program; None when nobody can say.

    To keep what was made of rows, ask before they are read and again afterwards: equal, it is of that version.
    """
    with suppress(PeeweeException, MaxConnectionsExceeded):
        return database.obj.watcher.version() if is_sqlite() else version_of_server()
    return None


def version_of_server() -> str:
    """PostgreSQL tells which transactions are over: one that has written changes this text when it ends."""
    with database.connection_context() if database.is_closed() else nullcontext():
        (version,) = database.execute_sql("SELECT pg_current_snapshot()::text").fetchone()
        # Another server may give the same numbers again, or be behind.
        server = database.connection().generation, id(database.connection().server)
    return f"{server} {version}"
