"""A picture is decoded within limits: only what can be decoded as a whole is one."""

import warnings
from functools import cache
from types import ModuleType
from typing import Any

from models.shared import picture_limits as limits
from models.shared.picture_limits import CountedFile, Unfit, too_large
from models.shared.picture_parts import JPEG, end_of_jpeg

JPEG_END = b"\xff\xd9"
# Would be seen, if it were decoded as pixels, also where they start again behind one of eight marks.
NOISE = bytes(range(254, 1, -1))
NOISE += b"".join(bytes((0xFF, mark)) + NOISE for mark in range(0xD0, 0xD8))
BROKEN_ANIMATION = "is an animation that is broken; please save it anew, or send a picture that stands still"


@cache
def pillow() -> ModuleType:
    """Pillow, loaded with the first picture, and told what is too large."""
    from PIL import Image, PngImagePlugin

    Image.MAX_IMAGE_PIXELS = limits.MOST_PIXELS
    PngImagePlugin.MAX_TEXT_CHUNK = limits.LARGEST_FILE  # profiles of colours come unfolded, too
    warnings.filterwarnings("ignore", module=r"PIL\.")  # what a camera wrote may be cut off: no need to tell
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    return Image


def decoded(content: bytes) -> Any:
    """The first frame, after all of them have been decoded: a file may be cut off, or unfold into far too much."""
    if content.startswith(JPEG):
        return decoded_jpeg(content)
    opened(content).verify()
    image = opened(content)
    image.load()
    load_other_frames(image)
    first = opened(content)  # a later frame may have changed its size
    first.load()
    return first


def decoded_jpeg(content: bytes) -> Any:
    """What stands behind the first picture, a film or another one, is left out."""
    end = end_of_jpeg(content)
    if end:
        content = content[:end]
    else:
        more_is_seen = opened(content.rstrip(b"\xff") + NOISE + JPEG_END).histogram()
        content += JPEG_END
    image = opened(content)
    image.load()
    if not end and image.histogram() != more_is_seen:
        raise ValueError("more is missing than the mark of the end")
    return image


def load_other_frames(image: Any) -> None:
    """`Unfit` when they are too much, or broken."""
    pixels = image.width * image.height
    for number in range(1, limits.MOST_FRAMES + 1):
        try:
            image.seek(number)
            pixels += image.width * image.height
            refuse_too_many(number, pixels)
            if image.width * image.height > limits.MOST_PIXELS_THAT_MOVE:
                raise Unfit(f"must have at most {limits.MOST_PIXELS_THAT_MOVE // 1_000_000} megapixels when it moves")
            image.load()
        except EOFError:
            return
        except Unfit:
            raise
        except Exception:  # noqa: BLE001 - whatever a decoder stumbles over, the first frame was all right
            raise Unfit(BROKEN_ANIMATION) from None


def refuse_too_many(number: int, pixels: int) -> None:
    """`Unfit` when there are so many frames before this one, or pixels up to it."""
    most = limits.MOST_PIXELS_OF_ALL_FRAMES
    if number == limits.MOST_FRAMES or pixels > most:
        raise Unfit(f"must have at most {limits.MOST_FRAMES} frames, and {most:,} pixels in all")


def opened(content: bytes) -> Any:
    """Its head has been read, nothing decoded. `Unfit` when it is too large."""
    Image = pillow()  # noqa: N806 - its name
    try:
        image = Image.open(CountedFile(content), formats=("JPEG", "PNG", "GIF"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise too_large() from None
    if image.width * image.height > limits.MOST_PIXELS:
        raise too_large()
    return image
