"""`python -m seed --users N`: quick, and with nothing that differs from rows that somebody wrote."""

import sqlite3
from contextlib import closing

import pytest

from models.folded import Folded
from models.post import Post
from models.shared.database import database
from models.shared.folding_triggers import triggers
from models.shared.listing import page_of
from models.user import User
from seed import made_up
from seed.made_up import MADE_UP_NOTES, add_batch, add_made_up_users, made_up_user

pytestmark = pytest.mark.usefixtures("tables")
PEOPLE = ("name", "uid", "dob", "role", "password_hash")


def contents():
    """All rows, and what is kept of their texts."""
    users = [tuple(getattr(user, name) for name in ("id", *PEOPLE)) for user in User.select().order_by(User.id)]
    posts = [(post.id, post.userID, post.note, post.image_name) for post in Post.select().order_by(Post.id)]
    copies = Folded.select(Folded.place, Folded.row_id, Folded.start, Folded.text)
    return users, posts, sorted(copies.tuples())


def test_made_up_rows_are_as_if_they_had_been_written_one_by_one():
    for number in range(1, 6):
        user = User.create(**made_up_user(number))
        for note in MADE_UP_NOTES:
            Post.create(user=user, note=note)
    one_by_one = contents()
    User.delete().execute()
    database.execute_sql("delete from sqlite_sequence")
    assert contents() == ([], [], [])
    assert sum(add_made_up_users(5)) == 5
    assert contents() == one_by_one


def test_the_same_number_always_makes_the_same_user():
    assert made_up_user(1_000_000) == made_up_user(1_000_000)
    people = [made_up_user(number) for number in range(5000)]
    assert len({user["uid"] for user in people}) == 5000
    assert len({user["name"] for user in people}) > 600
    assert len({user["dob"] for user in people}) > 4000


def test_made_up_users_are_found(monkeypatch):
    monkeypatch.setattr(made_up, "USERS_PER_BATCH", 10)
    assert list(add_made_up_users(25)) == [10, 10, 5]
    assert page_of(User.select(), search=".").total == 25
    assert page_of(Post.select(), search="MADE up").total == 25


def test_between_two_batches_another_program_writes_and_is_found(monkeypatch):
    monkeypatch.setattr(made_up, "USERS_PER_BATCH", 5)
    for _ in add_made_up_users(10):
        with closing(sqlite3.connect(database.database, timeout=0)) as program:
            there = program.execute("select count(*) from users").fetchone()[0]
            program.execute("insert into users (_name, _uid, _role) values ('Zoë', ?, 'user')", [f"zoe{there}"])
            program.commit()
    assert page_of(User.select(), search="zoe").total == 2
    assert (User.select().count(), Post.select().count()) == (12, 20)


def test_a_batch_that_is_stopped_leaves_nothing_behind_and_all_triggers(monkeypatch):
    there, before = triggers(), contents()
    monkeypatch.setattr(made_up, "utc_now", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        add_batch([made_up_user(1)])
    assert (triggers(), contents()) == (there, before)


def test_a_long_text_is_ordered_by_its_beginning_only(monkeypatch):
    long_note = " ".join(["Long"] * 100)
    monkeypatch.setattr(made_up, "MADE_UP_NOTES", [long_note])
    add_batch([made_up_user(1)])
    made = Folded.get(place="posts.note")
    Post.get().update(note="short")
    Post.get().update(note=long_note)
    written = Folded.get(place="posts.note")
    assert (made.start, made.text) == (written.start, written.text)


def test_made_up_users_make_way_for_people():
    User.create(**made_up_user(number=3))
    assert sum(add_made_up_users(5)) == 5
    assert User.select().count() == 6
    assert User.get_by_id(1).posts_total == 0
