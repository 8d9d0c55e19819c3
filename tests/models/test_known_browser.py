"""A browser in which somebody has logged in is known again by its token."""

import pytest

from models.known_browser import MOST_BROWSERS, KnownBrowser
from models.shared.database import database
from models.user import User

pytestmark = pytest.mark.usefixtures("tables")


@pytest.fixture
def ada(tables):
    return User.create(name="Ada Lovelace", uid="ada")


@pytest.fixture
def hop(tables):
    return User.create(name="Grace Hopper", uid="hop")


def test_it_is_known_for_those_who_have_logged_in_there_only(ada, hop):
    token = KnownBrowser.remember("", ada)
    assert KnownBrowser.knows(token, "ada")
    assert not KnownBrowser.knows(token, "hop")
    assert KnownBrowser.remember(token, hop) == token
    assert KnownBrowser.knows(token, "hop")
    assert KnownBrowser.last_of(token).user == hop


def test_nobody_chooses_a_token_themselves(ada):
    assert KnownBrowser.remember("made-up", ada) != "made-up"
    assert not KnownBrowser.knows("made-up", "ada")
    assert not KnownBrowser.knows("", "ada")


def test_the_table_has_no_token(ada):
    token = KnownBrowser.remember("", ada)
    assert token not in repr(database.execute_sql("select * from known_browsers").fetchall())


def test_logging_in_there_again_makes_no_second_row(ada):
    token = KnownBrowser.remember("", ada)
    KnownBrowser.remember(token, ada)
    assert KnownBrowser.select().count() == 1


def test_the_one_that_was_used_longest_ago_is_forgotten(ada):
    first = KnownBrowser.remember("", ada)
    for _ in range(MOST_BROWSERS):
        KnownBrowser.remember("", ada)
    assert KnownBrowser.select().count() == MOST_BROWSERS
    assert not KnownBrowser.knows(first, "ada")


def test_a_deleted_user_is_known_nowhere(ada):
    KnownBrowser.remember("", ada)
    ada.delete()
    assert KnownBrowser.select().count() == 0


def test_junk_of_the_same_name_before_it_hides_no_browser(ada):
    token = KnownBrowser.remember("", ada)
    assert KnownBrowser.known_among(["junk", "more junk", token]) == token
    assert KnownBrowser.known_among(["junk", "more junk"]) == "junk"
    assert KnownBrowser.known_among([]) == ""
