"""What is being made: beside its place, and gone when it comes to nothing."""

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from peewee import PeeweeException

from models.shared.ownership import make_private_folder
from models.shared.start_errors import Unusable
from models.shared.storage import NO_ROOM, DiskFull, StorageFailed
from models.shared.unavailable import FULL


def require_new(path: Path) -> None:
    """Unusable when there is such a file already, or no folder for it."""
    if path.exists():
        raise Unusable(f"{path} is there already: name another file")
    if not path.parent.is_dir():
        raise Unusable(f"There is no folder {path.parent}")


@contextmanager
def work_folder(path: Path) -> Iterator[Path]:
    """A new folder beside `path`, which is gone afterwards."""
    work = path.with_name(f"{path.name}.work")
    shutil.rmtree(work, ignore_errors=True)
    make_private_folder(work)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def remove_unfinished(folder: Path) -> None:
    """What somebody has left who was killed. Nobody else is at work in this folder."""
    for path in (*folder.glob("*.zip.part"), *folder.glob("*.zip.work"), *folder.glob("before-*.db.part")):
        with suppress(OSError):
            take_away(path)


def take_away(path: Path) -> None:
    """A file or a folder, if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def failures_in_words(place: Path) -> Iterator[None]:
    """What the disk or the database says against it becomes Unusable."""
    try:
        yield
    except Unusable:
        raise
    except StorageFailed as error:
        raise Unusable(FULL if isinstance(error, DiskFull) else f"The picture {error} cannot be kept") from error
    except (PeeweeException, sqlite3.Error) as error:
        raise Unusable(str(error).splitlines()[0]) from error
    except OSError as error:
        full = error.errno in (*NO_ROOM, errno.EFBIG)
        reason = FULL if full else f"{error.filename or place} cannot be used: {error.strerror or error}"
        raise Unusable(reason) from error
