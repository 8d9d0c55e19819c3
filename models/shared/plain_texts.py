"""Many new rows at once: the copies of their texts are made with them, in SQL, and not marked first."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from peewee import Value, fn

from models.shared.database import database, is_sqlite
from models.shared.folding import LONGEST_START, fold_new, folded, folded_fields, text_place
from models.shared.folding_triggers import drop_triggers, make_triggers


@contextmanager
def plain_texts(*models: Any) -> Iterator[None]:
    """In a transaction: rows of `models` are added inside, and nothing else is written.

    Their texts are ASCII with single blanks, so SQL's small letters are what `fold` makes of them. Whoever is stopped
    in the middle takes back the transaction, and with it that the triggers are gone.
    """
    if not is_sqlite():  # there, a table without triggers would have to be locked for all others
        # A trigger keeps the plan that it made for a table with no rows yet.
        database.execute_sql("SET LOCAL enable_seqscan = off")
        yield
        for model in models:
            fold_new(model)
        return
    highest = {model: model.select(fn.MAX(model.id)).scalar() or 0 for model in models}
    for model in models:
        drop_triggers(model._meta.table_name)
    yield
    for model in models:
        copy_texts(model, highest[model])
        make_triggers(model)


def copy_texts(model: Any, after: int) -> None:
    """Make the copies of the texts of the rows whose ids are above `after`."""
    columns = [folded.place, folded.row_id, folded.start, folded.text]
    for field in folded_fields(model):
        text = fn.LOWER(field)
        new = model.select(Value(text_place(field)), model.id, fn.SUBSTR(text, 1, LONGEST_START), text)
        folded.bind(database).insert(new.where(model.id > after), columns=columns).execute()
