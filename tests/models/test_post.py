"""Posts belong to a user, and go with them however the user goes."""

import sqlite3

import pytest

from models.post import SAMPLE_NOTES, Post, init_posts
from models.shared.database import database
from models.shared.picture_rows import all_files
from models.shared.row_checks import Invalid
from models.shared.storage import storage
from models.user import SAMPLE_USERS, User, init_users, sample_users
from tests.drawn import png

pytestmark = pytest.mark.usefixtures("tables")


@pytest.fixture
def ada(tables):
    return User.create(name="Ada Lovelace", uid="ada")


def test_a_post_is_read_in_jsons_types(ada):
    post = Post.create(user=ada, note=" Hello\r\nthere ", created="2026-01-05T09:30:00+01:00")
    assert Post.get_by_id(post.id).read() == {
        "id": post.id,
        "user": ada.id,
        "note": "Hello\nthere",
        "alt": None,
        "created": "2026-01-05T08:30:00Z",
        "image": None,
        "group": None,
        "hidden_because": None,
    }


def test_a_post_knows_when_it_was_written(ada):
    assert Post.create(user=ada, note="Hello").created.tzinfo is None


@pytest.mark.parametrize(
    ("note", "message"),
    [
        ("", "is required"),
        ("  \n", "is required"),
        ("x" * 10_001, "must have at most 10,000 characters"),
        (5, "must be text"),
    ],
)
def test_a_bad_note_is_refused(ada, note, message):
    with pytest.raises(Invalid) as refusal:
        Post.create(user=ada, note=note)
    assert refusal.value.problems == {"note": message}


def test_a_note_of_ten_thousand_characters_is_fine(ada):
    assert Post.create(user=ada, note="é" * 10_000).id


def test_a_deletion_that_is_taken_back_in_the_end_keeps_the_files(ada):
    post = Post.create(user=ada, note="Look", image=png())
    with database.atomic(), database.atomic() as inner:
        post.delete()
        inner.rollback()
    assert list(storage.names()) == sorted(all_files()) != []


def test_deleting_a_user_deletes_their_posts(ada):
    Post.create(user=ada, note="Hello")
    ada.delete()
    assert Post.select().count() == 0


def test_deleting_a_user_in_sql_deletes_their_posts(ada):
    Post.create(user=ada, note="Hello")
    database.execute_sql("delete from users")
    assert Post.select().count() == 0


def test_posts_left_behind_by_the_sqlite3_program_are_not_shown(ada):
    Post.create(user=ada, note="Left behind")
    with sqlite3.connect(database.database) as program:  # its foreign keys are off
        program.execute("delete from users")
    program.close()
    assert Post.select().count() == 1
    assert list(Post.with_user()) == []


def test_the_next_user_does_not_inherit_what_was_left_behind(ada):
    Post.create(user=ada, note="Left behind")
    with sqlite3.connect(database.database) as program:
        program.execute("delete from users")
    program.close()
    assert User.create(name="Grace Hopper", uid="hop").read()["posts"] == []


def test_every_sample_user_has_one_to_three_posts():
    assert list(SAMPLE_NOTES) == [uid for _name, uid, _dob in SAMPLE_USERS]
    assert {len(notes) for notes in SAMPLE_NOTES.values()} == {1, 2, 3}


def test_the_sample_posts_are_the_same_on_every_run():
    init_users(sample_users(lesson=False))
    init_posts({})
    first = [post.read() for post in Post.select()]
    Post.delete().execute()
    init_posts({})
    again = [post.read() for post in Post.select()]
    assert [post | {"id": 0} for post in first] == [post | {"id": 0} for post in again]


def test_a_post_that_was_refused_in_the_end_can_be_written_again_with_its_picture(ada, monkeypatch):
    post = Post(user=ada, note="Look", image=png())

    def refuse(_post):
        raise Invalid({"note": "must wait"})

    with monkeypatch.context() as patched:
        patched.setattr(Post, "before_write", refuse)
        with pytest.raises(Invalid):
            post.create()
    assert list(storage.names()) == []
    post.create()
    assert list(storage.names()) == sorted(all_files()) != []
