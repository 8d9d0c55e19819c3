"""The drivers hand on what they cannot read, too: what is wrong with it, its column says."""

import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Any


class KindConnection(sqlite3.Connection):
    """SQLite takes any bytes for a text, and the driver refuses the whole row of one that is no UTF-8."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")


def fetch_all(cursor: Any, again: Callable[[], Any]) -> list[Any]:
    """All rows of an answer. Texts are read in the driver's own way, or when it refuses one, `again` and kindly."""
    connection = getattr(cursor, "connection", None)
    if not isinstance(connection, KindConnection):
        return list(cursor.fetchall())
    kindly, connection.text_factory = connection.text_factory, str
    try:
        return cursor.fetchall()
    except sqlite3.OperationalError:
        connection.text_factory = kindly
        return list(again().fetchall())
    finally:
        connection.text_factory = kindly


def read_times_kindly() -> None:
    """PostgreSQL has days that Python has not, like `infinity`, and psycopg refuses the whole row of one."""
    try:
        import psycopg  # a process with another engine does not import it
    except ImportError:
        return  # whoever connects is told
    from psycopg.types import datetime as loaders

    for name, loader in (("date", loaders.DateLoader), ("timestamp", loaders.TimestampLoader)):
        psycopg.adapters.register_loader(name, kind_loader(loader))


def kind_loader(loader: Any) -> Any:
    """A loader of psycopg's that gives the text of what it cannot read."""
    from psycopg import DataError

    class KindLoader(loader):
        def load(self, data: Any) -> Any:
            try:
                return super().load(data)
            except DataError:
                return bytes(data).decode()

    return KindLoader
