"""What SQLite may do for a statement, asked before it runs. This comes on top: nothing else is in its reach anyway."""

import sqlite3
from typing import Any

from lab.sql.pieces import PRAGMAS_THAT_READ, PRAGMAS_THAT_SET, TOKEN_OF_SQL

LEAVING_FUNCTIONS = {
    *("load_extension", "readfile", "writefile", "edit", "lsmode", "fts3_tokenizer", "fileio_dirname", "lsdir"),
    *("fsdir", "zipfile", "sqlar_compress", "sqlar_uncompress", "eval"),
}
TABLES_OF_BYTES = {"sqlite_dbpage", "dbpage", "sqlite_dbdata", "sqlite_dbptr"}  # tables of the bytes of the file
VIRTUAL_MODULES = {"fts5", "fts5vocab", "rtree"}
READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE}
WRITING_ROWS = {
    sqlite3.SQLITE_INSERT: "rows come",
    sqlite3.SQLITE_UPDATE: "rows change",
    sqlite3.SQLITE_DELETE: "rows go",
}
CHANGING = {
    *WRITING_ROWS,
    *(sqlite3.SQLITE_TRANSACTION, sqlite3.SQLITE_SAVEPOINT, sqlite3.SQLITE_ALTER_TABLE),
    *(sqlite3.SQLITE_ANALYZE, sqlite3.SQLITE_REINDEX),
    *(sqlite3.SQLITE_CREATE_TABLE, sqlite3.SQLITE_CREATE_INDEX, sqlite3.SQLITE_CREATE_VIEW),
    *(sqlite3.SQLITE_CREATE_TRIGGER, sqlite3.SQLITE_CREATE_TEMP_TABLE, sqlite3.SQLITE_CREATE_TEMP_INDEX),
    *(sqlite3.SQLITE_CREATE_TEMP_VIEW, sqlite3.SQLITE_CREATE_TEMP_TRIGGER),
    *(sqlite3.SQLITE_DROP_TABLE, sqlite3.SQLITE_DROP_INDEX, sqlite3.SQLITE_DROP_VIEW, sqlite3.SQLITE_DROP_TRIGGER),
    *(sqlite3.SQLITE_DROP_TEMP_TABLE, sqlite3.SQLITE_DROP_TEMP_INDEX, sqlite3.SQLITE_DROP_TEMP_VIEW),
    *(sqlite3.SQLITE_DROP_TEMP_TRIGGER, sqlite3.SQLITE_DROP_VTABLE),
}


class Permissions:
    """The authorizer of one connection. `touched`: which rows a statement writes, as (table, what, by which trigger).

    `read_secrets` are the columns of `secrets` that it reads; they are blank. `triggers` may read them.
    """

    def __init__(self, may_change: bool, secrets: dict[str, list[str]], triggers: set[str] | None = None) -> None:
        self.may_change, self.secrets, self.triggers = may_change, secrets, triggers or set()
        self.trusted = self.triggers
        self.read_secrets: dict[str, None] = {}
        self.touched: dict[tuple[str, str, str], None] = {}
        self.refused = ""  # what was asked for

    def begin(self, sql: str) -> None:
        """Another statement."""
        self.trusted = unnamed(self.triggers, sql)
        self.touched, self.read_secrets, self.refused = {}, {}, ""

    def __call__(self, action: int, first: Any, second: Any, database: Any, by: Any) -> int:
        """What SQLite calls."""
        if action in WRITING_ROWS and database == "main" and not str(first).startswith("sqlite_"):
            self.touched[str(first), WRITING_ROWS[action], by or ""] = None
        if action == sqlite3.SQLITE_READ and second in self.secrets.get(first, ()) and by not in self.trusted:
            self.read_secrets[f"{first}.{second}"] = None
        if self.allows(action, first, second):
            return sqlite3.SQLITE_OK
        self.refused = self.refused or str(second or first or "")
        return sqlite3.SQLITE_DENY

    def allows(self, action: int, first: Any, second: Any) -> bool:
        """Whether it may be done."""
        if action == sqlite3.SQLITE_READ:
            return str(first).lower() not in TABLES_OF_BYTES
        if action == sqlite3.SQLITE_FUNCTION:
            return str(second).lower() not in LEAVING_FUNCTIONS
        if action == sqlite3.SQLITE_PRAGMA:
            return allows_pragma(str(first).lower(), second, self.may_change)
        if action == sqlite3.SQLITE_CREATE_VTABLE:
            return self.may_change and str(second).lower() in VIRTUAL_MODULES
        # Tables that are functions, like json_each, are declared as if they were written into the table of tables.
        is_declared = action == sqlite3.SQLITE_UPDATE and first == "sqlite_master"
        return action in READING or is_declared or (self.may_change and action in CHANGING)


def triggers_in(connection: sqlite3.Connection) -> set[str]:
    """The names by which SQLite calls triggers, and nothing else."""
    sql = "SELECT name FROM sqlite_master WHERE type = ?"
    triggers, views = ({name for (name,) in connection.execute(sql, (kind,))} for kind in ("trigger", "view"))
    return triggers - views


def unnamed(triggers: set[str], sql: str) -> set[str]:
    """Those that a statement does not name: SQLite calls a table of its own, made by WITH, as it would a trigger."""
    tokens = [token for token in TOKEN_OF_SQL.findall(sql) if not token.isspace()]
    quoted = {token[1:-1].replace(2 * token[-1], token[-1]) for token in tokens if token[0] in "'\"`["}
    return triggers - quoted - {*tokens}


def allows_pragma(name: str, value: Any, may_change: bool) -> bool:
    """Whether a setting may be read, or set."""
    return name in PRAGMAS_THAT_READ or (name in PRAGMAS_THAT_SET and (value is None or may_change))
