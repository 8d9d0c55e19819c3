"""The pictures of a backup come back before their rows, and the others go after them."""

from hashlib import sha256

from models.shared.backup.archive import Archive
from models.shared.database import database
from models.shared.live_copy import Told
from models.shared.picture_rows import all_files
from models.shared.start_errors import Unusable
from models.shared.storage import storage


def put_pictures(archive: Archive, told: Told) -> None:
    """The files that are not there, or not as they were. They come before their rows."""
    pictures = archive.manifest.pictures
    for number, name in enumerate(pictures, start=1):
        if not is_there_whole(name, *archive.manifest.files[f"uploads/{name}"]):
            storage.replace(name, b"".join(archive.pieces(f"uploads/{name}")))
        told(number, len(pictures))


def is_there_whole(name: str, size: int, digest: str) -> bool:
    """Whether there is such a file, with this content."""
    try:
        with storage.open(name) as file:
            content = file.read(size + 1)
    except FileNotFoundError:
        return False
    return sha256(content).hexdigest() == digest


def require_pictures(archive: Archive) -> None:
    """Unusable when a file of a picture is gone that has just come."""
    lost = sorted(set(archive.manifest.pictures).difference(storage.names()))
    if lost:
        raise Unusable(f"{lost[0]} could not be kept; nothing was changed")


def remove_unnamed(files: list[str]) -> None:
    """Those of these files of pictures that no row names any more."""
    with database.connection_context():
        for name in set(files).difference(all_files()):
            storage.delete(name)
