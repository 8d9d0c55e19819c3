"""Stars, which planets refer to; they read more of themselves than their columns."""

from peewee import CharField

from models import Resource


class Star(Resource):
    name = CharField(unique=True)

    def __str__(self):
        return f"{self.name} the star"

    shows = ("id", "name", "letters")

    def read(self):
        return super().read() | {"kind": "star"}

    @property
    def letters(self) -> int:
        """How long the name is."""
        return len(self.name)


def init_stars():
    for name in ("Sun", "Sirius"):
        Star.create(name=name)
