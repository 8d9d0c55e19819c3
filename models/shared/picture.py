"""Pictures: whether a file is one is found out by decoding it, and what is kept of it is made anew."""

import re
import secrets
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from typing import Any

from models.shared.picture_decode import decoded
from models.shared.picture_formats import refuse_other_formats
from models.shared.picture_limits import LARGEST_FILE, Unfit
from models.shared.picture_write import as_seen, small, written
from models.shared.places import Places
from models.shared.storage import StorageFailed, storage

THUMBNAIL = 480  # pixels, the longer side at most
SQUARE = 256  # pixels, each side at most

FORMATS = {"JPEG": ".jpg", "MPO": ".jpg", "PNG": ".png", "GIF": ".gif"}  # MPO: a JPEG with a second picture behind it
MIME_TYPES = {".jpg": "image/jpeg", ".png": "image/png", ".gif": "image/gif"}
NAME = re.compile(r"([0-9a-f]{32})(\.jpg|\.png|\.gif)")

Size = tuple[int, int]
Part = tuple[float, float, float, float]  # left, top, right, bottom

DECODING = Places("Many pictures are being looked at just now.", seconds=30)  # a large one may take some


@dataclass(frozen=True)
class Picture:
    """A picture to be kept, and its thumbnail: `files` is {name: content}."""

    name: str
    width: int
    height: int
    files: dict[str, bytes]

    def keep(self) -> None:
        """Put the files into the storage: all of them or, with StorageFailed, none."""
        try:
            for name, content in self.files.items():
                storage.put(name, content)
        except StorageFailed:
            self.remove()
            raise

    def remove(self) -> None:
        """Remove the files again."""
        remove_files(self.name)


def picture_of(content: Any, is_square: bool = False) -> Picture:
    """The picture in the bytes of a file; its name and the type that came with it say nothing.

    With `is_square`, the small one is a square of its middle.
    ValueError with a message that finishes the sentence "image …"; Busy when many are being looked at.
    """
    if isinstance(content, Picture):
        return content  # it has been looked at before
    if not isinstance(content, bytes):
        raise ValueError("must be a file")
    if not content:
        raise ValueError("must not be empty")
    if len(content) > LARGEST_FILE:
        raise ValueError(f"must have at most {LARGEST_FILE // 1024**2} MiB")
    refuse_other_formats(content)
    with decoding_slot():
        try:
            return made_anew(content, is_square)
        except Unfit:
            raise
        except Exception:  # noqa: BLE001 - whatever a decoder stumbles over, this is no picture
            raise ValueError("must be a .jpg, .png or .gif picture that is whole") from None


def decoding_slot() -> AbstractContextManager[None]:
    """Where a picture is decoded. Busy when too many wait for it, or for too long."""
    return DECODING.place()


def made_anew(content: bytes, is_square: bool) -> Picture:
    """The picture written by us, upright and small too: nothing stays of what a file may hide."""
    image = decoded(content)
    extension = FORMATS[image.format]
    name = secrets.token_hex(16) + extension
    image, options = as_seen(image, content)
    # The bytes of a GIF are kept, as its frames and their times would suffer.
    files = {name: content if extension == ".gif" else written(image, extension, options)}
    thumbnail = small(image, *(middle_square if is_square else all_of_it)(image.width, image.height))
    files[thumbnail_name(name)] = written(thumbnail, thumbnail_name(name)[-4:], options)
    return Picture(name, image.width, image.height, files)


def thumbnail_name(name: str) -> str:
    """It begins as the picture's: 0123….gif has the thumbnail 0123…-thumb.png."""
    stem, extension = name[:-4], name[-4:]
    return f"{stem}-thumb{'.jpg' if extension == '.jpg' else '.png'}"


def thumbnail_size(width: int, height: int) -> tuple[int, int]:
    """In pixels: never larger than the picture, and no side without any."""
    scale = min(1, THUMBNAIL / max(width, height, 1))
    return max(1, round(width * scale)), max(1, round(height * scale))


def all_of_it(width: int, height: int) -> tuple[Size, Part]:
    """The size of a thumbnail of all of a picture, and the part of it that it shows."""
    return thumbnail_size(width, height), (0, 0, width, height)


def middle_square(width: int, height: int) -> tuple[Size, Part]:
    """The same for a square."""
    side = min(width, height)
    left, top = (width - side) / 2, (height - side) / 2
    size = min(side, SQUARE)
    return (size, size), (left, top, left + side, top + side)


def file_names(name: str | None) -> list[str]:
    """The files of the picture `name`; none for a name that is not one of ours, which somebody typed into the table."""
    return [name, thumbnail_name(name)] if name and NAME.fullmatch(name) else []


def pictures_with_file(name: str) -> list[str]:
    """The pictures that may have a file of this name."""
    pictures = (name[:32] + extension for extension in MIME_TYPES)
    return [picture for picture in pictures if name in file_names(picture)]


def remove_files(*names: str | None) -> None:
    """Remove the files of these pictures. One that cannot be removed has no row any more, and is swept later."""
    for name in names:
        for file in file_names(name):
            with suppress(StorageFailed):
                storage.delete(file)
