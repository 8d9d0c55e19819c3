"""Erases what is known of somebody: nothing of it can be read again, or brought back."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from models.attempt import Attempt
from models.changed_row import ChangedRow
from models.receipt import Receipt
from models.shared.alteration.kept import forget_all_kept
from models.shared.database import checkpoint, database, is_sqlite
from models.shared.history.belonging import theirs
from models.shared.history.kept_pictures import remove_pictures
from models.shared.history.reading import changes_of_row, changes_of_rows
from models.shared.history.stored import stored_values
from models.shared.loading import all_models
from models.shared.text_index import STATE, TextIndex, has_table
from models.shared.text_indexing import index_some
from models.user import User

ERASED = "erased"  # what the history calls it
USERS = User._meta.table_name


def erase(user_id: int) -> None:
    """Delete this user for good, with all that is theirs; of one who is gone, what is left.

    DoesNotExist when there was nobody of whom anything is known, `Invalid` for the last admin.
    """
    from models.shared.exchange.waiting_files import forget_all_waiting, of_person  # which no start needs

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
        database.after_commit(partial(forget_all_waiting, of_person(user_id)))
    index_anew_at_once()
    checkpoint()


def is_remembered(user_id: int) -> bool:
    """Whether the history has values of somebody who is gone."""
    told = changes_of_row(USERS, user_id)
    return bool(told.where(ChangedRow.before.is_null(False) | ChangedRow.after.is_null(False)).exists())


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
