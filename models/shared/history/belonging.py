"""Which rows were somebody's, as far as the history knows: also those that are gone."""

from collections.abc import Collection
from typing import Any

from peewee import SQL, chunked

from models.changed_row import ChangedRow
from models.shared.database import database, is_sqlite
from models.shared.deletion import SET_NULL
from models.shared.history.reading import Parts
from models.shared.loading import all_models
from models.shared.resource import is_owner
from models.user import User

VALUES_AT_ONCE = 400


def theirs(user_id: int, there: Parts | None = None) -> Parts:
    """The rows that were theirs when they came or went, with their parts, as far as the history knows.

    Those that are known to be `there` are among them.
    """
    found = dict.fromkeys(there or ())
    for model in all_models():
        for key in [key for key in model._meta.refs if model.history and key.rel_model is User]:
            if key.on_delete == "CASCADE" or is_owner(key):
                found |= dict.fromkeys(rows_with_value(key, [user_id]))
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
    found: Parts = []
    for key in keys:
        table = key.rel_model._meta.table_name
        if key.on_delete != SET_NULL and table in ids and key.rel_model is not User:
            found += rows_with_value(key, ids[table])
    return found


def has_owner(model: Any) -> bool:
    """Whether its rows are somebody's."""
    return any(map(is_owner, model._meta.refs))


def rows_with_value(key: Any, values: Collection[int]) -> Parts:
    """The rows of a table that had one of these numbers in that column when they came or went."""
    table, column = key.model._meta.table_name, key.column_name
    ids: dict[int, None] = {}
    for some in chunked(values, VALUES_AT_ONCE):
        found: Any = ChangedRow.select(ChangedRow.row_id).where(ChangedRow.table_name == table)
        has_one = has_value("before", column, list(some)) | has_value("after", column, list(some))
        found = found.where(ChangedRow.done != "update", has_one).distinct()
        ids |= {row.row_id: None for row in found}
    return [(table, row_id) for row_id in ids]


def has_value(part: str, column: str, values: list[int]) -> Any:
    """Whether the stored object has one of these numbers."""
    marks = ", ".join([database.param] * len(values))
    if is_sqlite():
        return SQL(f'json_extract("{part}", ?) IN ({marks})', (f'$."{column}"', *values))
    return SQL(f'("{part}"::jsonb ->> %s) IN ({marks})', (column, *map(str, values)))
