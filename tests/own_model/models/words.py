"""One table for each word."""

from datetime import date

from peewee import CharField, DateField, ForeignKeyField

from models import Resource, User


class Diary(Resource):
    user = ForeignKeyField(User)
    text = CharField()
    readers = "owners"


class Suggestion(Resource):
    text = CharField()
    readers = "admins"
    writers = "everyone"


class Notice(Resource):
    text = CharField()
    readers = "everyone"
    writers = "admins"

    def read(self):
        return super().read() | {"letters": len(self.text) if Notice.get_by_id(self.id) else 0}


class Chat(Resource):
    user = ForeignKeyField(User, null=True)
    text = CharField()
    readers = "members"
    writers = "members"


class Badge(Resource):
    user = ForeignKeyField(User)
    text = CharField()
    readers = "everyone"


class Person(Resource):
    text = CharField()
    plural = "people"
    readers = "everyone"
    writers = "everyone"


class Tip(Resource):
    nick = CharField(default="")
    day = DateField(default=date(2020, 1, 1))
    diary = ForeignKeyField(Diary, null=True)
    readers = "everyone"
    writers = "members"

    def problems(self):
        if self.nick == "Grumpy":
            yield "mood", "must be better"
