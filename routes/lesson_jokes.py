"""The jokes, in the dialect of the lesson's own pages."""

from typing import Any

from models.joke import Joke
from routes.shared.lesson_dialect import LESSON
from routes.shared.lesson_lists import as_list, first_rows
from routes.shared.permissions import GUARDS
from routes.shared.section import Section
from routes.shared.shapes import shape

JOKE_READERS = GUARDS[Joke.readers]

routes = Section(dialect=LESSON)


@routes.get("/lesson/api/jokes", apply=JOKE_READERS, gives=[Joke])
def list_jokes() -> str:
    """The jokes: at most 500, and where the next ones are."""
    return as_list([joke.read() for joke in first_rows(Joke.select())])


@routes.get("/lesson/api/jokes/<id:int>", apply=JOKE_READERS, gives=Joke)
def read_joke(id: int) -> dict[str, Any]:
    """One joke."""
    return Joke.get_by_id(id).read()


@routes.get("/lesson/api/jokes/random", apply=JOKE_READERS, varies=True, gives=Joke, refuses=(404,))
def read_random_joke() -> dict[str, Any]:
    """Any joke."""
    return Joke.random().read()


@routes.get("/lesson/api/jokes/count", apply=JOKE_READERS, gives=shape(count={"type": "integer"}))
def count_jokes() -> dict[str, Any]:
    """How many jokes there are."""
    return {"count": Joke.select().count()}


@routes.put("/lesson/api/jokes/like/<id:int>", apply=JOKE_READERS, gives=Joke)
def laugh_at_joke(id: int) -> dict[str, Any]:
    """Laugh at a joke."""
    return Joke.get_by_id(id).laugh().read()


@routes.put("/lesson/api/jokes/jeer/<id:int>", apply=JOKE_READERS, gives=Joke)
def groan_at_joke(id: int) -> dict[str, Any]:
    """Groan at a joke."""
    return Joke.get_by_id(id).groan().read()
