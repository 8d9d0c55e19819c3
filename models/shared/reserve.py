"""Room that is kept for deleting: on a full disk a deletion needs some too, and nothing else would free any."""

import os
from contextlib import suppress
from pathlib import Path

from models.shared.ownership import make_private_file
from models.shared.writable import has_room

RESERVE_FILE = ".reserve"
RESERVE_BYTES = 1024 * 1024  # what deleting somebody with all posts writes, and more


def make_room(folder: Path) -> None:
    """Before a deletion: give the reserve away when the disk is full, else see that there is one."""
    with suppress(OSError):
        reserve = folder / RESERVE_FILE
        if not has_room(folder):
            reserve.unlink(missing_ok=True)
        elif has_room(folder, 2 * RESERVE_BYTES) and not reserve.exists():
            make_private_file(reserve)
            with reserve.open("r+b") as file:
                take(file.fileno())


def take(number: int) -> None:
    """Let the disk set the room aside for this file."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(number, 0, RESERVE_BYTES)
    else:
        os.write(number, bytes(RESERVE_BYTES))
