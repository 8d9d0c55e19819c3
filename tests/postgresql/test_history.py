"""The history on PostgreSQL: nothing gets past it there either."""

import os
from pathlib import Path

import psycopg
import pytest
from peewee import fn
from webtest import TestApp

from app import create_app
from config import Settings
from models.change import Change
from models.changed_row import ChangedRow
from models.joke import Joke
from models.post import Post
from models.shared.database import bind_database, database
from models.shared.history.erasing import erase
from models.shared.history.writer import Writer, writing
from models.shared.migrating import drop_tables
from models.shared.schema import prepare
from models.user import User
from tests.forgotten import forget_history
from tests.replayed import rows_now, rows_told

URL = os.environ["TEST_DATABASE_URL"]


@pytest.fixture
def _empty():
    bind_database(Path(), URL)
    with database.connection_context():
        drop_tables()
    yield
    database.close_all()


@pytest.fixture
def ada(_empty):
    prepare()
    with database.connection_context():
        ada = User.create(name="Ada Lovelace", uid="ada", password="a long one")
        for note in ("One", "Two"):
            Post.create(user=ada, note=note)
        yield ada


def newest():
    return Change.select().order_by(Change.id.desc()).first()


WAYS = {
    "create": (lambda: Joke.create(joke="A"), 1),
    "the same again": (lambda: User.get().update(name="Ada Lovelace"), 0),
    "insert_many": (lambda: Joke.insert_many([{"joke": "A"}, {"joke": "B"}]).execute(), 2),
    "update of many": (lambda: Post.update(note=fn.UPPER(Post.note)).execute(), 2),
    "cascade": (lambda: User.delete().execute(), 3),
    "on conflict": (
        lambda: (
            User.insert(name="Z", uid="ada", role="user")
            .on_conflict(conflict_target=[User.uid], preserve=[User.name])
            .execute()
        ),
        1,
    ),
    "raw": (lambda: database.execute_sql("update posts set note = note || '!'"), 2),
    "many": (lambda: database.execute_many("update posts set note = %s", [("a",), ("b",)]), 4),
    "truncate": (lambda: database.execute_sql("truncate users cascade"), None),
    "another id": (lambda: database.execute_sql("update posts set id = 99 where id = 1"), 2),
    "only counted": (lambda: [Joke.create(joke="A"), Joke.get().laugh()], 1),
    "a secret": (lambda: User.get().update(password="another long one"), 1),
    "the largest number": (lambda: User.update(image_bytes=2**31 - 1).execute(), 1),
    "a day that Python has not": (lambda: database.execute_sql("update posts set created = 'infinity'"), 2),
}


@pytest.mark.parametrize("way", WAYS)
def test_each_way_is_in_the_history(ada, way):
    before = rows_now()
    ChangedRow.delete().execute()
    write, count = WAYS[way]
    with writing(Writer("POST /users", lambda: 7)) as writer:
        write()
    assert rows_told(before) == rows_now()
    assert count is None or ChangedRow.select().count() == count
    if count:
        assert {change.person for change in Change.select().join(ChangedRow)} == {7}
        assert writer.change == newest().id


def test_another_program_is_unknown_and_one_transaction_of_it_one_change(ada):
    before = rows_now()
    ChangedRow.delete().execute()
    with psycopg.connect(URL) as program:
        program.execute("delete from posts where id = 1")
        program.execute("update users set _name = 'Ada'")
    assert rows_told(before) == rows_now()
    (change,) = Change.select().join(ChangedRow).distinct()
    assert (change.person, change.command) == (None, None)


def test_what_is_taken_back_in_part_is_told_again(ada):
    with writing(Writer("POST /users", lambda: 7)), database.atomic():
        with database.atomic() as part:
            Joke.create(joke="A")
            part.rollback()
        Joke.create(joke="B")
    assert [row.done for row in newest().rows] == ["create"]
    assert newest().person == 7


def test_it_is_swept_and_erased(ada):
    ada.update(name="Ada King")
    erase(ada.id)
    told = ChangedRow.select().where(ChangedRow.table_name.in_(["users", "posts"]))
    assert {(row.before, row.after) for row in told} == {(None, None)}
    forget_history()
    assert (Change.select().count(), ChangedRow.select().count()) == (0, 0)


@pytest.mark.usefixtures("_empty")
def test_a_request_is_of_whoever_is_logged_in(tmp_path):
    site = TestApp(create_app(Settings(volumes=tmp_path, database_url=URL)))
    site.post_json("/api/users", {"name": "Ada", "uid": "ada"})
    with database.connection_context():
        assert (newest().person, newest().command) == (None, "POST /api/users")
