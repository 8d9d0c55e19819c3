"""Pictures as cameras, scanners and programs write them, which a browser shows in one way only."""

import io
import struct
import zlib

from PIL import Image, JpegImagePlugin, PngImagePlugin

from tests.drawn import ORIENTATION, chunk, saved

# A colour space is four points x, y (white, red, green, blue), here that of an old screen; a hundred-thousandth each.
OLD_SCREEN = struct.pack(">8I", 31270, 32900, 21000, 71000, 64000, 33000, 15000, 6000)
GAMMA_1, SRGB = struct.pack(">I", 100_000), struct.pack(">I", 45_455)
WIDE = {"r": (0.79767, 0.28804, 0.0), "g": (0.13519, 0.71188, 0.0), "b": (0.03134, 0.00009, 0.82490)}
SIDEWAYS = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r tiff:Orientation="6"/></x:xmpmeta>'


def scene(mode="RGB", size=(240, 160)):
    """No two corners of it are alike."""
    across = Image.linear_gradient("L").rotate(90).resize(size)
    down, round_ = Image.linear_gradient("L").resize(size), Image.radial_gradient("L").resize(size)
    return Image.merge("RGB", (across, down, round_)).convert(mode)


def with_chunks(png, *chunks):
    """The PNG with more chunks behind its head."""
    return png[:33] + b"".join(chunk(kind, content) for kind, content in chunks) + png[33:]


def turned(orientation=6):
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return exif


def raw_profile():
    """A camera's notes as hexadecimal text, as programs wrote them before PNG had a place for them."""
    text, content = PngImagePlugin.PngInfo(), turned().tobytes()
    text.add_text("Raw profile type exif", f"\nexif\n{len(content):8}\n{content.hex()}\n", zip=True)
    return saved(scene(), "PNG", pnginfo=text)


def xmp_in_png():
    text = PngImagePlugin.PngInfo()
    text.add_itxt("XML:com.adobe.xmp", SIDEWAYS.decode())
    return saved(scene(), "PNG", pnginfo=text)


def motion_photo(film=b"\0\0\0\x18ftypmp42" + b"\xff\xda\0\x08" * 900_000):
    """A JPEG with a film behind it."""
    return saved(scene(), "JPEG", quality=95) + film


def profile(space, kind, connection, tags, padding=0):
    """A colour profile, version 2, with these tags."""
    tags = tags | {b"cprt": b"text\0\0\0\0" + b" " * padding + b"\0"}
    start, table, body = 132 + 12 * len(tags), len(tags).to_bytes(4), b""
    for name, content in tags.items():
        table += name + (start + len(body)).to_bytes(4) + len(content).to_bytes(4)
        body += content + bytes(-len(content) % 4)
    head = b"\0\0\0\0\x02\x10\0\0" + kind + space + connection + bytes(12) + b"acsp" + bytes(28) + D50
    head += bytes(128 - 4 - len(head))
    return (4 + len(head) + len(table) + len(body)).to_bytes(4) + head + table + body


def fixed(*numbers):
    return b"".join(round(number * 65536).to_bytes(4) for number in numbers)


D50 = fixed(0.9642, 1, 0.8249)


def wide_profile(padding=70_000):
    """Of a colour space much wider than a screen's."""
    tags = {f"{name}XYZ".encode(): b"XYZ \0\0\0\0" + fixed(*point) for name, point in WIDE.items()}
    tags |= {f"{name}TRC".encode(): b"curv\0\0\0\0\0\0\0\x01\x01\xcd" for name in WIDE}  # gamma 1.8
    return profile(b"RGB ", b"mntr", b"XYZ ", tags | {b"wtpt": b"XYZ \0\0\0\0" + D50}, padding)


def grey_profile(padding=70_000):
    """Of grey that gets light evenly."""
    tags = {b"kTRC": b"curv\0\0\0\0\0\0\0\x01\x01\0", b"wtpt": b"XYZ \0\0\0\0" + D50}
    return profile(b"GRAY", b"mntr", b"XYZ ", tags, padding)


