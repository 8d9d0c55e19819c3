"""Which encoding a file has, found by looking at its bytes."""

import codecs
from typing import BinaryIO

UTF_8 = "utf-8-sig"  # with and without the mark that some programs put before a text
WINDOWS = "cp1252"
# What somebody may choose where the guess is wrong, and what they call it.
ENCODINGS = {
    UTF_8: "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16, without a mark",
    "utf-16-be": "UTF-16, without a mark, big end first",
    WINDOWS: "Windows-1252 (Western Europe)",
    "cp1250": "Windows-1250 (Central Europe)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "mac_roman": "Macintosh",
    "latin-1": "ISO 8859-1",
}
MARKS = {codecs.BOM_UTF8: UTF_8, codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# How files begin that are no text.
OTHER_FILES = {
    b"PK\x03\x04": "a workbook, like .xlsx or .ods: save it as CSV first",
    b"\xd0\xcf\x11\xe0": "an old workbook, like .xls: save it as CSV first",
    b"%PDF-": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"SQLite format 3\x00": "a database of SQLite",
    b"\x1f\x8b": "packed: unpack it first",
}
LOOKED_AT = 64 * 1024
SAMPLE = 4096
MOST_ZEROS, LEAST_ZEROS = 0.4, 0.05  # of every other byte of a text in UTF-16


class BadSheet(Exception):
    """A file that cannot be read as rows, from `line` on; 0 where it is the whole file."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


def encoding_of(file: BinaryIO) -> str:
    """The encoding of a text. BadSheet for what is none."""
    file.seek(0)
    start = file.read(SAMPLE)
    for sign, what in OTHER_FILES.items():
        if start.startswith(sign):
            raise BadSheet(f"This is no text, but {what}.")
    for mark, encoding in MARKS.items():
        if start.startswith(mark):
            return encoding
    return wide_encoding_of(start) or next(each for each in (UTF_8, WINDOWS, "latin-1") if can_be(file, each))


def wide_encoding_of(start: bytes) -> str:
    """UTF-16 without a mark: in most languages every other byte is a zero. Nothing for another encoding."""
    even, odd = zeros_in(start[::2]), zeros_in(start[1::2])
    if odd > MOST_ZEROS and even < LEAST_ZEROS:
        return "utf-16-le"
    return "utf-16-be" if even > MOST_ZEROS and odd < LEAST_ZEROS else ""


def zeros_in(content: bytes) -> float:
    """Which part of the bytes they are."""
    return content.count(0) / len(content) if content else 0.0


def can_be(file: BinaryIO, encoding: str) -> bool:
    """Whether the whole file can be read so. It is looked through a piece at a time."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while piece := file.read(LOOKED_AT):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
