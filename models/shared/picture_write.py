"""What is kept of a picture is written anew: upright, in its colours, and nothing of what a file may hide."""

from io import BytesIO
from typing import Any

from models.shared.picture_colours import as_on_a_screen, mixable
from models.shared.picture_decode import pillow
from models.shared.picture_limits import LARGEST_COPY, Unfit
from models.shared.picture_orientation import orientation_of

QUALITY = 90  # of a JPEG
TURNS = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}


def as_seen(image: Any, content: bytes) -> tuple[Any, dict[str, Any]]:
    """The picture as a browser shows the file, and the options that keep it so when it is saved."""
    fineness = {"quality": QUALITY, "subsampling": subsampling(image)}
    image, colours = as_on_a_screen(with_holes(image, content), content)
    image = upright(image, orientation_of(content))
    image.info = {name: image.info[name] for name in ("transparency",) if name in image.info}
    return image, fineness | colours


def with_holes(image: Any, content: bytes) -> Any:
    """Where one grey of a PNG of 1, 2 or 4 bits is a hole, Pillow mistakes which one."""
    if image.format != "PNG" or not isinstance(image.info.get("transparency"), int):
        return image
    if image.mode == "L" and content[24] < 8:  # bits
        image.info["transparency"] *= 255 // (2 ** content[24] - 1)
    return mixable(image) if image.mode == "1" else image


def subsampling(image: Any) -> int:
    """How finely a JPEG's colours are kept: as in the file, and finely what was a printer's."""
    from PIL.JpegImagePlugin import get_sampling

    return 0 if image.mode == "CMYK" else get_sampling(image)


def upright(image: Any, orientation: int) -> Any:
    """The right way up."""
    return image if orientation == 1 else image.transpose(pillow().Transpose[TURNS[orientation]])


def small(image: Any, size: tuple[int, int], part: tuple[float, float, float, float]) -> Any:
    """The thumbnail of this part."""
    extent = getattr(image, "dispose_extent", None)  # of a GIF's first frame on its screen
    image = mixable(image)
    if extent and extent != (0, 0, *image.size):
        frame = image.crop(extent)
        image = pillow().new("RGBA", image.size)
        image.paste(frame, extent)
    return image.resize(size, box=part, reducing_gap=2)


def written(image: Any, extension: str, options: dict[str, Any]) -> bytes:
    """The bytes of the file. `Unfit` when it unfolds to too much."""
    file = BytesIO()
    image.save(file, {".jpg": "JPEG", ".png": "PNG"}[extension], **options)
    if file.tell() > LARGEST_COPY:
        raise Unfit(f"must not unfold to more than {LARGEST_COPY // 1024**2} MiB")
    return file.getvalue()
