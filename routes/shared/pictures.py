"""Pictures of rows, as a page shows them, and what a form says about them."""

from typing import Any, NamedTuple

from models.shared.fields import label_of
from models.shared.old_pictures import picture_fields
from models.shared.picture import thumbnail_size
from models.shared.picture_field import PictureField
from models.shared.resource import Resource

REMOVE = "remove-"  # before the name of a picture: no field can be called so


class ShownPicture(NamedTuple):
    """The small picture, which leads to the large one. `width` and `height` keep its place free."""

    name: str
    label: str
    url: str
    thumb: str
    width: int
    height: int
    alt: str


def shown_picture(row: Any, field: PictureField, called: str) -> ShownPicture | None:
    """The picture of a row that is `called` so; None when it has none."""
    picture = field.read(row)
    if not picture:
        return None
    size = thumbnail_size(picture["width"] or 1, picture["height"] or 1)
    return ShownPicture(
        field.name, label_of(field), picture["url"], picture["thumb"], *size, f"{label_of(field)} of {called}"
    )


def shown_pictures(row: Resource, called: str) -> list[ShownPicture]:
    """All that it has."""
    found = [shown_picture(row, field, called) for field in picture_fields(type(row))]
    return [picture for picture in found if picture]


def removals(model: type[Resource]) -> list[str]:
    """The names of the boxes that take pictures away."""
    return [f"{REMOVE}{field.name}" for field in picture_fields(model)]


def without_removed(model: type[Resource], texts: dict[str, Any]) -> dict[str, Any]:
    """`texts`, where a picture whose box is ticked is none, unless another one comes along."""
    removed = [name.removeprefix(REMOVE) for name in removals(model) if texts.get(name)]
    kept = {name: text for name, text in texts.items() if not name.startswith(REMOVE)}
    return dict.fromkeys(removed) | kept
