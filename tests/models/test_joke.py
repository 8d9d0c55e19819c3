"""Jokes: laughed at and groaned at, by many at once."""

import threading

import pytest
from peewee import DoesNotExist
from webtest import TestApp

from models.joke import Joke, init_jokes
from models.shared.row_checks import Invalid
from tests.server import on_two_processes_too


def test_a_joke_counts_who_laughs_and_who_groans(tables):
    joke = Joke.create(joke="Knock, knock.")
    assert joke.laugh().laugh().groan().read() == {"id": 1, "joke": "Knock, knock.", "haha": 2, "boohoo": 1}


def test_the_sample_jokes_are_all_different_and_one_of_them_is_told(tables):
    init_jokes()
    assert len({joke.joke for joke in Joke.select()}) == Joke.select().count() > 5
    assert Joke.random() in list(Joke.select())


def test_no_joke_is_told_twice(tables):
    init_jokes()
    with pytest.raises(Invalid, match="joke is already taken"):
        Joke.create(joke=Joke.random().joke)


def test_nobody_laughs_at_a_joke_that_is_gone(tables):
    joke = Joke.create(joke="Knock, knock.")
    joke.delete()
    with pytest.raises(DoesNotExist):
        joke.laugh()


@on_two_processes_too
def test_eight_who_laugh_and_groan_at_once_are_all_counted(visitor, at_once):
    barrier = threading.Barrier(8)

    def react():
        browser = TestApp(visitor.app)
        barrier.wait()
        for _ in range(10):
            browser.post("/api/jokes/1/haha", status=200)
            browser.post("/jokes/1/boohoo", status=303)

    at_once(*[react] * 8)
    joke = visitor.get("/api/jokes/1").json
    assert (joke["haha"], joke["boohoo"]) == (80, 80)
