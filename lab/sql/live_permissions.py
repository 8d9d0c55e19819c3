"""What a statement may do to the live database: write rows of tables with pages, and read no secret."""

import sqlite3
from typing import Any

from lab.sql.permissions import LEAVING_FUNCTIONS, READING, TABLES_OF_BYTES, WRITING_ROWS, triggers_in, unnamed
from lab.sql.secret_columns import names_in_classes, secrets_of_site
from models.shared.sql_names import sql_name

# Of the site's own tables a statement may take away these rows, and write none.
MAY_BE_DELETED = {"sessions", "attempts", "sign_ups", "known_browsers", "receipts", "drafts"}
NEVER = ("folded", "schema_migration", "sqlite_")


class LivePermissions:
    """The authorizer of the live connection, for one statement. `refused` is what it asked for in vain."""

    def __init__(self, connection: sqlite3.Connection, sql: str) -> None:
        self.refused = ""
        self.target = ""  # the table that the statement itself writes: other ones are written along with it
        self.machinery, _ = names_in_classes()
        self.triggers = unnamed(triggers_in(connection), sql)
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        self.secrets = {table: self.secrets_of(connection, table) for (table,) in tables}

    def secrets_of(self, connection: sqlite3.Connection, table: str) -> list[str]:
        """The columns of a table that nobody may read."""
        columns = [each[1] for each in connection.execute(f"PRAGMA table_info({sql_name(table)})").fetchall()]
        return secrets_of_site(table, columns)

    def __call__(self, action: int, first: Any, second: Any, database: Any, by: Any) -> int:
        """What SQLite calls."""
        if self.allows(action, str(first), str(second), by):
            return sqlite3.SQLITE_OK
        self.refused = self.refused or ".".join(filter(None, (first, second)))
        return sqlite3.SQLITE_DENY

    def allows(self, action: int, first: str, second: str, by: Any) -> bool:
        """Whether it may be done. What a trigger of the tables does, they do with each write of the site."""
        if by in self.triggers and action in {*WRITING_ROWS, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, *READING}:
            return True
        if action == sqlite3.SQLITE_READ:
            return second not in self.secrets.get(first, ()) and first.lower() not in TABLES_OF_BYTES
        if action == sqlite3.SQLITE_FUNCTION:
            return second.lower() not in LEAVING_FUNCTIONS
        if action in WRITING_ROWS:
            return self.may_write(action, first, second)
        return action in READING

    def may_write(self, action: int, table: str, column: str) -> bool:
        """Whether the statement may write there; along with its table go those that refer to it."""
        if action == sqlite3.SQLITE_UPDATE and table == "sqlite_master":
            return True  # so a table that is a function is declared, like json_each; SQLite itself refuses all else
        self.target = self.target or table
        if table != self.target:
            return True
        is_secret = action == sqlite3.SQLITE_UPDATE and column in self.secrets.get(table, ())
        if is_secret or table.lower().startswith(NEVER):
            return False
        return table not in self.machinery or (action == sqlite3.SQLITE_DELETE and table in MAY_BE_DELETED)
