"""Whether the data can be written: found at the start and told to whoever runs the site, not to its users."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from models.shared.start_errors import Unusable

LEAST_ROOM = 256 * 1024  # bytes; with less the disk is as good as full
BESIDE = ("", "-wal", "-shm", "-journal")  # what SQLite keeps beside its file


def check_writable(uploads: list[Path], database: Path | None) -> None:
    """Unusable, with the path, its owner and what would help, when we may not write one of them."""
    for path in paths_to_write(uploads, database):
        if not may_write(path):
            raise Unusable(f"{path} cannot be written: {reason(path)}")


def paths_to_write(uploads: list[Path], database: Path | None) -> Iterator[Path]:
    """All that the site writes and that is there: a folder before what is in it. A server has no database file."""
    files = [database.with_name(database.name + end) for end in BESIDE] if database else []
    folders = [database.parent] if database else []
    yield from (path for path in (*uploads[:1], *folders, *files, *uploads[1:]) if path.exists())


def may_write(path: Path) -> bool:
    """Whether the system lets this process write there; of a folder, also whether it can be entered and read."""
    how = os.R_OK | os.W_OK | (os.X_OK if path.is_dir() else 0)
    return os.access(path, how, effective_ids=os.access in os.supports_effective_ids)


def reason(path: Path) -> str:
    """Why not, and what to do."""
    if not hasattr(os, "geteuid"):
        return "the system does not let us"
    if is_read_only(path):
        return "its disk is mounted read-only; mount it so that it can be written"
    owner, me = path.stat().st_uid, os.geteuid()
    if owner == me:
        return f"it belongs to {user_name(me)}, and its mode is {path.stat().st_mode & 0o777:o}: chmod -R u+rwX {path}"
    return (
        f"it belongs to {user_name(owner)}, and the site runs as {user_name(me)}: sudo chown -R {user_name(me)} {path}"
    )


def is_read_only(path: Path) -> bool:
    """Whether nobody may write on this disk."""
    return bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def user_name(number: int) -> str:
    """A user's name, or the number when there is none."""
    from pwd import getpwuid  # Windows has none, nor such owners

    with suppress(KeyError):
        return getpwuid(number).pw_name
    return str(number)


def has_room(folder: Path, size: int = 0) -> bool:
    """Whether so many bytes are free for us, and some to spare. A disk that does not say how large it is has room."""
    if not hasattr(os, "statvfs"):
        return True
    disk = os.statvfs(folder)
    blocks = disk.f_bfree if os.geteuid() == 0 else disk.f_bavail
    return disk.f_blocks == 0 or blocks * disk.f_frsize >= size + LEAST_ROOM
