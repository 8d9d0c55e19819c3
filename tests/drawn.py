"""Small files that are pictures, and files that only look like ones."""

import io
import zipfile
import zlib
from functools import cache

from PIL import Image

ORIENTATION, GPS = 0x0112, 0x8825


def saved(image, kind, **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def png(width=60, height=40, **options):
    return saved(Image.new("RGB", (width, height), "red"), "PNG", **options)


def jpeg(width=60, height=40, **options):
    return saved(Image.new("RGB", (width, height), "red"), "JPEG", **options)


def gif(frames=3, size=(60, 40)):
    """Each frame has a colour of its own, so that none is left out."""
    images = [Image.new("RGB", size, (n % 250, n // 250 * 60, 99)) for n in range(frames)]
    return saved(images[0], "GIF", save_all=True, append_images=images[1:], duration=40, loop=0)


def photo():
    """As a phone writes it: lying on its side, with the place it was taken; red above blue when it is upright."""
    image = Image.new("RGB", (60, 40), "red")
    image.paste("blue", (30, 0, 60, 40))
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # to be turned clockwise: the left side is the upper one
    exif.get_ifd(GPS).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)})
    return saved(image, "JPEG", exif=exif, comment=b"my home", xmp=b"<x>my home</x>", quality=95)


def chunk(kind, content):
    return len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4)


def claims(width, height, content=b""):
    """A PNG that says it is so large, of one bit a pixel."""
    head = width.to_bytes(4) + height.to_bytes(4) + bytes([1, 0, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", content) + chunk(b"IEND", b"")


@cache
def bomb(side=30_000):
    """A PNG that does unfold to 900 megapixels, from about 110 kB."""
    row, squeeze = bytes(side // 8 + 1), zlib.compressobj(9)
    return claims(side, side, squeeze.compress(row * side) + squeeze.flush())


def two_in_one():
    """A JPEG with a second picture behind it, as some phones write it; and how long the first one is."""
    first, second = Image.new("RGB", (60, 40)), Image.new("RGB", (60, 40), "red")
    content = saved(first, "MPO", save_all=True, append_images=[second])
    return content, content.rindex(b"\xff\xd8\xff")


def odd_exif(kind):
    """It says that the picture lies on its side, and has its width as another kind of value than a number."""
    entries = [(0x0100, kind, b"ab\0\0"), (ORIENTATION, 3, b"\x06\0\0\0")]
    body = b"".join(n.to_bytes(2, "little") + k.to_bytes(2, "little") + b"\1\0\0\0" + v for n, k, v in entries)
    return b"Exif\0\0II*\0\x08\0\0\0" + len(entries).to_bytes(2, "little") + body + bytes(4)


def many_scans(times=300):
    """A progressive JPEG whose last scan comes again and again."""
    content = saved(Image.new("RGB", (64, 64), "red"), "JPEG", progressive=True)
    last = content.rindex(b"\xff\xda")
    return content[:-2] + content[last:-2] * times + content[-2:]


def archive():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as program:
        program.writestr("x.png", png())
    return file.getvalue()


def strips():
    """A JPEG whose pixels start anew in each strip."""
    return saved(Image.linear_gradient("L"), "JPEG", restart_marker_rows=1)


def first_bytes(kind, *more):
    """As a film, or a still that is kept as one, begins."""
    return (16 + 4 * len(more)).to_bytes(4) + b"ftyp" + kind + bytes(4) + b"".join(more) + bytes(500)


WELL_KNOWN = {
    "a WebP picture": saved(Image.new("RGB", (9, 9)), "WEBP"),
    "an AVIF picture": saved(Image.new("RGB", (9, 9)), "AVIF"),
    "an AVIF picture ": first_bytes(b"mif1", b"mif1", b"avif", b"miaf"),
    "a HEIC picture": first_bytes(b"heic", b"mif1", b"heic"),
    "a HEIC picture ": first_bytes(b"mif1", b"mif1", b"heic"),
    "a film": first_bytes(b"mp42", b"isom"),
    "a BMP picture": saved(Image.new("RGB", (9, 9)), "BMP"),
    "a TIFF picture": saved(Image.new("RGB", (9, 9)), "TIFF"),
    "a TIFF picture ": saved(Image.new("I;16B", (9, 9)), "TIFF"),
    "a JPEG XL picture": b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(500),
    "an SVG picture": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "an SVG picture ": b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- drawn -->\n<SVG:svg/><svg width="9">',
    "a picture of Photoshop": b"8BPS" + bytes(500),
    "a PDF": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n",
    "an animation that is broken": gif()[:-30],
}
NO_PICTURES = {
    "text": b"Hello",
    "html": b"<!doctype html><script>alert(1)</script>",
    "html that begins as a gif": b"GIF89a<script>alert(1)</script>" + b" " * 800,
    "html that begins as a jpeg": b"\xff\xd8\xff\xe0<script>alert(1)</script>",
    "html with a drawing": b"<!doctype html><svg><script>alert(1)</script></svg>",
    "text about cars": b"BMW builds them.",
    "zip": archive(),
    "truncated jpeg": jpeg(600, 400)[:-700],
    "truncated png": png(600, 400)[:-60],
    "truncated jpeg by one byte more than its end": jpeg(600, 400)[:-3],
    "jpeg cut between two strips": strips()[: strips().rindex(b"\xff\xd1")],
    "jpeg in passes cut off": saved(Image.radial_gradient("L"), "JPEG", progressive=True)[:-9],
    "truncated gif": gif(1)[:-30],
    "png with a broken chunk": png().replace(b"IDAT", b"IDAX"),
    "png with a wrong checksum": png()[:-13] + bytes([png()[-13] ^ 1]) + png()[-12:],
    "line ends": b"\r\n" * 1000,
    "nothing but zeros": bytes(5000),
}
