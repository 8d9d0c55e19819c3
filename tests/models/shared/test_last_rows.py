"""The newest rows of many tables, in one query."""

import pytest
from playhouse.test_utils import assert_query_count

from models.joke import Joke
from models.post import Post
from models.shared.last_rows import AT_ONCE, last_rows
from models.shared.one_row import all_of
from models.user import User

pytestmark = pytest.mark.usefixtures("tables")


def test_each_query_gives_its_newest_row_or_none():
    ada, ida = (User.create(name=name, uid=name.lower()) for name in ("Ada", "Ida"))
    post = Post.create(user=ada, note="Zoë was here")
    with assert_query_count(1):
        found = last_rows([all_of(User), Post.with_user(), all_of(Joke), User.select().where(User.id == ada.id)])
        assert found == [ida, post, None, ada]
        assert (found[0].name, found[1].note, found[1].user.name) == ("Ida", "Zoë was here", "Ada")


def test_many_take_few_queries():
    ada = User.create(name="Ada", uid="ada")
    with assert_query_count(3):
        assert last_rows([all_of(User)] * (2 * AT_ONCE + 1)) == [ada] * (2 * AT_ONCE + 1)
    assert last_rows([]) == []


def test_a_value_that_its_column_cannot_hold_takes_nothing_down():
    User.insert(name="Ada", uid="ada", role="user").execute()
    User.update(dob="31/02").execute()
    (ada,) = last_rows([all_of(User)])
    assert ada.unreadable == {"dob": "31/02"}