def ink_profile(padding=0):
    """Of a printer whose inks are duller than CMYK's names promise."""
    even = bytes(range(256))
    corners = b""
    for n in range(16):
        c, m, y, k = (n >> 3) & 1, (n >> 2) & 1, (n >> 1) & 1, n & 1
        light = max(12, 242 - 90 * c - 110 * m - 15 * y) if not k else max(12, 45 - 12 * (c + m + y))
        corners += bytes((light, 128 + (55 * m - 25 * c) * (1 - k), 128 + (60 * y - 40 * c - 5 * m) * (1 - k)))
    lut = b"mft1\0\0\0\0\x04\x03\x02\0" + fixed(1, 0, 0, 0, 1, 0, 0, 0, 1) + even * 4 + corners + even * 3
    return profile(b"CMYK", b"prtr", b"Lab ", {b"A2B0": lut, b"A2B1": lut, b"wtpt": b"XYZ \0\0\0\0" + D50}, padding)


def small_first_frame(**options):
    """A GIF whose first frame of 120 by 80 lies in the middle of a screen of 240 by 160."""
    frames = [scene(size=(120, 80)).quantize(64), scene(size=(120, 80)).rotate(180).quantize(64)]
    content = bytearray(saved(frames[0], "GIF", **options, append_images=frames[1:]))
    content[6:10] = struct.pack("<2H", 240, 160)
    place = content.index(b",\0\0\0\0")
    content[place + 1 : place + 5] = struct.pack("<2H", 60, 40)
    return bytes(content)


def growing_gif():
    """A GIF whose second frame is larger than its screen."""
    frames = [scene(size=(120, 80)).quantize(64), scene(size=(240, 160)).quantize(64)]
    content = saved(frames[1], "GIF", save_all=True, append_images=[frames[1].rotate(180)])
    first = saved(frames[0], "GIF")
    return first[:-1] + content[content.index(b",\0\0\0\0") :]


def stripes():
    """Red and blue lines of one pixel."""
    image = Image.new("RGB", (240, 160), "red")
    for x in range(0, 240, 2):
        image.paste("blue", (x, 0, x + 1, 160))
    return image


def sampling(content):
    return JpegImagePlugin.get_sampling(Image.open(io.BytesIO(content)))


def key_png(mode, hole):
    """A PNG in which one colour is a hole."""
    image = scene(mode)
    image.paste(hole, (60, 40, 180, 120))
    return saved(image, "PNG", transparency=hole)


