#!/bin/sh
# Pillow: the see-through shade of a grey PNG with 1, 2 or 4 bits is lost or written wrongly.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pillow==13.0.0

venv/bin/python - <<'END'
import io
import struct
import sys
import zlib

import PIL
from PIL import Image


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def grey_png(bits, row, hole):
    head = struct.pack(">IIBBBBB", 8 // bits, 1, bits, 0, 0, 0, 0)
    parts = [(b"IHDR", head), (b"tRNS", struct.pack(">H", hole)), (b"IDAT", zlib.compress(b"\0" + row)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def alphas(picture):
    picture = picture.convert("RGBA")
    return [picture.getpixel((x, 0))[3] for x in range(picture.width)]


def saved_hole(picture):
    with io.BytesIO() as file:
        picture.save(file, "PNG")
        content = file.getvalue()
    return int.from_bytes(content[content.index(b"tRNS") + 4 :][:2], "big")


one, two, four = (
    Image.open(io.BytesIO(grey_png(bits, row, hole)))
    for bits, row, hole in [(1, b"\xf0", 1), (2, b"\x1b", 2), (4, b"\x5f", 5)]
)
seen = saved_hole(one), alphas(two), alphas(four)
print("version: Pillow", PIL.__version__)
print("expected: the 1-bit copy says", 1, "and alphas are", [255, 255, 0, 255], [0, 255])
print("seen: the 1-bit copy says", seen[0], "and alphas are", *seen[1:])
sys.exit(seen != (255, [255] * 4, [255] * 2))
END
