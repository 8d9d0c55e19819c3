"""A person's own data as one file: a zip of JSON and pictures. It is made on the disk, then sent."""

import shutil
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from typing import IO, Any

from bottle import HTTPResponse
from peewee import chunked

from models.shared.exchange.outgoing import write_objects
from models.shared.fields import utc_now, utc_text
from models.shared.history.kept_pictures import pictures_in
from models.shared.history.reading import changes_of_rows
from models.shared.old_pictures import name_field, picture_fields
from models.shared.picture import file_names
from models.shared.storage import full_disk_in_words, storage
from models.shared.values import to_json
from models.user import User
from routes.shared.exchange.downloads import EXCHANGING, IN_MEMORY, sent_as_file
from routes.shared.own_data.person_history import history_of_person, parts_of_person
from routes.shared.own_data.person_rows import rows_of_person

ABOUT_FILE = """What this site knew of {user} ({uid}, user {id}) on {now} (UTC).

rows/      a file for each table: the rows that are yours, or tell of you. Passwords and keys are not
           kept in a form that anybody could read, and are not in here.
uploads/   your pictures, under the names that the rows have in image_name or the like
history.json   what was done: by you, and by others to your rows; what a value was before, and afterwards

Backups, and copies that serve the search, have the same values once more, and no others.
"""


def own_data_as_file(user: User) -> HTTPResponse:
    """All of it, for whoever it is of."""
    from tempfile import SpooledTemporaryFile  # which no start needs, nor the next one
    from zipfile import ZIP_DEFLATED, ZipFile

    with EXCHANGING.place(), full_disk_in_words(), ExitStack() as stack:
        file: Any = stack.enter_context(SpooledTemporaryFile(IN_MEMORY))
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            pack_own_data(user, lambda name: archive.open(name, "w"))
        stack.pop_all()  # it is closed when it has been sent
    return sent_as_file(file, f"account-{user.id}", "zip")


def pack_own_data(user: User, new_file: Callable[[str], IO[bytes]]) -> None:
    """Put each file into the archive that is open for them."""
    there: list[tuple[str, int]] = []
    pictures: set[str] = set()
    with new_file("about.txt") as file:
        words = ABOUT_FILE.format(user=user, uid=user.uid, id=user.id, now=utc_text(utc_now()))
        file.write(words.encode(errors="replace"))
    for model, rows in rows_of_person(user):
        names = [name_field(field).name for field in picture_fields(model)]
        with new_file(f"rows/{model._meta.table_name}.json") as file:
            write_objects(file, map(values_of_own, noted(rows.iterator(), names, pictures, there, user)))
    parts = parts_of_person(user, there)
    with new_file("history.json") as file:
        write_objects(file, history_of_person(user, parts))
    for some in chunked(parts, 500):
        pictures.update(pictures_in(changes_of_rows(some)))
    for name in sorted(name for name in pictures if file_names(name)):
        with suppress(FileNotFoundError), storage.open(name) as source, new_file(f"uploads/{name}") as file:
            shutil.copyfileobj(source, file)


def noted(
    rows: Iterable[Any], names: list[str], pictures: set[str], there: list[tuple[str, int]], user: User
) -> Iterable[Any]:
    """The same rows; what their pictures are called is put down, and which of them are the person's own."""
    for row in rows:
        if row.owner_id == user.id:
            there.append((row._meta.table_name, row.id))
        pictures.update(name for name in (row.__data__.get(each) for each in names) if name)
        yield row


def values_of_own(row: Any) -> dict[str, Any]:
    """All columns but secrets. What cannot be read is there as it is."""
    fields = [field for field in row._meta.sorted_fields if field.name not in row.secrets]
    values = {field.name: to_json(field, row.__data__.get(field.name)) for field in fields}
    return values | row.unreadable
