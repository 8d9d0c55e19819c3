"""Which rows were somebody's, as far as the history knows: also those that are gone."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from peewee import SQL, chunked

from models.changed_row import ChangedRow
from models.shared.database import database, is_sqlite
from models.shared.deletion import CASCADE, SET_NULL
from models.shared.history.reading import Parts
from models.shared.loading import all_models
from models.shared.resource import is_owner
from models.user import User

VALUES_AT_ONCE, KEYS_AT_ONCE = 400, 20


def theirs(user_id: int, there: Parts | None = None) -> Parts:
    """The rows that were theirs when they came or went, with their parts, as far as the history knows.

    Those that are known to be `there` are among them.
    """
    found = dict.fromkeys(there or ())
    keys = [key for model in all_models() if model.history for key in model._meta.refs if key.rel_model is User]
    found |= dict.fromkeys(
        rows_that_named([(key, [user_id]) for key in keys if key.on_delete == CASCADE or is_owner(key)])
    )
    news = list(found)
    while news:
        news = [part for part in parts_of_rows(news) if part not in found]
        found |= dict.fromkeys(news)
    return list(found)


def parts_of_rows(rows: Parts) -> Parts:
    """Rows without an owner of their own that went along with one of these: like the reason why a post was hidden."""
    ids: dict[str, list[int]] = {}
    for table, row_id in rows:
        ids.setdefault(table, []).append(row_id)
    keys = [key for model in all_models() if model.history and not has_owner(model) for key in model._meta.refs]
    asked = []
    for key in keys:
        table = key.rel_model._meta.table_name
        if key.on_delete != SET_NULL and table in ids and key.rel_model is not User:
            asked += [(key, list(some)) for some in chunked(ids[table], VALUES_AT_ONCE)]
    return rows_that_named(asked)


def has_owner(model: Any) -> bool:
    """Whether its rows are somebody's."""
    return any(map(is_owner, model._meta.refs))


def rows_that_named(asked: Iterable[tuple[Any, list[int]]]) -> Parts:
    """The rows that had one of these numbers in the column of a key when they came or went."""
    found: dict[tuple[str, int], None] = {}
    for some in chunked(asked, KEYS_AT_ONCE):
        rows: Any = ChangedRow.select(ChangedRow.table_name, ChangedRow.row_id).distinct()
        rows = rows.where(ChangedRow.done != "update", reduce(or_, [had_one(*each) for each in some]))
        found |= {(row.table_name, row.row_id): None for row in rows}
    return list(found)


def had_one(key: Any, values: list[int]) -> Any:
    """Whether a row of the history is of the key's table, and had one of these numbers there."""
    has_one = has_value("before", key.column_name, values) | has_value("after", key.column_name, values)
    return (ChangedRow.table_name == key.model._meta.table_name) & has_one


def has_value(part: str, column: str, values: list[int]) -> Any:
    """Whether the stored object has one of these numbers."""
    marks = ", ".join([database.param] * len(values))
    if is_sqlite():
        return SQL(f'json_extract("{part}", ?) IN ({marks})', (f'$."{column}"', *values))
    return SQL(f'("{part}"::jsonb ->> %s) IN ({marks})', (column, *map(str, values)))
