"""A picture as a field of a row: given as a file's bytes, kept as files and what describes them."""

from typing import Any

from peewee import CharField, IntegerField

from models.shared.fields import WriteOnlyField
from models.shared.picture import MIME_TYPES, Picture, file_names, picture_of, thumbnail_name
from models.shared.picture_limits import MOST_PIXELS, largest_sent
from models.shared.storage import storage
from models.shared.tries import is_in_doubt

PICTURE_FILE = "A .jpg, .png or .gif of at most 5 MiB."

# What `read` gives, as JSON Schema.
READ_SCHEMA: dict[str, Any] = {
    "type": ["object", "null"],
    "description": "The picture; `thumb` is a small one.",
    "properties": {
        "url": {"type": "string", "format": "uri-reference"},
        "thumb": {"type": "string", "format": "uri-reference"},
        "width": {"type": ["integer", "null"]},
        "height": {"type": ["integer", "null"]},
        "type": {"type": "string", "enum": list(MIME_TYPES.values())},
        "bytes": {"type": ["integer", "null"]},
    },
    "required": ["url", "thumb", "width", "height", "type", "bytes"],
}
READ_EXAMPLE = {
    "url": "/uploads/0123456789abcdef0123456789abcdef.png",
    "thumb": "/uploads/0123456789abcdef0123456789abcdef-thumb.png",
    "width": 640,
    "height": 400,
    "type": "image/png",
    "bytes": 8159,
}


class PictureField(WriteOnlyField):
    """A picture. The field `image` needs the columns `image_name`, `image_width`, `image_height` and `image_bytes`.

    It is given as the bytes of a file, or None for no picture, and read as `read` says. With `is_square`, the small
    one is a square of its middle.
    """

    read_schema, read_example = READ_SCHEMA, READ_EXAMPLE

    def __init__(self, *args: Any, is_square: bool = False, **options: Any) -> None:
        self.is_square = is_square
        super().__init__(*args, **options)

    @property
    def columns(self) -> list[str]:
        """The columns that it needs."""
        return [f"{self.name}_{part}" for part in ("name", "width", "height", "bytes")]

    def accept(self, value: Any) -> Picture:
        """The picture in the bytes of a file. ValueError with a message; Busy when many are being looked at."""
        return picture_of(value, self.is_square)

    def attributes(self) -> dict[str, Any]:
        """Of the form's input: which files may be chosen, and what its script is to know."""
        limits = {"data-most-bytes": largest_sent.get(), "data-most-pixels": MOST_PIXELS}
        return {"accept": ",".join(MIME_TYPES.values()), **limits}

    def read(self, row: Any) -> dict[str, Any] | None:
        """`url, thumb` (a URL), `width, height` (pixels), `type, bytes` of the picture; None when there is none."""
        name = getattr(row, f"{self.name}_name")
        if not name or not file_names(name):
            return None
        return {
            "url": storage.url(name),
            "thumb": storage.url(thumbnail_name(name)),
            "width": getattr(row, f"{self.name}_width"),
            "height": getattr(row, f"{self.name}_height"),
            "type": MIME_TYPES[name[-4:]],
            "bytes": getattr(row, f"{self.name}_bytes"),
        }

    def keep(self, row: Any, picture: Picture | None) -> None:
        """Keep the files: who is told that the row is there finds them too, also after a power cut."""
        if picture:
            picture.keep()
        setattr(row, f"{self.name}_name", picture and picture.name)
        setattr(row, f"{self.name}_width", picture and picture.width)
        setattr(row, f"{self.name}_height", picture and picture.height)
        setattr(row, f"{self.name}_bytes", picture and len(picture.files[picture.name]))

    def discard(self, _row: Any, picture: Picture | None) -> None:
        """Remove the files of a row that was not written."""
        if picture and not is_in_doubt():
            picture.remove()


class ImageField(PictureField):
    """A picture that a row of your own may have: `cover = ImageField()` makes the columns `cover_name`, … by itself."""

    def __init__(self, **options: Any) -> None:
        usual: dict[str, Any] = {"null": True, "help_text": PICTURE_FILE}
        super().__init__(**usual | options)

    def bind(self, model: Any, name: str, set_attribute: bool = True) -> None:
        """Called by Peewee when the class is made. The columns are `part_of` the picture."""
        super().bind(model, name, set_attribute)
        # One that is there already is somebody's own field, which a check refuses.
        for column in [column for column in self.columns if column not in model._meta.fields]:
            is_name = column.endswith("_name")
            field: Any = CharField(max_length=40, null=True, index=True) if is_name else IntegerField(null=True)
            field.part_of = name
            before: Any = vars(self).get("renamed_from")
            field.renamed_from = f"{before}{column.removeprefix(name)}" if before else ""
            model._meta.add_field(column, field)

    def wrong(self) -> tuple[str, str] | None:
        """The problem and its remedy: a row is there before its picture is."""
        return None if self.null else ("that must be there", "Take null=False away: a picture may be left out.")