def two_bits():
    """Four greys, side by side."""
    head = struct.pack(">2I5B", 240, 160, 2, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\x00" * 15 + b"\x55" * 15 + b"\xaa" * 15 + b"\xff" * 15) * 160)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def deep_grey(hole=None):
    """16 bits of grey."""
    image = Image.frombytes("I;16", (240, 160), b"".join(struct.pack("<H", 273 * x) for x in range(240)) * 160)
    return saved(image, "PNG", **({} if hole is None else {"transparency": hole}))


def odd_pictures():
    """By what is odd about them."""
    plain, jpeg = saved(scene(), "PNG"), saved(scene(), "JPEG", quality=95)
    grey, hole = saved(scene("L"), "PNG"), saved(scene().convert("RGBA"), "PNG")
    numbered = saved(scene().quantize(64), "PNG")
    cmyk = scene("CMYK")
    return {
        "jpeg": jpeg,
        "png": plain,
        "jpeg, exif turns it": saved(scene(), "JPEG", quality=95, exif=turned()),
        "jpeg, xmp turns it": saved(scene(), "JPEG", quality=95, xmp=SIDEWAYS),
        "png, exif turns it": saved(scene(), "PNG", exif=turned()),
        "png, xmp turns it": xmp_in_png(),
        "png, raw profile turns it": raw_profile(),
        "png, text turns it": with_chunks(plain, (b"tEXt", b"exif\0" + turned().tobytes())),
        "jpeg, a film behind it": motion_photo(),
        "jpeg, profile over 64 KiB": saved(scene(), "JPEG", quality=95, icc_profile=wide_profile()),
        "jpeg, small profile": saved(scene(), "JPEG", quality=95, icc_profile=wide_profile(0)),
        "png, profile over 64 KiB": saved(scene(), "PNG", icc_profile=wide_profile()),
        "png, profile over 1 MiB": saved(scene(), "PNG", icc_profile=wide_profile(1_200_000)),
        "rgba png, profile over 64 KiB": saved(scene("RGBA"), "PNG", icc_profile=wide_profile()),
        "palette png, profile over 64 KiB": saved(scene().quantize(64), "PNG", icc_profile=wide_profile()),
        "grey jpeg, profile over 64 KiB": saved(scene("L"), "JPEG", quality=95, icc_profile=grey_profile()),
        "grey png, profile over 64 KiB": saved(scene("L"), "PNG", icc_profile=grey_profile()),
        "deep grey png, profile over 64 KiB": with_profile(deep_grey(), grey_profile()),
        "jpeg, profile of another kind": saved(scene(), "JPEG", quality=95, icc_profile=ink_profile(70_000)),
        "cmyk": saved(cmyk, "JPEG", quality=95),
        "cmyk, profile": saved(cmyk, "JPEG", quality=95, icc_profile=ink_profile()),
        "cmyk, profile over 64 KiB": saved(cmyk, "JPEG", quality=95, icc_profile=ink_profile(70_000)),
        "cmyk, profile of another kind": saved(cmyk, "JPEG", quality=95, icc_profile=wide_profile()),
        "png of one bit": saved(scene("1", (960, 640)), "PNG"),
        "png, gAMA": with_chunks(plain, (b"gAMA", GAMMA_1)),
        "png, gAMA and cHRM": with_chunks(plain, (b"gAMA", GAMMA_1), (b"cHRM", OLD_SCREEN)),
        "png, sRGB over gAMA": with_chunks(plain, (b"sRGB", b"\0"), (b"gAMA", GAMMA_1)),
        "png, cICP": with_chunks(plain, (b"cICP", b"\x09\x01\0\x01")),
        "png, cICP over a profile": with_chunks(
            with_profile(plain, wide_profile()), (b"cICP", b"\x0c\x0d\0\x01"), (b"gAMA", GAMMA_1)
        ),
        "png, a profile over gAMA": with_chunks(with_profile(plain, wide_profile()), (b"gAMA", GAMMA_1)),
        "grey png, gAMA": with_chunks(grey, (b"gAMA", GAMMA_1)),
        "rgba png, gAMA": with_chunks(hole, (b"gAMA", GAMMA_1)),
        "palette png, gAMA": with_chunks(numbered, (b"gAMA", GAMMA_1)),
        "one bit png, gAMA": with_chunks(saved(scene("1", (960, 640)), "PNG"), (b"gAMA", GAMMA_1)),
        "png, a hole of one colour": key_png("RGB", (10, 20, 30)),
        "grey png, a hole of one grey": key_png("L", 77),
        "one bit png, a hole of white": with_chunks(saved(scene("1", (240, 160)), "PNG"), (b"tRNS", b"\0\1")),
        "two bit png, a hole of light grey": with_chunks(two_bits(), (b"tRNS", b"\0\2")),
        "deep grey png": deep_grey(),
        "deep grey png, a hole": deep_grey(273 * 100),
        "gif, small first frame": small_first_frame(),
        "gif, small first frame with a hole": small_first_frame(transparency=3),
        "animated gif, small first frame": small_first_frame(save_all=True, duration=60_000),
        "gif, later frame larger": growing_gif(),
        "jpeg 4:4:4": saved(stripes(), "JPEG", quality=95, subsampling=0),
        "jpeg without its end": jpeg[:-2],
        "jpeg in passes without its end": saved(scene(), "JPEG", quality=95, progressive=True)[:-2],
    }


def with_profile(png, content):
    return with_chunks(png, (b"iCCP", b"x\0\0" + zlib.compress(content)))
