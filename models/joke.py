"""Jokes: the example for a model of your own. Copy it, change the names, and start the site again.

A Resource gets its table, its pages and its JSON by itself.
"""

from peewee import CharField, IntegerField, fn

from models import Resource


class Joke(Resource):
    """Something to laugh or to groan at, and how many did."""

    joke = CharField(max_length=200, unique=True)
    haha = IntegerField(default=0)
    boohoo = IntegerField(default=0)

    read_only = counters = ("haha", "boohoo")  # nobody sends these; they are counted

    @classmethod
    def random(cls) -> "Joke":
        """Any one of them. DoesNotExist when there are none."""
        return cls.select().order_by(fn.RANDOM()).get()

    def laugh(self) -> "Joke":
        """One more haha."""
        return self.add_one(Joke.haha)

    def groan(self) -> "Joke":
        """One more boohoo."""
        return self.add_one(Joke.boohoo)

    def add_one(self, counter: IntegerField) -> "Joke":
        """The database adds, so that two who laugh at once count as two. DoesNotExist when the joke is gone."""
        with self._meta.database.atomic():
            Joke.update({counter: counter + 1}).where(Joke.id == self.id).execute()
        return Joke.get_by_id(self.id)


def init_jokes() -> None:
    """Sample rows, made together with the table."""
    for joke in (
        "The table asked the query out. It had no index, so the answer came much too late.",
        "Why was the row never lonely? It had so many foreign keys to other people's places.",
        "A teacher asked for a class. The student handed in an object.",
        "My backup is perfect. I have just never tried to bring it back.",
        "The loop went for a walk. It went for a walk. It went for a walk.",
        "A list counted its friends: there was nobody at number one, as they all sat from zero on.",
        "The bug moved out as soon as somebody came to look.",
    ):
        Joke.create(joke=joke)
