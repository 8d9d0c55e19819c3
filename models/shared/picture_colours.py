"""What the numbers of a picture's colours mean. A browser shows the copy in the colours of the original."""

from io import BytesIO
from typing import Any

from models.shared.picture_limits import LARGEST_PROFILE
from models.shared.picture_parts import PNG, chunks

CHUNKS = {b"gAMA": 4, b"cHRM": 32, b"sRGB": 1, b"cICP": 4}  # of a PNG, and how long they are
COLOUR_SPACES = {b"RGB ": ("RGB", "RGBA"), b"GRAY": ("L", "I;16"), b"CMYK": ("CMYK",)}  # of a profile
WITH_HOLES = {"RGB": "RGBA", "L": "LA"}


def as_on_a_screen(image: Any, content: bytes) -> tuple[Any, dict[str, Any]]:
    """The picture, and with which options it is saved for its colours to stay.

    A printer's colours, and those of a large profile, are turned into a screen's.
    """
    if image.mode == "1":
        return image, {}  # black and white are the same everywhere
    profile = image.info.get("icc_profile") or b""
    marks = colour_marks(content)
    if profile[36:40] != b"acsp" or (b"cICP" in marks and len(profile) > LARGEST_PROFILE):  # which browsers pass over
        profile = b""
    if image.mode != "CMYK" and len(profile) <= LARGEST_PROFILE:
        return image, options(marks, profile)
    converted = in_srgb(image, profile)
    if converted:
        return converted, options({}, b"")
    return (image.convert("RGB") if image.mode == "CMYK" else image), options(marks, b"")


def colour_marks(content: bytes) -> dict[bytes, bytes]:
    """Those of a PNG."""
    marks: dict[bytes, bytes] = {}
    for kind, part in chunks(content) if content.startswith(PNG) else ():
        if kind == b"PLTE":
            break  # they count before it only
        if CHUNKS.get(kind) == len(part):
            marks.setdefault(kind, part)
    return marks


def options(marks: dict[bytes, bytes], profile: bytes) -> dict[str, Any]:
    """How `save` keeps them."""
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    for kind, content in marks.items():
        info.add(kind, content)
    return {"icc_profile": profile or None, "pnginfo": info}


def in_srgb(image: Any, profile: bytes) -> Any:
    """The picture in a screen's colours; None where the profile is not for its kind, or cannot be read."""
    from PIL import ImageCms

    image = mixable(image)
    plain = image.convert("L") if image.mode == "LA" else image  # whose holes would be lost
    if plain.mode not in COLOUR_SPACES.get(profile[16:20], ()):
        return None
    try:
        converted: Any = ImageCms.profileToProfile(
            plain,
            BytesIO(profile),
            ImageCms.createProfile("sRGB"),
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            "RGBA" if plain.mode == "RGBA" else "RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except ImageCms.PyCMSError:
        return None
    if plain is not image:
        converted.putalpha(image.getchannel("A"))
    return converted


def mixable(image: Any) -> Any:
    """The picture in colours that have one between them, as those by number do not, nor a hole that is a colour."""
    mode = {"P": "RGB", "1": "L"}.get(image.mode, image.mode)
    if image.has_transparency_data:
        mode = WITH_HOLES.get(mode, mode)
    return image if mode == image.mode else image.convert(mode)
