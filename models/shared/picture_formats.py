"""Formats that are not kept here, told by a file's first bytes: who sent one is told its name, and what to do."""

import re

from models.shared.picture_limits import Unfit

SAVE = "please save it as JPEG or PNG"
IPHONE = "on an iPhone: Settings > Camera > Formats > Most Compatible"
NAMES = {
    rb"RIFF.{4}WEBP": f"is a WebP picture; {SAVE}",
    rb".{4}ftyp(?:.{4}){0,15}?avi[fs]": f"is an AVIF picture; {SAVE}",
    rb".{4}ftyp(?:.{4}){0,15}?(?:hei[cmsx]|hev[cmsx]|mif1|msf1)": f"is a HEIC picture; {SAVE} ({IPHONE})",
    rb".{4}ftyp": "is a film; please send a picture",
    rb"BM.{4}\0{4}": f"is a BMP picture; {SAVE}",
    rb"(?:II|MM)(?:[*+]\0|\0[*+])": f"is a TIFF picture; {SAVE}",
    rb"\xff\x0a|\0\0\0\x0cJXL ": f"is a JPEG XL picture; {SAVE}",
    rb"8BPS": f"is a picture of Photoshop; {SAVE}",
    rb"(?:\xef\xbb\xbf)?\s*(?=<)(?!<html|<!doctype html)[^\0]{0,1000}?<svg\b": f"is an SVG picture; {SAVE}",
    rb"\s*%PDF-": f"is a PDF; {SAVE}",
}


def refuse_other_formats(content: bytes) -> None:
    """`Unfit`, with its name, when it is a picture of a kind that is not kept here."""
    for start, message in NAMES.items():
        if re.match(start, content[:1200], re.DOTALL | re.IGNORECASE):
            raise Unfit(message)
