"""Stars, which planets refer to."""

from peewee import CharField

from models.base import Resource


class Star(Resource):
    name = CharField(unique=True)

    def __str__(self):
        return f"{self.name} the star"


def init_stars():
    for name in ("Sun", "Sirius"):
        Star.create(name=name)
