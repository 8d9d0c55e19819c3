#!/bin/sh
# Pillow: a grey picture with alpha, brought to another colour profile, has the wrong pixels.
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

import PIL
from PIL import Image, ImageCms

WHITE = b"XYZ " + bytes(4) + struct.pack(">3i", 63190, 65536, 54061)  # D50
CURVE = b"curv" + bytes(4) + struct.pack(">IH", 1, 2 * 256) + bytes(2)  # gamma 2


def grey_profile():
    # The header of 128 bytes, two tags, and what they point at: the least that a grey ICC profile has.
    tags = struct.pack(">I4sII4sII", 2, b"wtpt", 156, len(WHITE), b"kTRC", 156 + len(WHITE), len(CURVE))
    rest = tags + WHITE + CURVE
    kind = struct.pack(">II4s4s4s4s", 128 + len(rest), 0, b"\x02\x40\0\0", b"mntr", b"GRAY", b"XYZ ")
    head = (kind + bytes(12) + b"acsp").ljust(68, b"\0") + struct.pack(">3i", 63190, 65536, 54061)
    return ImageCms.ImageCmsProfile(io.BytesIO(head.ljust(128, b"\0") + rest))


def pixels(picture):
    return [picture.getpixel((x, 0)) for x in range(picture.width)]


picture = Image.new("LA", (3, 1))
for x, pixel in enumerate([(10, 255), (200, 128), (60, 90)]):
    picture.putpixel((x, 0), pixel)
grey = grey_profile()
seen = pixels(ImageCms.profileToProfile(picture, grey, grey))
to_rgba = pixels(ImageCms.profileToProfile(picture, grey, ImageCms.createProfile("sRGB"), outputMode="RGBA"))
print("version: Pillow", PIL.__version__)
print("expected:", pixels(picture), "from a profile to the same one; three shades of grey and the same alpha in RGBA")
print("seen:", seen, "and in RGBA", to_rgba)
same_shades = len({pixel[:3] for pixel in to_rgba}) == 1
no_alpha = {pixel[3] for pixel in to_rgba} == {0}
sys.exit(not (seen[1:] == [(0, 0), (0, 0)] and same_shades and no_alpha))
END
