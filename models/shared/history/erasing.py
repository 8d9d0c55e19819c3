"""Erases what is known of somebody: nothing of it can be read again, or brought back."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from peewee import SQL

from models.attempt import Attempt
from models.changed_row import ChangedRow
from models.receipt import Receipt
from models.shared.alteration.kept import forget_all_kept
from models.shared.database import checkpoint, database, is_sqlite
from models.shared.history.kept_pictures import remove_pictures
from models.shared.history.reading import Parts, changes_of_row, changes_of_rows
from models.shared.history.stored import stored_values
from models.shared.loading import all_models
from models.shared.resource import is_owner
from models.shared.text_index import STATE, TextIndex, has_table
from models.shared.text_indexing import index_some
from models.user import User

ERASED = "erased"  # what the history calls it
USERS = User._meta.table_name


def erase(user_id: int) -> None:
    """Delete this user for good, with all that is theirs; of one who is gone, what is left.

    DoesNotExist when there was nobody of whom anything is known, `Invalid` for the last admin.
    """
    with overwritten(), database.atomic():
        user = User.get_or_none(User.id == user_id)
        if user:
            user.delete()
        if not is_remembered(user_id):
            raise User.DoesNotExist
        rows = list(changes_of_rows([(USERS, user_id), *theirs(user_id)]))
        Attempt.delete().where(Attempt.uid.in_(uids_in(rows))).execute()
        Receipt.forget(user_id, f"/users/{user_id}", {row.change_id for row in rows if row.change_id})
        forget_all_kept()
        wipe(rows)
        database.describe_change(ERASED)
        database.after_commit(partial(remove_pictures, rows))
    index_anew_at_once()
    checkpoint()


def is_remembered(user_id: int) -> bool:
    """Whether the history has values of somebody who is gone."""
    told = changes_of_row(USERS, user_id)
    return bool(told.where(ChangedRow.before.is_null(False) | ChangedRow.after.is_null(False)).exists())


def theirs(user_id: int) -> Parts:
    """The rows that were theirs when they came or went, as far as the history knows."""
    parts: Parts = []
    for model in all_models():
        for key in [key for key in model._meta.refs if model.history and key.rel_model is User]:
            if key.on_delete == "CASCADE" or is_owner(key):
                parts += rows_with_value(model._meta.table_name, key.column_name, user_id)
    return parts


def rows_with_value(table: str, column: str, value: int) -> Parts:
    """The rows of a table that had the number in that column when they came or went."""
    found: Any = ChangedRow.select(ChangedRow.row_id).where(ChangedRow.table_name == table, ChangedRow.done != "update")
    found = found.where(has_value("before", column, value) | has_value("after", column, value)).distinct()
    return [(table, row.row_id) for row in found]


def has_value(part: str, column: str, value: int) -> Any:
    """Whether the stored object has that number."""
    if is_sqlite():
        return SQL(f'json_extract("{part}", ?) = ?', (f'$."{column}"', value))
    return SQL(f'("{part}"::jsonb ->> %s) = %s', (column, str(value)))


def uids_in(rows: list[ChangedRow]) -> list[str]:
    """What they have logged in with."""
    column = User.uid.column_name
    found = {values.get(column) for row in rows for values in (stored_values(row.before), stored_values(row.after))}
    return [uid for uid in found if isinstance(uid, str)]


def wipe(rows: list[ChangedRow]) -> None:
    """Only that there was a row stays. Of what might have been replaced, nothing does."""
    ids = [(row.id,) for row in rows]
    database.execute_many(f"UPDATE changed_rows SET before = NULL, after = NULL WHERE id = {database.param}", ids)  # noqa: S608
    ChangedRow.delete().where(ChangedRow.change.is_null()).execute()


def index_anew_at_once() -> None:
    """The indexes for search take in at once that copies are gone."""
    for model in all_models() if is_sqlite() and has_table(STATE) else ():
        if model.history and TextIndex.of(model):
            while index_some(model):
                pass


@contextmanager
def overwritten() -> Iterator[None]:
    """What is deleted inside is not left in free parts of SQLite's file."""
    if not is_sqlite():
        yield
        return
    database.execute_sql("PRAGMA secure_delete = 1")
    try:
        yield
    finally:
        database.execute_sql("PRAGMA secure_delete = 0")
