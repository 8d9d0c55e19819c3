"""What is there before a restore is set aside: nothing is lost by it, and it can be brought back."""

import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from models.shared.backup.held_pictures import HeldPictures
from models.shared.backup.kept import MOMENT_FORM
from models.shared.backup.making import write_aside
from models.shared.backup.manifest import moment_now
from models.shared.backup.postgresql_copy import postgresql_facts
from models.shared.backup.rows_copy import SQLITE_FILE, RowsCopy, postgresql_lines
from models.shared.backup.sqlite_copy import MOST_FAULTS, sqlite_facts
from models.shared.backup.unfinished import require_new, work_folder
from models.shared.database import database
from models.shared.live_copy import copy_live
from models.shared.start_errors import Unusable
from models.shared.storage import flush
from models.shared.writable import BESIDE


def aside_name(folder: Path) -> Path:
    """Of a file that is not there yet."""
    stamp = moment_now().strftime(MOMENT_FORM)
    number = 0
    while (path := folder / f"before-{stamp}Z{f'-{number}' * bool(number)}.db").exists() or zip_of(path).exists():
        number += 1
    return path


def zip_of(copy: Path) -> Path:
    """The backup that is made of a copy of the rows."""
    return copy.with_suffix(".zip")


def set_rows_aside(copy: Path) -> None:
    """The rows of now, as a file that is on the disk."""
    part = copy.with_name(f"{copy.name}.part")
    part.unlink(missing_ok=True)
    copy_live(database.database, part)
    part.rename(copy)
    flush(copy.parent)


def finish_asides(folder: Path, version: str) -> None:
    """Of each copy a backup with its pictures, in its place; one that is damaged stays as it is."""
    for copy in sorted(folder.glob("before-*.db")):
        with suppress(Unusable):
            finish_aside(copy, version)


def finish_aside(copy: Path, version: str) -> Path:
    """A backup of the rows of `copy` and their pictures, which are all there yet."""
    path = zip_of(copy)
    require_new(path)
    with work_folder(path) as work:
        pictures = HeldPictures(work / "uploads")
        pictures.hold()
        rows = RowsCopy(moment_now().isoformat(), "sqlite", SQLITE_FILE, sqlite_facts(copy), {SQLITE_FILE: copy})
        write_aside(path, rows, pictures, version)
    copy.unlink()
    return path


def set_server_aside(path: Path, version: str) -> None:
    """The rows of now and their pictures as a backup, in a transaction in which nobody else can write."""
    with work_folder(path) as work:
        pictures = HeldPictures(work / "uploads")
        pictures.hold()
        rows = postgresql_lines(work, moment_now().isoformat(), postgresql_facts())
        write_aside(path, rows, pictures, version)


def is_damaged(path: Path) -> bool:
    """Whether SQLite cannot read all of the file that is there."""
    if not path.exists() or not path.stat().st_size:
        return False
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as connection:
            return connection.execute(f"PRAGMA integrity_check({MOST_FAULTS})").fetchall() != [("ok",)]
    except sqlite3.DatabaseError as error:
        return error.sqlite_errorname.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT"))


def move_damaged(path: Path, folder: Path) -> Path:
    """Put a file that cannot be read, and what SQLite keeps beside it, into a new folder."""
    place = aside_name(folder).with_suffix("")
    place = place.with_name(place.name.replace("before", "damaged"))
    place.mkdir(0o700)
    for end in BESIDE:
        file = path.with_name(path.name + end)
        if file.exists():
            shutil.move(file, place / file.name)
    return place
