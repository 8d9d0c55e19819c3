"""Rows that have a picture: its files go when a row lets go of them, and with the row."""

from collections.abc import Collection
from typing import Any, Self

from peewee import ModelSelect

from models.shared.database import database
from models.shared.loading import all_models
from models.shared.picture import file_names, pictures_with_file, remove_files
from models.shared.rows import BaseModel
from models.shared.waiting import locked


class HasPicture(BaseModel):
    """A row with a PictureField `image`, and the columns that it needs."""

    image: Any
    image_name: Any

    def before_write(self) -> None:
        """With another picture, the old one's files go."""
        super().before_write()
        if self.is_changed("image_name"):
            self.lock()  # of two new pictures at once, one would be left behind
            self.remove_pictures(id=self.id)

    def before_delete(self) -> None:
        """The picture goes too."""
        super().before_delete()
        self.remove_pictures(id=self.id)

    @classmethod
    def pictured(cls) -> "ModelSelect[Self]":
        """The rows whose pictures may be seen."""
        return cls.select()

    @classmethod
    def with_file(cls, name: str) -> Self | None:
        """The row to which the file `name` belongs, as its picture or its thumbnail."""
        row: Self | None = cls.pictured().where(cls.image_name.in_(pictures_with_file(name))).first()
        return row

    @classmethod
    def remove_pictures(cls, **which: Any) -> None:
        """Remove the files that these rows have now, when the transaction around this has come to its end."""
        with_picture = cls.select(cls.image_name).filter(**which).where(cls.image_name.is_null(False))
        names = {row.image_name for row in locked(with_picture)}
        database.after_commit(lambda: remove_files(*names.difference(cls.still_used(names))))

    @classmethod
    def still_used(cls, names: Collection[str]) -> list[str]:
        """Those of these pictures that a row has, as when the deletion was taken back in the end."""
        return [str(row.image_name) for row in cls.select(cls.image_name).where(cls.image_name.in_(names))]

    @classmethod
    def files(cls) -> list[str]:
        """The names of all pictures' files, thumbnails too."""
        rows = cls.select(cls.image_name).where(cls.image_name.is_null(False))
        return [name for row in rows for name in file_names(row.image_name)]


def pictured_models() -> list[type[HasPicture]]:
    """Every table whose rows have pictures."""
    return [model for model in all_models() if issubclass(model, HasPicture)]


def all_files() -> list[str]:
    """The names of the files of all rows' pictures."""
    return [name for model in pictured_models() for name in model.files()]


def row_with_file(name: str) -> HasPicture | None:
    """The row to which the file `name` belongs, of any table."""
    return next((row for model in pictured_models() if (row := model.with_file(name))), None)
