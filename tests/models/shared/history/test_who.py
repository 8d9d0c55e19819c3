"""Who did it: told in the transaction that writes, whatever the way."""

import json
import sqlite3
from contextlib import closing, suppress

import pytest

from models.change import Change
from models.changed_row import ChangedRow
from models.joke import Joke
from models.post import Post
from models.shared.database import database
from models.shared.history.writer import Writer, writing
from models.user import User


def rows_of(change_id):
    rows = ChangedRow.select().where(ChangedRow.change == change_id).order_by(ChangedRow.id)
    return [(row.done, row.table_name, row.row_id) for row in rows]


def taken_back(write):
    with suppress(ZeroDivisionError), database.atomic():
        write()
        raise ZeroDivisionError


def newest():
    return Change.select().order_by(Change.id.desc()).first()


@pytest.mark.usefixtures("tables")
def test_a_writer_and_what_they_wrote_in_two_transactions_are_one_change():
    with writing(Writer("POST /users", lambda: 7)) as writer:
        ada = User.create(name="Ada Lovelace", uid="ada")
        Post.create(user=ada, note="Hello")
    change = newest()
    assert (change.id, change.person, change.command) == (writer.change, 7, "POST /users")
    assert rows_of(change.id) == [("create", "users", ada.id), ("create", "posts", 1)]


@pytest.mark.usefixtures("tables")
def test_what_is_written_after_a_part_was_taken_back_is_of_the_same_writer():
    with writing(Writer("POST /users", lambda: 7)), database.atomic():
        taken_back(lambda: User.create(name="Nobody", uid="nobody"))
        ada = User.create(name="Ada Lovelace", uid="ada")
    assert newest().person == 7
    assert rows_of(newest().id) == [("create", "users", ada.id)]


@pytest.mark.usefixtures("tables")
def test_what_is_taken_back_leaves_no_change():
    before = newest().id
    taken_back(lambda: User.create(name="Nobody", uid="nobody"))
    assert newest().id == before
    assert User.update(name="Nobody").where(User.uid == "nobody").execute() == 0
    assert newest().id == before


@pytest.mark.usefixtures("tables")
def test_another_program_is_unknown_and_nobody_takes_over_what_it_did():
    with writing(Writer("POST /jokes", lambda: 7)):
        joke = Joke.create(joke="A first one.")
        with closing(sqlite3.connect(database.database)) as shell, shell:
            shell.execute("update jokes set joke = 'Another one.'")
        unknown = newest()
        joke.update(joke="A third one.")
    assert (unknown.person, unknown.command) == (None, None)
    (row,) = unknown.rows
    assert (json.loads(row.before), json.loads(row.after)) == ({"joke": "A first one."}, {"joke": "Another one."})
    assert {change.command for change in Change.select().where(Change.person == 7)} == {"POST /jokes"}


@pytest.mark.usefixtures("tables")
def test_a_statement_that_gives_its_rows_back_does_so_and_has_its_writer():
    Joke.create(joke="Soon gone.")
    with writing(Writer("POST /jokes", lambda: 7)):
        gone = Joke.delete().returning(Joke).execute()
        assert [joke.joke for joke in gone] == ["Soon gone."]
    assert (newest().person, rows_of(newest().id)) == (7, [("delete", "jokes", 1)])


def test_a_request_is_of_whoever_is_logged_in(member):
    member.post_json("/api/posts", {"note": "Mine"})
    with database.connection_context():
        assert (newest().person, newest().command) == (2, "POST /api/posts")


def test_a_visitor_is_nobody_but_it_is_known_what_they_asked_for(visitor):
    visitor.post_json("/api/users", {"name": "Ada Lovelace", "uid": "ada", "password": "a long one"})
    with database.connection_context():
        assert (newest().person, newest().command) == (None, "POST /api/users")
