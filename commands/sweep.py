"""`python -m models sweep`: rows without their user or file, files without a row, what cannot be read."""

from argparse import Namespace
from collections.abc import Iterator

from peewee import JOIN, ForeignKeyField

from models.shared.database import database
from models.shared.fields import label_of
from models.shared.loading import all_models
from models.shared.old_pictures import name_field
from models.shared.picture import file_names
from models.shared.picture_field import PictureField
from models.shared.picture_rows import all_files, all_pictures, rows_with
from models.shared.rows import BaseModel
from models.shared.storage import StorageFailed, storage

WAIT_SECONDS = 60 * 60  # a younger file may belong to a row that is about to be written


def run(options: Namespace) -> None:
    nothing = True
    try:
        for line in sweep(options.delete):
            nothing = False
            print(line)
    except StorageFailed as error:
        raise SystemExit(f"Stopped, as this file cannot be removed: {error}") from None
    tell_unreadable()
    if nothing:
        print("Nothing has been left behind; files of the last hour were not looked at.")
    elif options.delete:
        print("All this was removed.")
    else:
        print("To remove all this: python -m models sweep --delete")


def tell_unreadable() -> None:
    """How such a value is mended, its person decides, so nothing is removed."""
    lines = list(unreadable_values())
    print(*lines, sep="\n", end="\n" * bool(lines))
    if lines:
        print("What cannot be read stays as it is: give it a right value, on the row's page or in SQL.")


def unreadable_values() -> Iterator[str]:
    """A line for each value that its column cannot hold, and for each that is missing where one must be."""
    for model in all_models():
        required = [field.name for field in model._meta.sorted_fields if not field.null]
        for row in model.select().order_by(model.id).iterator():
            name = f"{model._meta.table_name} {row.id}"
            yield from (f"{name}: the {field} cannot be read: {text!r}" for field, text in row.unreadable.items())
            missing = [field for field in required if row.__data__[field] is None and field not in row.unreadable]
            yield from (f"{name}: the {field} is missing" for field in missing)


def sweep(delete: bool) -> Iterator[str]:
    """Say what has been left behind, a line each; with `delete`, remove it first.

    A row without its file stays, without a picture.
    """
    for model in all_models():
        for field in model._meta.refs:
            if not field.null:
                yield from rows_without_parent(field, delete)
    for picture in all_pictures():
        yield from rows_without_file(picture, delete)
    yield from files_without_row(delete)


def rows_without_parent(field: ForeignKeyField, delete: bool) -> Iterator[str]:
    model, parent = field.model, field.rel_model.alias()  # a row may refer to one of its own table
    left_behind = model.select().join(parent, JOIN.LEFT_OUTER, on=(field == parent.id)).where(parent.id.is_null())
    for row in list(left_behind.order_by(model.id)):
        if delete:
            row.delete_instance(takes_all=True)
        yield f"{model._meta.table_name} {row.id}: the {field.name} is gone"


def rows_without_file(field: PictureField, delete: bool) -> Iterator[str]:
    name = name_field(field)
    rows = list(rows_with(field).where(name.is_null(False)).order_by(field.model.id))
    there = set(storage.names())  # looked for after the rows, as a file comes before its row
    for row in rows:
        if not has_files(getattr(row, name.name), there) and (not delete or lose_picture(row, field)):
            yield f"{field.model._meta.table_name} {row.id}: the {label_of(field).lower()} is missing"


def has_files(name: str, there: set[str]) -> bool:
    names = file_names(name)
    return bool(names) and there.issuperset(names)


def lose_picture(row: BaseModel, field: PictureField) -> bool:
    """Unless it has been given another one, or deleted, since it was looked at."""
    model, name = field.model, name_field(field)
    with database.atomic():
        now = model.get_or_none(model.id == row.id, name == getattr(row, name.name))
        if now:
            now.update(**{field.name: None})
        return bool(now)


def files_without_row(delete: bool) -> Iterator[str]:
    known = set(all_files())
    for name in storage.names(older_than=WAIT_SECONDS):
        if name not in known:
            if delete:
                storage.delete(name)
            yield f"{name}: no row has this file"
