"""The parts of a picture's file, found without decoding it: the segments of a JPEG, the chunks of a PNG."""

import re
from collections.abc import Iterator

from models.shared.picture_limits import MOST_READS, MOST_SCANS, Unfit, too_many_parts

JPEG, PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]", re.DOTALL)  # the others belong to the pixels
SCAN, END, NOTES = 0xDA, 0xD9, 0xE1  # of a JPEG


def segments(content: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Of the first picture in a JPEG: kind, content, and where it ends. Pixels stand between them."""
    place = len(JPEG)
    for _ in range(MOST_READS):
        found = MARKER.search(content, place)
        if not found:
            return
        kind, start = found[0][1], found.end()
        is_mark = kind < 0xC0 or kind in (0xD8, END)  # without content
        place = start if is_mark else start + int.from_bytes(content[start : start + 2])
        yield kind, content[start + 2 : place], place
        if kind == END:
            return
    raise too_many_parts()


def chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Of a PNG that has been decoded, up to its pixels: kind and content."""
    place = len(PNG)
    while content[place + 4 : place + 8] not in (b"IDAT", b""):
        start, length = place + 8, int.from_bytes(content[place : place + 4])
        yield content[place + 4 : start], content[start : start + length]
        place = start + length + 4  # behind a checksum


def end_of_jpeg(content: bytes) -> int | None:
    """Where its first picture ends, None when the mark is missing. `Unfit` when its pixels come too often."""
    scans = 0
    for kind, _, end in segments(content):
        scans += kind == SCAN
        if scans > MOST_SCANS:
            raise Unfit("must not have so many scans")
        if kind == END:
            return end
    if 2 * scans > MOST_SCANS:  # it will be decoded twice
        raise Unfit("must not have so many scans")
    return None
