"""Jokes: what a joke has beside the pages and the JSON of every Resource, as `routes/resources.py` makes them."""

from typing import Any

from bottle import HTTPResponse

from models.joke import Joke
from routes.shared.addresses import path_of
from routes.shared.body import sent_form
from routes.shared.page import see_other
from routes.shared.permissions import GUARDS
from routes.shared.section import Section

READERS = GUARDS[Joke.readers]  # who may laugh, too: with or without a login

routes = Section()


@routes.post("/jokes/<id:int>/haha", apply=READERS)
def laugh(id: int) -> HTTPResponse:
    Joke.get_by_id(id).laugh()
    return back_to(id)


@routes.post("/jokes/<id:int>/boohoo", apply=READERS)
def groan(id: int) -> HTTPResponse:
    Joke.get_by_id(id).groan()
    return back_to(id)


@routes.get("/api/jokes/random", apply=READERS, varies=True, gives=Joke, refuses=(404,))
def read_random_joke() -> dict[str, Any]:
    """Any joke."""
    return Joke.random().read()


@routes.post("/api/jokes/<id:int>/haha", apply=READERS, gives=Joke)
def laugh_at_joke(id: int) -> dict[str, Any]:
    """Laugh at a joke."""
    return Joke.get_by_id(id).laugh().read()


@routes.post("/api/jokes/<id:int>/boohoo", apply=READERS, gives=Joke)
def groan_at_joke(id: int) -> dict[str, Any]:
    """Groan at a joke."""
    return Joke.get_by_id(id).groan().read()


def back_to(id: int) -> HTTPResponse:
    """The joke in the list in which the button stood, or its own page."""
    path = path_of(str(sent_form().get("back", "")))
    return see_other(f"{path}#row-{id}" if path else f"/jokes/{id}")
