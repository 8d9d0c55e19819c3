"""Makes a backup: written aside, looked through, and only then given its name."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from models.shared.backup.archive import Archive
from models.shared.backup.archive_writer import ArchiveWriter
from models.shared.backup.at_work import alone_at_work
from models.shared.backup.held_pictures import HeldPictures
from models.shared.backup.kept import remove_old, unused_name
from models.shared.backup.manifest import Manifest, moment_now
from models.shared.backup.rows_facts import Facts
from models.shared.backup.sqlite_copy import sqlite_facts
from models.shared.backup.unfinished import failures_in_words, remove_unfinished, require_new, work_folder
from models.shared.cores import on_any_core
from models.shared.database import database
from models.shared.live_copy import Told, copy_live, told_nobody
from models.shared.ownership import make_private_folder
from models.shared.storage import flush, storage
from models.shared.unavailable import FULL, Unavailable
from models.shared.writable import has_room

SQLITE_FILE = "database.sqlite"


def make_backup(version: str, folder: Path, target: Path | None = None, told: Told = told_nobody) -> Path:
    """All rows and pictures of one moment, as a new file in `folder`, or as `target`. Unusable, in words, if it fails.

    `version` is that of the program. In `folder` the old ones that are not kept are removed afterwards.
    """
    with ExitStack() as stack:
        stack.enter_context(failures_in_words(target or folder))
        make_private_folder(folder)
        stack.enter_context(alone_at_work(folder))
        stack.enter_context(on_any_core())
        remove_unfinished(folder)
        path = target or unused_name(folder, moment_now())
        require_new(path)
        write_aside(path, version, told)
        if not target:
            remove_old(folder, path)
        return path


def write_aside(path: Path, version: str, told: Told) -> Manifest:
    """Make the backup `path`, where no file may be."""
    part = path.with_name(f"{path.name}.part")
    with work_folder(path) as work:
        part.unlink(missing_ok=True)
        try:
            manifest = write_archive(part, work, version, told)
            with Archive(part) as made:
                made.check()
            require_new(path)
            part.rename(path)
            flush(path.parent)
        finally:
            part.unlink(missing_ok=True)
    return manifest


def write_archive(part: Path, work: Path, version: str, told: Told) -> Manifest:
    """The rows, then the pictures that they name, then what there is."""
    pictures = HeldPictures(storage.obj, work / "uploads")
    pictures.hold()  # before the rows, and again with each step: none can go meanwhile
    moment, facts, copy = copy_of_rows(work, pictures, told)
    return pack(part, copy, facts, pictures.place, version=version, engine="sqlite", made=moment)


def pack(part: Path, copy: Path, facts: Facts, pictures: Path, **about: Any) -> Manifest:
    """Put a copy of the rows and the pictures that they name into the new file `part`."""
    missing = [name for name in facts.files if not (pictures / name).exists()]
    with ArchiveWriter(part) as writer:
        with copy.open("rb") as source:
            writer.add(SQLITE_FILE, source, is_packed=True)
        for name in facts.files:
            if name not in missing:
                with (pictures / name).open("rb") as source:
                    writer.add(f"uploads/{name}", source)
        numbers: dict[str, Any] = {"tables": facts.tables, "sequences": facts.sequences}
        lists: dict[str, Any] = {"migrations": facts.migrations, "missing": missing}
        return writer.finish(Manifest(rows_in=SQLITE_FILE, **numbers, **lists, **about))


def copy_of_rows(work: Path, pictures: HeldPictures, told: Told) -> tuple[str, Facts, Path]:
    """When the copy was begun, what is in it, and where it is."""
    live, copy = Path(database.database), work / SQLITE_FILE
    if not has_room(work, live.stat().st_size * 2):
        raise Unavailable(FULL)  # before those who write have no room either
    moment = moment_now().isoformat()

    def after_step(done: int, in_all: int) -> None:
        pictures.hold()
        told(done, in_all)

    copy_live(database.database, copy, after_step)
    return moment, sqlite_facts(copy, "The database"), copy
