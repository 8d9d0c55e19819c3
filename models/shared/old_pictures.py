"""The pictures that rows let go of: their files go when no row has them any more."""

from functools import partial
from typing import Any

from models.shared.database import database
from models.shared.picture import remove_files
from models.shared.picture_field import PictureField
from models.shared.storage import storage
from models.shared.waiting import locked


def picture_fields(model: Any) -> list[PictureField]:
    """The pictures that a row of this model may have."""
    return [field for field in model.write_only.values() if isinstance(field, PictureField)]


def name_field(field: PictureField) -> Any:
    """The column that has the name of its file."""
    return field.model._meta.fields[f"{field.name}_name"]


def let_go_of_old_pictures(row: Any) -> None:
    """Of a row that is given others: their files go when the transaction has come to its end."""
    changed = [field for field in picture_fields(type(row)) if row.is_changed(name_field(field).name)]
    if changed:
        row.lock()  # of two new pictures at once, one would be left behind
        let_go_of_pictures(changed, type(row).id == row.id)


def let_go_of_pictures(fields: list[PictureField], where: Any) -> None:
    """Remove the files that these rows have now, when the transaction around this has come to its end.

    With a history they are kept: it removes them. But on a full disk, deleting must make room.
    """
    for field in fields if not (fields and fields[0].model.history and storage.has_room()) else ():
        name = name_field(field)
        rows = locked(field.model.select(name).where(where, name.is_null(False)))
        names = {row.__data__[name.name] for row in rows}
        if names:
            database.after_commit(partial(remove_unused, name, names))


def remove_unused(name: Any, names: set[str]) -> None:
    """Unless a row has them, as when the deletion was taken back in the end."""
    rows = name.model.select(name).where(name.in_(names))
    remove_files(*names.difference(row.__data__[name.name] for row in rows))
