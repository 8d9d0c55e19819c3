"""Queries whose SQL is made once, into which values are put."""

import pytest

from models.post import Post
from models.session import Session
from models.shared.database import database
from models.shared.fields import utc_now
from models.shared.listing import page_of
from models.shared.one_row import row_of
from models.shared.prepared import MOST_PREPARED
from models.shared.related import NEWEST, with_newest
from models.user import User

pytestmark = pytest.mark.usefixtures("tables")


@pytest.fixture
def ada(tables):
    return User.create(name="Ada Lovelace", uid="ada", dob="1815-12-10")


@pytest.fixture
def hop(tables):
    return User.create(name="Grace Hopper", uid="hop", dob="1906-12-09")


def test_what_is_known_of_a_query_is_its_shape_and_not_what_it_found(ada):
    assert [user.uid for user in with_newest(User)] == ["ada"]
    Post.create(user=ada, note="The first one")
    User.create(name="Zoë", uid="zoe")
    assert [(user.uid, user.posts_total) for user in with_newest(User)] == [("ada", 1), ("zoe", 0)]
    assert [post.note for post in Post.with_user()] == ["The first one"]


def test_the_sql_of_a_shape_is_made_once():
    assert Session.good_ones(2) is Session.good_ones(2)
    assert Session.good_ones(2) is not Session.good_ones(3)


def test_what_strangers_make_up_does_not_stay():
    first = Session.good_ones(1)
    for count in range(2, MOST_PREPARED + 2):
        Session.good_ones(count)
    assert Session.good_ones(1) is not first


def test_a_query_of_ones_own_is_asked_as_it_is(ada, hop):
    for _ in range(2):
        assert [user.uid for user in page_of(User.select().where(User.uid == "hop")).rows] == ["hop"]
        assert [user.uid for user in page_of(User.select().where(User.uid == "ada")).rows] == ["ada"]
        assert page_of(User.select().where(User.uid == "none")).total == 0


def test_a_row_is_found_as_it_is_now(ada, hop):
    assert row_of(with_newest(User), ada.id).name == "Ada Lovelace"
    ada.update(name="Ada King")
    assert [row_of(with_newest(User), each.id).name for each in (ada, hop)] == ["Ada King", "Grace Hopper"]
    assert User.get_by_id(ada.id).name == "Ada King"
    ada.delete()
    for gone in (lambda: User.get_by_id(ada.id), lambda: row_of(with_newest(User), ada.id)):
        with pytest.raises(User.DoesNotExist):
            gone()


def test_the_newest_of_each_are_found_among_many(ada, hop):
    rows = [{"user": ada, "note": f"Number {number}", "created": utc_now()} for number in range(30)]
    Post.insert_many([*rows, {"user": hop, "note": "The only one", "created": utc_now()}]).execute()
    newest = [f"Number {number}" for number in range(29, 29 - NEWEST, -1)]
    for found in (with_newest(User), page_of(with_newest(User)).rows, [ada, hop]):
        assert [[post["note"] for post in user.read()["posts"]] for user in found] == [newest, ["The only one"]]
    assert [user.read()["posts_total"] for user in with_newest(User)] == [30, 1]


def test_a_text_that_is_no_text_is_asked_for_again(ada, hop):
    database.execute_sql("UPDATE users SET _name = CAST(x'ff41' AS TEXT) WHERE id = ?", [ada.id])
    assert [user.name for user in page_of(User.select()).rows] == [None, "Grace Hopper"]
    assert row_of(with_newest(User), ada.id).unreadable == {"name": "\ufffdA"}
    assert User.get_by_id(hop.id).name == "Grace Hopper"


def test_a_row_that_is_saved_with_the_id_of_no_row_says_so(ada):
    ghost = User(name="Nobody", uid="nobody")
    ghost.id = ada.id + 1
    assert ghost.save() == 0
    assert ghost.save(force_insert=True) == 1
    assert User.get_by_id(ada.id + 1).uid == "nobody"
