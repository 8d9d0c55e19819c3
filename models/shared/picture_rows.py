"""Rows that have a picture, of any table, and the files of all of them."""

from collections.abc import Iterator
from typing import Any

from models.shared.database import database
from models.shared.history.kept_pictures import kept_pictures
from models.shared.loading import all_models
from models.shared.old_pictures import name_field, picture_fields
from models.shared.picture import file_names, pictures_with_file
from models.shared.picture_field import PictureField
from models.shared.rows import BaseModel
from models.shared.viewers import Viewer, seen_rows


def all_pictures() -> Iterator[PictureField]:
    """The pictures that any row may have."""
    for model in all_models():
        yield from picture_fields(model)


def rows_with(field: PictureField) -> Any:
    """The rows whose pictures may be seen: a class may leave some out."""
    model: Any = field.model
    return getattr(model, "pictured", model.select)()


def all_files() -> list[str]:
    """The names of all files that rows have, thumbnails too; of rows as they once were, the history knows them."""
    names = [name for name in map(name_field, all_pictures()) if has_column(name)]
    rows = [name.model.select(name).where(name.is_null(False)).tuples() for name in names]
    now = {name for found in rows for (name,) in found}
    return [file for name in sorted(now | kept_pictures()) for file in file_names(name)]


def has_column(field: Any) -> bool:
    """Whether the table has it already: it may be older than its class."""
    return field.column_name in [column.name for column in database.get_columns(field.model._meta.table_name)]


def row_with_file(name: str, viewer: Viewer) -> BaseModel | None:
    """The row to which the file `name` belongs, as its picture or its thumbnail; None when `viewer` does not see it."""
    pictures = pictures_with_file(name)
    for field in all_pictures() if pictures else ():
        row: BaseModel | None = seen_rows(rows_with(field).where(name_field(field).in_(pictures)), viewer).first()
        if row:
            return row
    return None
