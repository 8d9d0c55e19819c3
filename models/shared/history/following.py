"""While a table changes: SQLite's triggers name columns, so they step aside for each statement that changes a table."""

from collections.abc import Iterator
from contextlib import contextmanager

from models.shared.database import database, is_sqlite
from models.shared.folding_triggers import drop_trigger
from models.shared.history.triggers import history_triggers, keep_history
from models.shared.loading import all_models


def follow_tables() -> None:
    """From here on, what this process does to a table leaves its rows their history."""
    if is_sqlite():
        database.obj.aside = triggers_aside


@contextmanager
def history_rests(label: str) -> Iterator[None]:
    """In a transaction: what is written inside is one change of that name, without its rows."""
    if is_sqlite():
        for table, name in history_triggers():
            drop_trigger(table, name)
    else:
        database.execute_sql("SELECT set_config('history.rests', 'yes', true)")
    yield
    if is_sqlite():
        keep_history(all_models())
    else:
        database.execute_sql("SELECT set_config('history.rests', '', true)")
    database.describe_change(label)


@contextmanager
def triggers_aside(table: str) -> Iterator[None]:
    """Afterwards those are there that the table asks for as it is now, if there is a history yet."""
    there = history_triggers()
    for its_table, name in there:
        if its_table.lower() == table.lower():
            drop_trigger(its_table, name)
    yield
    if there:
        keep_history(all_models())
