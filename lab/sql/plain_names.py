"""Names as a person writes them in SQL: in quotes only where they need them."""

import re
import sqlite3
from contextlib import closing
from functools import cache

from models.shared.database import is_sqlite
from models.shared.sql_names import sql_name


def name_in_sql(name: str) -> str:
    """A name of a table or a column."""
    return name if is_sqlite() and is_plain_name(name) else sql_name(name)


@cache
def is_plain_name(name: str) -> bool:
    """Whether SQLite takes it without quotes: some names are words of its own."""
    if not re.fullmatch("[A-Za-z_][A-Za-z0-9_]*", name):
        return False
    with closing(sqlite3.connect(":memory:")) as memory:
        try:
            memory.execute(f"CREATE TABLE {name} ({name} INTEGER)")
            memory.execute(f"SELECT {name}.{name} FROM {name} WHERE {name} = 1")  # noqa: S608 - it is only a word
        except sqlite3.Error:
            return False
    return True
