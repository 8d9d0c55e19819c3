"""The triggers that write the history: made for each table that has one, and again when it has other columns."""

from typing import Any
from zlib import crc32

from models.shared.database import database, is_sqlite
from models.shared.folding_triggers import drop_trigger, triggers_called
from models.shared.history.noted import Noted, noted_tables
from models.shared.history.postgresql_triggers import HISTORY_FUNCTIONS, postgresql_triggers
from models.shared.history.sqlite_triggers import sqlite_triggers


def is_kept(models: list[Any]) -> bool:
    """Whether the triggers are there that these models ask for, and no others."""
    wanted = {name for noted in noted_tables(models) for name in trigger_statements(noted)}
    return wanted == {name for _table, name in history_triggers()}


def keep_history(models: list[Any]) -> None:
    """Make the triggers that are missing, and take away those of old columns."""
    wanted = {name: sql for noted in noted_tables(models) for name, sql in trigger_statements(noted).items()}
    there = history_triggers()
    for table, name in there:
        if name not in wanted:
            drop_trigger(table, name)
    missing = [sql for name, sql in wanted.items() if name not in {name for _table, name in there}]
    for statement in (*(HISTORY_FUNCTIONS if missing and not is_sqlite() else ()), *missing):
        database.execute_sql(statement)


def trigger_statements(noted: Noted) -> dict[str, str]:
    """What makes the triggers of a table, by their names: other columns give others."""
    triggers = sqlite_triggers(noted) if is_sqlite() else postgresql_triggers(noted)
    functions = "" if is_sqlite() else "".join(HISTORY_FUNCTIONS)
    mark = crc32(f"{noted.table}{triggers}{functions}".encode())
    statements = {}
    for number, (when, what) in enumerate(triggers.items()):
        name = f"history_{mark:08x}_{number}"
        body = f"BEGIN {what} END" if is_sqlite() else what
        statements[name] = f"CREATE TRIGGER {name} {when} {body}"
    return statements


def history_triggers() -> list[tuple[str, str]]:
    """The (table, name) of each that is there."""
    return triggers_called("history")
