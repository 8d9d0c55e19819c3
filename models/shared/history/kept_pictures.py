"""The pictures of rows as they once were: their files are kept as long as the history names them."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from models.changed_row import ChangedRow
from models.shared.history.reading import changes_of_rows
from models.shared.loading import all_models
from models.shared.old_pictures import name_field, picture_fields
from models.shared.picture import remove_files


def picture_columns() -> dict[str, list[Any]]:
    """The columns that have names of files, by their tables."""
    columns = {model._meta.table_name: list(map(name_field, picture_fields(model))) for model in all_models()}
    return {table: fields for table, fields in columns.items() if fields}


def pictures_in(rows: Iterable[ChangedRow]) -> Iterator[str]:
    """Those that these rows of the history name."""
    columns = picture_columns()
    for row in rows:
        for text in (row.before, row.after):
            values = json.loads(text) if text else {}
            names = [values.get(field.column_name) for field in columns.get(row.table_name, ())]
            yield from (name for name in names if isinstance(name, str))


def kept_pictures() -> set[str]:
    """All that the history names."""
    rows: Any = ChangedRow.select().where(ChangedRow.table_name.in_(list(picture_columns())))
    return set(pictures_in(rows.iterator()))


def remove_pictures(rows: list[ChangedRow]) -> None:
    """The files of those that these rows of the history named, before they went, and that nothing names now."""
    columns = picture_columns()
    rows = [row for row in rows if row.table_name in columns]
    names = set(pictures_in(rows))
    for fields in columns.values() if names else ():
        for field in fields:
            names -= {name for (name,) in field.model.select(field).where(field.in_(names)).tuples()}
    if names:  # a file is never that of another row
        names.difference_update(pictures_in(changes_of_rows({(row.table_name, row.row_id) for row in rows})))
    remove_files(*names)
