"""Files that somebody has sent and not confirmed yet: in a folder that all processes have, for an hour.

Its name is made from a key that only a page of that person has, from who they are, and from the table that it is for:
whoever lacks one of the three finds nothing.
"""

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from models.shared.exchange.sheet import Sheet
from models.shared.exchange.without_secrets import has_secrets, without_secrets
from models.shared.storage import Folder, storage
from models.shared.tokens import digest, new_token

MOST_OF_A_PERSON = 5
MOST_BYTES_WAITING = 256 * 1024 * 1024  # of all together
WAITING_SECONDS = 60 * 60
TAKEN = ".taken"


def waiting_folder() -> Folder:
    """Where they are."""
    return Folder(storage.beside("imports"))


def keep_waiting(content: bytes, sheet: Sheet, place: str, whose: str) -> str:
    """Keep a file for the table at `place`; the key to it. What its columns say are secrets is not written to the disk.

    The oldest of a person who has many goes, then the oldest of who has most.
    """
    if has_secrets(sheet):
        content = without_secrets(sheet)
    sweep_waiting()
    key, folder = new_token(), waiting_folder()
    make_room_for(len(content), whose)
    folder.put(name_of_waiting(key, place, whose), content)
    return key


def open_waiting(key: str, place: str, whose: str) -> BinaryIO:
    """The file, to be read and closed. FileNotFoundError when it waits no more."""
    sweep_waiting()
    return waiting_folder().open(name_of_waiting(key, place, whose))


def forget_waiting(key: str, place: str, whose: str) -> None:
    """It is not wanted any more, or has come in."""
    waiting_folder().delete(name_of_waiting(key, place, whose))


def forget_all_waiting(whose: str) -> None:
    """Whatever a person has sent is not wanted any more."""
    folder = waiting_folder()
    for name in folder.names():
        if name.startswith(start_of_names(whose)):
            folder.delete(name)


def of_person(user_id: int) -> str:
    """Whose a file of somebody with an account is."""
    return f"user {user_id}"


@contextmanager
def taken_once(key: str, place: str, whose: str) -> Iterator[None]:
    """Of two who bring in the same file at once, one finds it: FileNotFoundError for the other. It waits again when
    what is done here fails."""
    path = waiting_folder().path / name_of_waiting(key, place, whose)
    taken = path.with_name(path.name + TAKEN)
    path.rename(taken)
    try:
        yield
    except BaseException:
        taken.rename(path)
        raise
    taken.unlink(missing_ok=True)


def sweep_waiting() -> None:
    """Remove those that have waited long enough."""
    folder = waiting_folder()
    for name in folder.names(WAITING_SECONDS):
        folder.delete(name)


def make_room_for(size: int, whose: str) -> None:
    """Remove the oldest of theirs when they have many, and of those who have most when all are too large."""
    folder = waiting_folder()
    files = sorted(folder.path.iterdir(), key=age) if folder.path.exists() else []
    own = [file for file in files if file.name.startswith(start_of_names(whose))]
    for file in own[MOST_OF_A_PERSON - 1 :]:
        folder.delete(file.name)
        files.remove(file)
    while files and sum(map(size_of_file, files)) + size > MOST_BYTES_WAITING:
        by_person = defaultdict(list)
        for file in files:
            by_person[file.name.partition("-")[0]].append(file)
        oldest = max(by_person.values(), key=lambda each: sum(map(size_of_file, each)))[-1]
        folder.delete(oldest.name)
        files.remove(oldest)


def name_of_waiting(key: str, place: str, whose: str) -> str:
    """What the file is called."""
    return f"{start_of_names(whose)}{digest(f'{key} {place} {whose}')}"


def start_of_names(whose: str) -> str:
    """Of all files of one person."""
    return f"{digest(whose)[:16]}-"


def age(file: Path) -> float:
    """In seconds. A file that has just gone has none."""
    try:
        return time.time() - file.stat().st_mtime
    except FileNotFoundError:
        return 0


def size_of_file(file: Path) -> int:
    """In bytes. A file that has just gone has none."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0
