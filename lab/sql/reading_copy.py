"""The copy of the database that is read: without secrets, and made anew when somebody has written."""

import atexit
import os
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Hashable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from peewee import PeeweeException

from lab.sql.blanks import blank_copy
from lab.sql.secret_columns import secrets_of_site
from lab.sql.words import COPY_FULL
from models.shared.database import database
from models.shared.live_copy import copy_live
from models.shared.version import current_version
from models.shared.writable import has_room

SQL_FOLDER = "portfolio-sql-"  # behind it stands the number of the process


class NoCopy(Exception):
    """There is none; the message says why."""


class Copy(NamedTuple):
    """A folder with the copy in it, and the columns of each table that held secrets."""

    folder: Path
    secrets: dict[str, list[str]]

    @property
    def path(self) -> Path:
        """Its file."""
        return self.folder / "copy.db"


class ReadingCopy:
    """One for each site. Whoever uses a copy keeps it, also when there is a newer one."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.version: Hashable = None
        self.newest: Copy | None = None
        self.users: Counter[Path] = Counter()  # how many use the copy in that folder
        atexit.register(self.forget)

    @contextmanager
    def in_use(self) -> Iterator[Copy]:
        """The copy of now. NoCopy when there is none to have."""
        with self.lock:
            copy = self.current()
            self.users[copy.folder] += 1
        try:
            yield copy
        finally:
            with self.lock:
                self.users[copy.folder] -= 1
                self.let_go(copy)

    def current(self) -> Copy:
        """One that is as the database is."""
        version = database.database, current_version()
        if self.newest and version == self.version and version[1] is not None and self.newest.path.exists():
            return self.newest
        made, old = new_copy(), self.newest
        self.newest, self.version = made, version
        if old:
            self.let_go(old)
        return made

    def forget(self) -> None:
        """Keep none, until the next question."""
        with self.lock:
            old, self.newest = self.newest, None
            if old:
                self.let_go(old)

    def let_go(self, copy: Copy) -> None:
        """Remove it when it is an old one, and nobody uses it."""
        if copy != self.newest and not self.users[copy.folder]:
            del self.users[copy.folder]
            shutil.rmtree(copy.folder, ignore_errors=True)


def new_copy() -> Copy:
    """Another copy. NoCopy, and no folder, when that cannot be."""
    try:
        sweep_sql_folders()
        folder = sql_folder()
    except OSError as error:
        raise NoCopy(f"There is no place for the copy: {error.strerror}.") from None
    try:
        if not has_room(folder, 3 * Path(database.database).stat().st_size):
            raise NoCopy(COPY_FULL)
        copy_live(database.database, folder / "secrets.db")
        secrets = blank_copy(folder / "secrets.db", folder / "copy.db", secrets_of_site)
        (folder / "secrets.db").unlink()
    except BaseException as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, PeeweeException | sqlite3.Error | OSError):
            is_full = "full" in str(error) or "No space" in str(error)
            raise NoCopy(COPY_FULL if is_full else "A copy of the database cannot be made just now.") from error
        raise
    return Copy(folder, secrets)


def sql_folder() -> Path:
    """A new one, which only this process knows."""
    return Path(tempfile.mkdtemp(prefix=f"{SQL_FOLDER}{os.getpid()}-"))


def sweep_sql_folders() -> None:
    """Remove those of a site that was killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{SQL_FOLDER}*"):
        number = folder.name.removeprefix(SQL_FOLDER).partition("-")[0]
        if number.isdigit() and not is_running(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


def is_running(number: int) -> bool:
    """Whether there is such a process. Where the system does not say, there is."""
    if os.name != "posix":
        return True
    with suppress(PermissionError):
        try:
            os.kill(number, 0)
        except ProcessLookupError:
            return False
    return True
