"""Where the files of pictures are kept: in a folder. `object_storage.py` has another kind, with the same methods."""

import errno
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import BinaryIO

from peewee import Proxy

from models.shared.ownership import FILE, give_to_owner, make_private_folder
from models.shared.start_errors import Unusable
from models.shared.unavailable import FULL
from models.shared.writable import has_room, may_write

UNREACHABLE = "The pictures cannot be reached just now. Please try again in a moment."
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)

storage = Proxy()  # bound late, like the database
# What stands before each URL, as where the site is below another one. Whoever answers a request says it.
url_prefix: ContextVar[str] = ContextVar("url_prefix", default="")


class StorageFailed(Exception):
    """A file could not be kept or read: the disk is full, or the folder must not be written."""


class DiskFull(StorageFailed):
    """There is no room for a file; the message says so."""


class StorageUnreachable(StorageFailed, Unusable):
    """The machine that has the files does not answer, or not to us; a note says why, for the log alone."""

    def __init__(self, reason: str) -> None:
        super().__init__(UNREACHABLE)
        self.add_note(reason)


class Folder:
    """Files in one folder, each under the name it was given. StorageFailed when the disk will not have it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def put(self, name: str, content: bytes) -> None:
        """Keep `content`. Afterwards it is there whole, also after a power cut, or not at all."""
        unfinished = self.path / f"{name}.part"
        try:
            self.make()
            write_through(unfinished, content)
            unfinished.rename(self.path / name)
            flush(self.path)
        except OSError as error:
            with suppress(OSError):  # it is swept up later
                unfinished.unlink()
            if error.errno in NO_ROOM:
                raise DiskFull(FULL) from error
            raise StorageFailed(name) from error

    def replace(self, name: str, content: bytes) -> None:
        """The same where there may be a file of that name that is damaged."""
        self.delete(f"{name}.part")  # of somebody who was killed
        self.put(name, content)

    def open(self, name: str) -> BinaryIO:
        """The file, to be read and closed. FileNotFoundError when there is none."""
        try:
            return (self.path / name).open("rb")
        except FileNotFoundError:
            raise
        except OSError as error:
            raise StorageFailed(name) from error

    def delete(self, name: str) -> None:
        """Remove the file, if it is there."""
        try:
            (self.path / name).unlink(missing_ok=True)
        except OSError as error:
            raise StorageFailed(name) from error

    def url(self, name: str) -> str:
        """Where a browser finds the file."""
        return f"{url_prefix.get()}/uploads/{name}"

    def names(self, older_than: float = 0) -> Iterator[str]:
        """All files, those left half-written too, that have been there for so many seconds."""
        if not self.path.exists():
            return
        newest = time.time() - older_than
        files = [file for file in self.path.iterdir() if file.is_file()]
        yield from sorted(file.name for file in files if file.stat().st_mtime <= newest)

    def hold(self, names: Iterable[str], place: Path) -> None:
        """Have these files in the folder `place` too, where they stay; one that is not there is left out.

        A second name costs no room on the same disk; where the file system has none, it is a copy.
        """
        for name in names:
            with suppress(FileNotFoundError):
                try:
                    os.link(self.path / name, place / name)
                except FileNotFoundError:
                    raise
                except OSError:
                    shutil.copyfile(self.path / name, place / name)

    def last_change(self) -> int:
        """Another number when there may be new names."""
        try:
            return self.path.stat().st_mtime_ns
        except FileNotFoundError:
            return 0  # no picture has ever been kept

    def beside(self, name: str) -> Path:
        """Where else something is kept on this machine."""
        return self.path.with_name(name)

    @property
    def on_disk(self) -> list[Path]:
        """The folders that it writes to, those too that are made when they are needed."""
        return [self.path.parent, self.path]

    @property
    def lent(self) -> str:
        """The folder that another process may read; nothing where there is none."""
        return str(self.path.absolute())

    def state(self) -> dict[str, str]:
        """What `/health` says of the pictures, where all else goes on without them."""
        return {}

    def require_writable(self) -> None:
        """StorageFailed when no file could be kept now; it is cheap, and writes nothing."""
        if not self.path.parent.exists():
            raise StorageFailed(self.path.name)
        there = self.path if self.path.exists() else self.path.parent
        if not may_write(there):
            raise StorageFailed(self.path.name)
        if not self.has_room():
            raise DiskFull(FULL)

    def has_room(self) -> bool:
        """Whether something could be kept, as far as the disk is concerned."""
        return has_room(self.path if self.path.exists() else self.path.parent)

    def make(self) -> None:
        """Make the folder, when it is not there."""
        if not self.path.exists():
            make_private_folder(self.path)
            flush(self.path.parent)


@contextmanager
def full_disk_in_words() -> Iterator[None]:
    """DiskFull for a file that is written here and has no room."""
    try:
        yield
    except OSError as error:
        if error.errno in NO_ROOM:
            raise DiskFull(FULL) from error
        raise


def write_through(path: Path, content: bytes) -> None:
    """Write a new file, and wait until the disk has it."""
    path.touch(FILE, exist_ok=False)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    give_to_owner(path)


def flush(folder: Path) -> None:
    """Wait until the disk has the names in `folder`. Windows cannot be asked to."""
    if os.name == "posix":
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
