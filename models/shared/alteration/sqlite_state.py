"""How a table of SQLite is made, and how it is made so again."""

import re
from typing import Any

from models.shared.alteration.remade import (
    highest_number,
    keep_highest_number,
    make_anew,
    plain_columns,
    sql_around,
    sql_of_table,
)
from models.shared.database import database
from models.shared.sql_names import sql_name

MADE_AS = re.compile(r'^CREATE\s+TABLE\s+("(?:[^"]|"")*"|\S+?)(?=[\s(])', re.IGNORECASE)


def sqlite_state(table: str) -> dict[str, Any]:
    """What makes it, its indexes and triggers, and the highest number of a row."""
    return {"sql": sql_of_table(table), "around": sql_around(table), "last": highest_number(table)}


def make_sqlite_as_before(old: str, new: str, before: str, state: dict[str, Any]) -> None:
    """The table `new` becomes `old` again, with the rows of `before`."""
    if new and new != old:
        database.execute_sql(f"ALTER TABLE {sql_name(new)} RENAME TO {sql_name(old)}")
    sql = MADE_AS.sub(f"CREATE TABLE {sql_name(f'{old}__new')}", state["sql"], count=1)
    make_anew(old, sql, {name: sql_name(name) for name in plain_columns(before)}, state["around"], before)
    keep_highest_number(old, state["last"])
