"""What is kept before a reset: a copy of the rows, and their pictures."""

import shlex
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from models.shared.database import database, is_sqlite
from models.shared.live_copy import copy_live
from models.shared.ownership import make_private_file, make_private_folder
from models.shared.storage import Folder, StorageFailed, flush, storage

COPY_BACK = "python -m models copy-pictures"  # where the pictures are in no folder


def unused_path(folder: Path) -> Path:
    """A name from the time of day: no two resets share one."""
    now = datetime.now()
    while (path := folder / f"{now:%Y%m%d-%H%M%S}.db").exists():
        now += timedelta(seconds=1)
    return path


def back_up(copy: Path) -> None:
    """Copy the live SQLite database to `copy`, for its owner's eyes only."""
    make_private_folder(copy.parent)
    unfinished = copy.with_suffix(".part")
    make_private_file(unfinished)
    try:
        copy_live(database.database, unfinished)  # which sees what is committed, also while we hold the lock to write
        unfinished.rename(copy)
        flush(copy.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def tell_what_is_kept(copy: Path, old_files: list[str]) -> None:
    """Say where the rows and the pictures of before are; these are moved there first."""
    old_uploads = copy.with_name(f"{copy.stem}-uploads")
    if old_files:
        keep_pictures(old_files, old_uploads)
    if is_sqlite():
        print(f"The old rows are in {copy}. To go back, stop the server, then:")
        print(f"  {way_back(copy, old_uploads)}")


def keep_pictures(old_files: list[str], folder: Path) -> None:
    try:
        move_files(old_files, folder)
    except (StorageFailed, OSError) as error:
        print(f"Some old pictures are still among the new ones, as they could not be moved: {error}")
    else:
        print(f"The old pictures are in {folder}.")


def move_files(names: list[str], folder: Path) -> None:
    """Move files out of the storage to a `folder` for its owner's eyes only. Each is there before it goes here."""
    make_private_folder(folder.parent)
    make_private_folder(folder)
    target = Folder(folder)
    for name in names:
        with suppress(FileNotFoundError):
            with storage.open(name) as file:
                target.put(name, file.read())
            storage.delete(name)


def way_back(copy: Path, uploads: Path) -> str:
    """The line for a shell that brings back the rows of `copy`, and the pictures in `uploads` if there are any."""
    target = shlex.quote(database.database)
    line = f"rm -f {target}-wal {target}-shm && cp {shlex.quote(str(copy))} {target}"
    if uploads.exists() and any(uploads.iterdir()):
        old = shlex.quote(str(uploads))
        line += f" && cp {old}/* {shlex.quote(storage.lent)}" if storage.lent else f" && {COPY_BACK} {old}"
    return line
