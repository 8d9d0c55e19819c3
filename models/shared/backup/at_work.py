"""One backup or restore at a time, over all processes: a lock that ends with the process, however that ends."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.shared.ownership import make_private_file
from models.shared.start_errors import Unusable

LOCK_FILE = ".lock"


class UnderWay(Unusable):
    """Somebody else is at it."""


@contextmanager
def alone_at_work(folder: Path) -> Iterator[None]:
    """Nobody else makes or brings back a backup with this folder. UnderWay when somebody does just now."""
    make_private_file(folder / LOCK_FILE)
    with (folder / LOCK_FILE).open("r+b") as file:
        try:
            take_lock(file.fileno())
        except OSError:
            raise UnderWay("Another backup or restore is under way: try again when it is done") from None
        yield


if sys.platform == "win32":
    import msvcrt

    def take_lock(number: int) -> None:
        """OSError when another process has it."""
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def take_lock(number: int) -> None:
        """OSError when another process has it."""
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
