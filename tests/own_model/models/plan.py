"""Plans that may be for a group only, and what refers to them."""

from peewee import CharField, ForeignKeyField

from models import Group, ImageField, IntegerField, Resource, User


class Plan(Resource):
    owner = ForeignKeyField(User)
    title = CharField(max_length=100, unique=True)
    days = IntegerField(default=1)
    sketch = ImageField()
    group = ForeignKeyField(Group, null=True)


class Idea(Resource):
    plan = ForeignKeyField(Plan)
    text = CharField(max_length=100)
    group = ForeignKeyField(Group, null=True)
    writers = "members"
