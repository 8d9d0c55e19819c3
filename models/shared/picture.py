"""Pictures: whether a file is one is found out by decoding it, and what is kept of it is made anew."""

import re
import secrets
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from threading import BoundedSemaphore
from types import ModuleType
from typing import Any

from models.shared.database import Busy
from models.shared.storage import StorageFailed, storage

LARGEST_FILE = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
MOST_FRAMES = 200
MOST_PIXELS_THAT_MOVE = 8_000_000  # a frame, as several are held in memory
MOST_PIXELS_OF_ALL_FRAMES = 200_000_000  # 5 MiB of GIF may hold two hundred large frames, a minute's work
MOST_SCANS = 50  # 5 MiB of JPEG may hold thousands of passes over all of its pixels; a usual one has 10
MOST_READS = 100_000  # 5 MiB may hold a million parts of a few bytes, each read on its own; of a usual file, 40,000
LARGEST_COPY = 2 * LARGEST_FILE  # a file that was squeezed cleverly unfolds when it is written by others
LARGEST_PROFILE = 64 * 1024
THUMBNAIL = 480  # pixels, the longer side at most
QUALITY = 90  # of a JPEG

FORMATS = {"JPEG": ".jpg", "MPO": ".jpg", "PNG": ".png", "GIF": ".gif"}  # MPO: a JPEG with a second picture behind it
MIME_TYPES = {".jpg": "image/jpeg", ".png": "image/png", ".gif": "image/gif"}
NAME = re.compile(r"([0-9a-f]{32})(\.jpg|\.png|\.gif)")

SLOTS = BoundedSemaphore(2)
SLOT_SECONDS = 1  # to wait for one


class Unfit(ValueError):
    """A picture that is too much; the message finishes the sentence "image …"."""


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


def picture_of(content: Any) -> Picture:
    """The picture in the bytes of a file; its name and the type that came with it say nothing.

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
    with decoding_slot():
        try:
            return made_anew(content)
        except Unfit:
            raise
        except Exception:  # noqa: BLE001 - whatever a decoder stumbles over, this is no picture
            raise ValueError("must be a .jpg, .png or .gif picture that is whole") from None


@contextmanager
def decoding_slot() -> Iterator[None]:
    """Where a picture is decoded. Busy when all slots stay taken."""
    if not SLOTS.acquire(timeout=SLOT_SECONDS):
        raise Busy("Many pictures are being looked at just now.")
    try:
        yield
    finally:
        SLOTS.release()


@cache
def pillow() -> ModuleType:
    """Pillow, loaded with the first picture, and told what is too large."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    return Image


def made_anew(content: bytes) -> Picture:
    """The picture written by us, upright and small too: nothing stays of what a file may hide."""
    image = checked(content)
    extension = FORMATS[image.format]
    name = secrets.token_hex(16) + extension
    make_upright(image)
    # The bytes of a GIF are kept, as its frames and their times would suffer.
    files = {name: content if extension == ".gif" else written(image, extension)}
    files[thumbnail_name(name)] = written(small(image), thumbnail_name(name)[-4:])
    return Picture(name, image.width, image.height, files)


def checked(content: bytes) -> Any:
    """The first frame, after all of them have been decoded: a file may be cut off, or unfold into far too much."""
    if content.startswith(b"\xff\xd8") and content.count(b"\xff\xda") > MOST_SCANS:
        raise Unfit("must not have so many scans")
    opened(content).verify()
    image = opened(content)
    pixels = 0
    # What stands behind a JPEG is left out, and may be cut off or come a thousand times.
    for number in range(1 if image.format == "MPO" else MOST_FRAMES + 1):
        try:
            image.seek(number)
        except EOFError:
            break
        pixels += image.width * image.height
        if number == MOST_FRAMES or pixels > MOST_PIXELS_OF_ALL_FRAMES:
            raise Unfit(f"must have at most {MOST_FRAMES} frames, and {MOST_PIXELS_OF_ALL_FRAMES:,} pixels in all")
        if number and image.width * image.height > MOST_PIXELS_THAT_MOVE:
            raise Unfit(f"must have at most {MOST_PIXELS_THAT_MOVE // 1_000_000} megapixels when it moves")
        image.load()
    image.seek(0)
    return image


class CountedFile(BytesIO):
    """Bytes to decode, until a decoder has asked for more of them too often."""

    reads = 0

    def read(self, size: int | None = -1) -> bytes:
        """As a file is read."""
        self.reads += 1
        if self.reads > MOST_READS:
            raise Unfit("must not have so many parts")
        return super().read(size)


def opened(content: bytes) -> Any:
    """Its head has been read, nothing decoded. `Unfit` when it is too large."""
    Image = pillow()  # noqa: N806 - its name
    try:
        image = Image.open(CountedFile(content), formats=("JPEG", "PNG", "GIF"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise too_large() from None
    if image.width * image.height > MOST_PIXELS:
        raise too_large()
    return image


def too_large() -> Unfit:
    """To be raised."""
    return Unfit(f"must have at most {MOST_PIXELS // 1_000_000} megapixels")


def make_upright(image: Any) -> None:
    """Turn it the right way up, and forget all that a camera wrote about it but its colours."""
    from PIL import ImageOps

    with suppress(Exception):
        image.getexif()  # which the image remembers; one that cannot be read turns nothing
    profile = image.info.get("icc_profile") or b""
    is_profile = profile[36:40] == b"acsp" and len(profile) <= LARGEST_PROFILE
    kept = ["transparency", *(["icc_profile"] if is_profile else [])]
    image.info = {name: image.info[name] for name in kept if name in image.info}
    ImageOps.exif_transpose(image, in_place=True)


def small(image: Any) -> Any:
    """The thumbnail."""
    if image.mode == "P":  # colours by number cannot be mixed
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image.resize(thumbnail_size(*image.size), reducing_gap=2)


def written(image: Any, extension: str) -> bytes:
    """The bytes of the file. `Unfit` when it unfolds to too much."""
    options = {"icc_profile": image.info.get("icc_profile")}
    if extension == ".jpg":
        options["quality"] = QUALITY
        if image.mode not in ("L", "RGB"):  # a printer's colours, which a profile of theirs would describe
            image, options["icc_profile"] = image.convert("RGB"), None
    file = BytesIO()
    image.save(file, MIME_TYPES[extension].removeprefix("image/"), **options)
    if file.tell() > LARGEST_COPY:
        raise Unfit(f"must not unfold to more than {LARGEST_COPY // 1024**2} MiB")
    return file.getvalue()


def thumbnail_name(name: str) -> str:
    """It begins as the picture's: 0123….gif has the thumbnail 0123…-thumb.png."""
    stem, extension = name[:-4], name[-4:]
    return f"{stem}-thumb{'.jpg' if extension == '.jpg' else '.png'}"


def thumbnail_size(width: int, height: int) -> tuple[int, int]:
    """In pixels: never larger than the picture, and no side without any."""
    scale = min(1, THUMBNAIL / max(width, height, 1))
    return max(1, round(width * scale)), max(1, round(height * scale))


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
