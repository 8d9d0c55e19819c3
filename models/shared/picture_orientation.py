"""Which side of a picture is up: only what a camera wrote where browsers look for it counts."""

import struct
from collections.abc import Iterator
from itertools import takewhile

from models.shared.picture_parts import JPEG, NOTES, PNG, SCAN, chunks, segments

EXIF = b"Exif\0\0"
ORDERS = {b"II*\0": "<", b"MM\0*": ">"}  # of the bytes in a number
ORIENTATION = (0x0112, 3, 1)  # one short number


def orientation_of(content: bytes) -> int:
    """1 to 8, as EXIF counts them; 1 is upright already."""
    found = (orientation(notes) for notes in camera_notes(content))
    return next((number for number in found if number in range(1, 9)), 1)


def camera_notes(content: bytes) -> Iterator[bytes]:
    """In EXIF, which is a TIFF without pixels."""
    if content.startswith(JPEG):
        head = takewhile(lambda segment: segment[0] != SCAN, segments(content))
        for kind, part, _ in head:
            if kind == NOTES and part.startswith(EXIF):
                yield part.removeprefix(EXIF)
    if content.startswith(PNG):
        for name, part in chunks(content):
            if name == b"eXIf":
                yield part


def orientation(notes: bytes) -> int:
    """As the first directory of the notes has it; 0 when it has none that can be read."""
    order = ORDERS.get(notes[:4], "<")
    try:
        place: int = struct.unpack_from(f"{order}I", notes, 4)[0]
        count: int = struct.unpack_from(f"{order}H", notes, place)[0]
        for entry in range(place + 2, place + 2 + 12 * count, 12):
            *what, value = struct.unpack_from(f"{order}HHIH", notes, entry)
            if tuple(what) == ORIENTATION:
                return int(value)
    except struct.error:
        pass
    return 0
