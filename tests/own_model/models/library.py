"""A library: what refers to what, by every rule."""

from peewee import CharField, DeferredForeignKey, ForeignKeyField

from models import DecimalField, FloatField, ImageField, IntegerField, Post, Resource, User


class Shelf(Resource):
    owner = ForeignKeyField(User)
    name = CharField(max_length=100)
    favourite = DeferredForeignKey("Book", null=True)
    plural = "shelves"


class Book(Resource):
    owner = ForeignKeyField(User)
    title = CharField(max_length=100)
    shelf = ForeignKeyField(Shelf)
    back_to = ForeignKeyField(Shelf, null=True)


class Medal(Resource):
    owner = ForeignKeyField(User)
    front = ImageField()
    name = CharField(max_length=100)
    back = ImageField(verbose_name="Other side")
    readers = "owners"


class Cover(Resource):
    owner = ForeignKeyField(User)
    front = ImageField()
    name = CharField(max_length=100)
    medal = ForeignKeyField(Medal, null=True, on_delete="CASCADE")


class Loan(Resource):
    book = ForeignKeyField(Book)
    reader = ForeignKeyField(User, null=True)
    note = CharField(max_length=100)
    readers = "admins"
    writers = "members"


class Label(Resource):
    shelf = ForeignKeyField(Shelf, on_delete="CASCADE")
    text = CharField(max_length=100)


class Twin(Resource):
    name = CharField(max_length=100)
    owner = ForeignKeyField(User)
    twin = ForeignKeyField("self")


class Hen(Resource):
    name = CharField(max_length=100)
    owner = ForeignKeyField(User)
    egg = DeferredForeignKey("Egg", null=False)


class Egg(Resource):
    name = CharField(max_length=100)
    owner = ForeignKeyField(User)
    hen = ForeignKeyField(Hen)


class Score(Resource):
    rating = IntegerField(minimum=3, maximum=5)
    share = FloatField(null=True, minimum=0, maximum=1)
    price = DecimalField(max_digits=6, decimal_places=2, null=True, minimum=10)
    heat = FloatField(null=True, maximum=-0.5)
    writers = "members"


class Remark(Resource):
    post = ForeignKeyField(Post)
    text = CharField(max_length=100)
    answers = ForeignKeyField("self", null=True, on_delete="CASCADE")


class Smile(Resource):
    remark = ForeignKeyField(Remark, null=True)
