"""Planets: a field of every kind."""

from uuid import uuid4

from models.star import Star
from peewee import (
    BigIntegerField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    FloatField,
    ForeignKeyField,
    IntegerField,
    TextField,
    UUIDField,
)

from models import Resource, User


class Planet(Resource):
    owner = ForeignKeyField(User, backref="planets")
    star = ForeignKeyField(Star, null=True, verbose_name="Its star")
    name = CharField(max_length=20, help_text="As on the map.")
    notes = TextField(default="")
    moons = IntegerField(default=0)
    age = BigIntegerField(null=True)
    mass = FloatField(null=True)
    price = DecimalField(max_digits=6, decimal_places=2, null=True)
    rings = BooleanField(default=False)
    life = BooleanField(null=True)
    found = DateField(null=True)
    seen = DateTimeField(null=True)
    code = UUIDField(default=uuid4, unique=True)
    size = CharField(choices=[("s", "Small"), ("l", "Large")], default="s")

    class Meta:
        indexes = ((("star", "name"), True),)


def init_planets():
    owner = User.get(User.uid == "niko")
    Planet.create(owner=owner, star=Star.get(name="Sun"), name="Mars", moons=2, mass=0.642, price="10.5", rings=False)
    Planet.create(owner=owner, star=Star.get(name="Sun"), name="Saturn", moons=274, rings=True, size="l")
