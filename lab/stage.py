"""Where a request is rehearsed: a copy of the database and of the pictures, and nothing else may be written."""

import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

from models.shared.storage import Folder

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# What Python tells before it is done; the arguments are paths.
IN_FOLDERS = {f"os.{name}" for name in "remove rename rmdir mkdir link symlink chmod chown utime".split()}
CHANGES_FILES = {*IN_FOLDERS, "os.truncate", "os.setxattr"}
LEAVES = (
    *("subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "os.kill"),
    *("socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind"),
)


class OutsideOfCopy(PermissionError):
    """A rehearsal may not do that."""


class LentFolder(Folder):
    """The pictures of the site, which are only read, and beside them what a rehearsal makes of them.

    Those that are in no folder (`lent` is empty) are missing here, as no other machine may be asked.
    """

    def __init__(self, path: Path, lent: str) -> None:
        super().__init__(path)
        self.live = Folder(Path(lent or path))
        self.is_elsewhere = not lent
        self.gone: set[str] = set()

    def put(self, name: str, content: bytes) -> None:
        """As Folder's."""
        super().put(name, content)
        self.gone.discard(name)

    def open(self, name: str) -> BinaryIO:
        """As Folder's."""
        if name in self.gone:
            raise FileNotFoundError(name)
        return super().open(name) if (self.path / name).exists() else self.live.open(name)

    def delete(self, name: str) -> None:
        """As Folder's; one of the site's is only gone from here."""
        is_own = (self.path / name).exists()
        super().delete(name)
        if not is_own and (self.is_elsewhere or (self.live.path / name).exists()):
            self.gone.add(name)

    def names(self, older_than: float = 0) -> Iterator[str]:
        """As Folder's."""
        yield from sorted({*super().names(older_than), *self.live.names(older_than)} - self.gone)


def hold_back(place: Path) -> None:
    """From here on this process writes below `place` only, asks no other machine, and starts nothing."""
    tempfile.tempdir = str(place)
    own = os.path.realpath(place) + os.sep

    def is_own(path: Any) -> bool:
        if isinstance(path, int):
            return True  # it is open already
        return f"{os.path.realpath(os.fsdecode(path))}{os.sep}".startswith(own) or os.fsdecode(path) == os.devnull

    def heard(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            is_written = bool(flags & WRITING) if flags else bool(mode) and not set(mode).isdisjoint("wax+")
            wrong = [path] if is_written and not is_own(path) else []
        elif event == "sqlite3.connect":
            wrong = [each for each in arguments[:1] if not (each == ":memory:" or is_own(file_of_database(each)))]
        elif event in CHANGES_FILES:
            folder = folder_of(arguments[-1]) if event in IN_FOLDERS else ""
            paths = [os.path.join(folder, os.fsdecode(each)) for each in arguments if is_path(each)]  # noqa: PTH118
            wrong = [each for each in paths if not is_own(each)]
        else:
            wrong = [event] if event.startswith(LEAVES) else []
        if wrong:
            raise OutsideOfCopy(f"A rehearsal writes only in its own copy, and starts nothing: {event} {wrong[0]}")

    sys.addaudithook(heard)


def is_path(value: Any) -> bool:
    """Whether it names a file."""
    return isinstance(value, str | bytes | os.PathLike)


def folder_of(number: Any) -> str:
    """The folder that is open under this number, in which a name is looked for; nothing for the usual one."""
    link = f"/proc/self/fd/{number}"
    return os.readlink(link) if isinstance(number, int) and number >= 0 and os.path.lexists(link) else ""  # noqa: PTH115


def keep_to_one_file(bound: Any) -> None:
    """Have no connection of this database reach another file by SQL."""
    hooks = bound._add_conn_hooks

    def keep(connection: sqlite3.Connection) -> None:
        hooks(connection)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)

    bound._add_conn_hooks = keep


def file_of_database(name: Any) -> Any:
    """The file that `sqlite3.connect` is asked for, by its path or by a URI."""
    text = os.fsdecode(name)
    return unquote(urlsplit(text).path) if text.startswith("file:") else text
