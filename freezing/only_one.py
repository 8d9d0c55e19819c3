"""One freeze at a time in a folder, or for a link: a lock that ends with the process, however that ends."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO

from freezing.failed import FreezeFailed
from freezing.target import Target
from models.shared.backup.at_work import take_lock


@contextmanager
def only_one(target: Target) -> Iterator[None]:
    """FreezeFailed when another freeze is at work there. No lock stays behind, nor a folder that was made for it."""
    target.require_ours()
    is_new = not target.path.exists()
    with held_lock(target) as file:
        try:
            yield
        finally:
            if is_the_one(file, target):
                with suppress(OSError):  # Windows removes no file that is open
                    target.lock.unlink()
            if is_new:
                for folder in (target.own, target.path):
                    with suppress(OSError):  # it has something in it by now
                        folder.rmdir()


@contextmanager
def held_lock(target: Target) -> Iterator[FileIO]:
    """The file of the lock. Whoever had it before may just have removed it: then the next one is taken."""
    while True:
        target.lock.parent.mkdir(parents=True, exist_ok=True)
        with target.lock.open("wb", buffering=0) as file:
            try:
                take_lock(file.fileno())
            except OSError:
                raise FreezeFailed(f"Another freeze is at work in {target.path}.") from None
            if is_the_one(file, target):
                yield file
                return


def is_the_one(file: FileIO, target: Target) -> bool:
    """Whether the file is the one that others find."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), target.lock.stat())
    except FileNotFoundError:
        return False
