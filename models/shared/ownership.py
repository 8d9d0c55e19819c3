"""What is made in the folder of the data is for its owner's eyes only, and belongs to whoever owns the folder."""

import os
from contextlib import suppress
from pathlib import Path

FILE, FOLDER = 0o600, 0o700


def make_private_file(path: Path) -> None:
    """Make an empty file, unless it is there."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, FILE))
        give_to_owner(path)


def make_private_folder(path: Path) -> None:
    """Make a folder, unless it is there."""
    with suppress(FileExistsError):
        path.mkdir(FOLDER)
        give_to_owner(path)


def give_to_owner(path: Path) -> None:
    """What root made is given to the owner of the folder it is in. A shared folder may not have it, nor need it."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        folder = path.parent.stat()
        with suppress(OSError):
            os.chown(path, folder.st_uid, folder.st_gid)
