"""Closing an account: nobody is logged in as its user."""

from functools import partial

import pytest

from models.closed_account import AccountClosed, ClosedAccount
from models.post import Post
from models.session import Session
from models.shared.database import database
from models.shared.row_checks import Invalid
from models.shared.waiting import Busy
from models.user import User

pytestmark = pytest.mark.usefixtures("tables")


@pytest.fixture
def ada():
    return User.create(name="Ada", uid="ada", role="admin")


@pytest.fixture
def ben(ada):
    return User.create(name="Ben", uid="ben")


def test_all_their_logins_end_and_none_begins(ada, ben):
    _, token = Session.start(ben, "script")
    closed = ClosedAccount.close(ben, ada, "Has left the school.")
    assert closed.read() | {"created": ""} == {
        "user": ben.id,
        "reason": "Has left the school.",
        "closed_by": ada.id,
        "created": "",
    }
    assert Session.of_token(token, "script") is None
    with pytest.raises(AccountClosed):
        Session.start(ben, "script")


def test_a_row_that_another_program_wrote_holds_for_logins_that_are_there(ada, ben):
    _, token = Session.start(ben, "browser")
    database.execute_sql(
        "INSERT INTO closed_accounts (user_id, created) SELECT id, '2026-01-01' FROM users WHERE _uid = 'ben'"
    )
    assert Session.of_token(token, "browser") is None
    assert Session.select().count() == 1


def test_what_they_have_made_stays_and_opened_again_they_log_in(ada, ben):
    Post.create(user=ben, note="Hello")
    _, token = Session.start(ben, "browser")
    ClosedAccount.close(ben, ada).delete()
    assert Post.select().count() == 1
    assert Session.of_token(token, "browser") is None
    Session.start(ben, "script")


def test_nobody_closes_their_own_account_or_one_twice(ada, ben):
    with pytest.raises(Invalid, match="somebody else"):
        ClosedAccount.close(ada, ada)
    ClosedAccount.close(ben, ada)
    with pytest.raises(Invalid, match="closed already"):
        ClosedAccount.close(ben, ada)


def test_the_last_admin_with_an_open_account_stays_one(ada, ben):
    cleo = User.create(name="Cleo", uid="cleo", role="admin")
    ClosedAccount.close(cleo, ada)
    with pytest.raises(Invalid, match="nobody else is one"):
        ada.update(role="user")
    with pytest.raises(Invalid, match="nobody else is one"):
        User.get_by_id(ada.id).delete()
    with pytest.raises(Invalid, match="nobody else is an admin"):
        ClosedAccount.close(ada, ben)
    cleo.update(role="user")


def test_of_two_admins_who_close_each_other_at_once_one_stays(ada, at_once):
    cleo, refused = User.create(name="Cleo", uid="cleo", role="admin"), []

    def close(user, by):
        with database.connection_context():
            try:
                ClosedAccount.close(user, by)
            except (Invalid, Busy) as error:
                refused.append(error)

    at_once(partial(close, ada, cleo), partial(close, cleo, ada))
    assert len(refused) == 1
    assert ClosedAccount.select().count() == 1
