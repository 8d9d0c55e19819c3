"""Branches, of which each may grow out of another one; and what is done to them, under an address that is a verb."""

from peewee import BooleanField, CharField, ForeignKeyField, TextField

from models import Post, Resource, User


class Branch(Resource):
    name = CharField(max_length=255)
    trunk = ForeignKeyField("self", null=True)
    author = ForeignKeyField(User, null=True)
    editor = ForeignKeyField(User, null=True)
    readers = "everyone"
    writers = "members"


class Cut(Resource):
    branch = ForeignKeyField(Branch)
    post = ForeignKeyField(Post, null=True)
    owner = ForeignKeyField(User)
    words = TextField()
    expand = BooleanField(default=False)
    plural = "delete"
    readers = "owners"


def init_branches():
    trunk = Branch.create(name="Trunk", author=2, editor=2)
    twig = Branch.create(name="Twig", trunk=trunk, author=5, editor=2)
    Branch.create(name="Leaf", trunk=twig, author=2)
    trunk.update(trunk=twig)  # a circle
