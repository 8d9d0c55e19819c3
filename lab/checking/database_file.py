"""What a student's database has, read by the judge from the bytes of its file: whoever wrote it is not asked."""

import sqlite3
import time
from typing import Any

MOST_ROWS_READ = 2000
SECONDS_TO_READ = 1.0
STEPS_TO_LOOK = 1000
KINDS_IN_SQL = {
    "CharField": ("VARCHAR",),
    "Choice": ("VARCHAR", "INTEGER", "TEXT", "REAL", "DOUBLE"),
    "TextField": ("TEXT",),
    "IntegerField": ("INTEGER", "SMALLINT", "BIGINT"),
    "FloatField": ("DOUBLE", "REAL", "FLOAT"),
    "DecimalField": ("DECIMAL",),
    "BooleanField": ("INTEGER", "BOOL", "SMALLINT"),
    "DateField": ("DATE",),
    "DateTimeField": ("DATETIME",),
    "UUIDField": ("TEXT",),
    "ForeignKeyField": ("INTEGER",),
    "ImageField": ("VARCHAR",),
}
StoredRow = dict[str, Any]


class NoTable(Exception):
    """There is no such table, or it cannot be read."""


class DatabaseFile:
    """The tables in the bytes of a SQLite file. NoTable for anything that is none."""

    def __init__(self, content: bytes) -> None:
        self.connection = sqlite3.connect(":memory:")
        try:
            self.connection.deserialize(content)
            for setting in ("trusted_schema = off", "query_only = on", "cell_size_check = on"):
                self.connection.execute(f"PRAGMA {setting}")
        except sqlite3.Error:
            raise NoTable from None
        until = time.monotonic() + SECONDS_TO_READ
        self.connection.set_progress_handler(lambda: time.monotonic() > until, STEPS_TO_LOOK)
        self.connection.text_factory = lambda text: text.decode("utf-8", "replace")

    def asked(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows, as long as they are not too many."""
        try:
            return self.connection.execute(sql, values).fetchmany(MOST_ROWS_READ)
        except sqlite3.Error:
            raise NoTable from None

    def columns(self, table: str) -> dict[str, str]:
        """The type of each column, as the table has it; a view is none."""
        if not self.asked("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", table):
            raise NoTable
        return {str(name): str(kind).partition("(")[0] for name, kind in self.asked(COLUMNS_IN_FILE, table)}

    def rows(self, table: str) -> dict[int, StoredRow]:
        """Each row, by its id."""
        names = list(self.columns(table))
        quoted = ", ".join(f'"{name}"' for name in names)
        found = self.asked(f'SELECT {quoted} FROM "{table}" ORDER BY id')  # noqa: S608 - names of the database itself
        return {row[names.index("id")]: dict(zip(names, row, strict=True)) for row in found}


COLUMNS_IN_FILE = "SELECT name, upper(type) FROM pragma_table_info(?)"
