"""Logins are rows: a token opens one until it is over."""

import sqlite3
import threading
from datetime import timedelta
from functools import partial

import pytest
from playhouse.test_utils import assert_query_count

from models.session import Session
from models.shared.database import database
from models.shared.fields import utc_now
from models.shared.row_checks import Invalid
from models.shared.waiting import Busy
from models.user import User

pytestmark = pytest.mark.usefixtures("tables")


@pytest.fixture
def ada(tables):
    return User.create(name="Ada Lovelace", uid="ada", password="correct horse")


def days_left(session):
    return round((session.expires - utc_now()).total_seconds() / 86400)


def test_a_token_opens_its_login_and_no_other_text_does(ada):
    session, token = Session.start(ada, "browser")
    assert Session.of_token(token, "browser") == session
    assert Session.of_token(token, "browser").user == ada
    for text in ("", token[:-1], token + "x", session.digest, "é"):
        assert Session.of_token(text, "browser") is None


def test_a_token_of_another_kind_opens_nothing(ada):
    for kind, other in (("browser", "script"), ("script", "browser")):
        _, token = Session.start(ada, kind)
        assert Session.of_token(token, kind)
        assert Session.of_token(token, other) is None


def test_a_login_does_not_start_with_a_password_that_has_just_been_changed(ada):
    """As when the password is changed while another request is still comparing the old one."""
    User.get(uid="ada").update(password="battery staple")
    with pytest.raises(Busy, match="The password has just been changed"):
        Session.start(ada, "script")
    User.get(uid="ada").delete()
    with pytest.raises(Busy):
        Session.start(ada, "script")
    assert Session.select().count() == 0


def test_of_very_many_logins_the_oldest_end(ada, monkeypatch):
    monkeypatch.setattr("models.session.MOST_LOGINS", 3)
    somebody, _ = Session.start(User.create(name="Grace Hopper", uid="hop"), "browser")
    ids = [Session.start(ada, "script")[0].id for _ in range(5)]
    assert {session.id for session in Session.select()} == {somebody.id, *ids[2:]}


def test_a_time_that_somebody_typed_is_as_none(ada):
    _, token = Session.start(ada, "browser")
    database.execute_sql("update sessions set last_used = 'noon'")
    session = Session.of_token(token, "browser")
    assert session.read()["last_used"] is None
    session.note_use()
    assert Session.get_by_id(session.id).last_used


def test_the_table_holds_a_digest_and_never_the_token(ada):
    tokens = {Session.start(ada, "browser")[1] for _ in range(3)}
    rows = str(database.execute_sql("select * from sessions").fetchall())
    assert len(tokens) == 3
    assert all(len(token) == 43 and token not in rows for token in tokens)


@pytest.mark.parametrize(("kind", "days", "left"), [("browser", None, 14), ("script", None, 90), ("script", 365, 365)])
def test_a_login_lasts_as_long_as_its_kind_says(ada, kind, days, left):
    assert days_left(Session.start(ada, kind, days=days)[0]) == left


@pytest.mark.parametrize("days", [0, -1, 366, "7", 1.5, True, [7]])
def test_days_that_make_no_sense_are_refused(ada, days):
    with pytest.raises(Invalid, match="days must be a whole number from 1 to 365"):
        Session.start(ada, "script", days=days)


@pytest.mark.parametrize("label", ["x" * 101, 5, "a\x00b"])
def test_a_bad_label_is_refused(ada, label):
    with pytest.raises(Invalid, match="label must"):
        Session.start(ada, "script", label=label)


def at(session, **times):
    Session.update(**times).where(Session.id == session.id).execute()
    return Session.select(Session, User).join(User).where(Session.id == session.id).get()


def test_a_login_that_is_over_opens_nothing_and_is_swept(ada):
    session, token = Session.start(ada, "browser")
    at(session, expires=utc_now())
    assert Session.of_token(token, "browser") is None
    Session.start(ada, "browser")
    assert Session.select().count() == 1


def test_use_is_noted_at_most_once_a_minute_and_renews_a_browsers_login(ada):
    session, _ = Session.start(ada, "browser")
    with assert_query_count(0):
        session.note_use()
    then = utc_now() - timedelta(minutes=2)
    session = at(session, last_used=then, expires=utc_now() + timedelta(days=1))
    session.note_use()
    with assert_query_count(0):
        session.note_use()
    again = Session.get_by_id(session.id)
    assert again.last_used > then
    assert days_left(again) == 14


def test_noting_the_use_of_a_login_waits_for_nobody(ada):
    session, _ = Session.start(ada, "browser")
    session = at(session, last_used=utc_now() - timedelta(minutes=2))
    writer = sqlite3.connect(database.database, isolation_level=None)
    writer.execute("begin immediate")
    session.note_use()
    writer.close()
    assert Session.get_by_id(session.id).last_used < utc_now() - timedelta(minutes=1)
    assert database.pragma("busy_timeout") == 3000


def test_of_two_admins_who_give_up_at_once_one_stays(chief, ada, at_once):
    ada.update(role="admin")
    barrier, refused = threading.Barrier(2), []

    def give_up(uid):
        with database.connection_context():
            user = User.get(uid=uid)
            barrier.wait()
            try:
                user.update(role="user")
            except Invalid:
                refused.append(uid)

    at_once(*(partial(give_up, uid) for uid in ("chief", "ada")))
    assert [user.uid for user in User.select().where(User.role == "admin")] == refused
    assert len(refused) == 1


def test_use_does_not_renew_a_scripts_token(ada):
    session, _ = Session.start(ada, "script", days=1)
    session = at(session, last_used=utc_now() - timedelta(minutes=2))
    session.note_use()
    assert days_left(Session.get_by_id(session.id)) == 1


def test_a_new_password_ends_all_other_logins(ada):
    here, _ = Session.start(ada, "browser")
    Session.start(ada, "browser")
    Session.start(ada, "script")
    somebody, _ = Session.start(User.create(name="Grace Hopper", uid="hop"), "browser")
    ada.login = here
    ada.update(name="Ada King")
    assert Session.select().count() == 4
    ada.update(password="battery staple")
    assert {session.id for session in Session.select()} == {here.id, somebody.id}


def test_a_password_that_is_refused_ends_nothing(ada):
    Session.start(ada, "browser")
    with pytest.raises(Invalid):
        ada.update(password="short")
    assert Session.select().count() == 1


def test_deleting_a_user_ends_all_their_logins(ada):
    _, token = Session.start(ada, "browser")
    ada.delete()
    assert Session.of_token(token, "browser") is None
    assert Session.select().count() == 0


def test_a_login_left_behind_by_the_sqlite3_program_opens_nothing(ada):
    _, token = Session.start(ada, "browser")
    database.pragma("foreign_keys", 0)
    database.execute_sql("delete from users")
    database.pragma("foreign_keys", 1)
    assert Session.of_token(token, "browser") is None


def test_what_is_read_logs_nobody_in(ada):
    session, token = Session.start(ada, "script", "backup")
    read = session.read()
    assert list(read) == ["id", "kind", "label", "created", "last_used", "expires"]
    assert token not in str(read)
    assert session.digest not in str(read)


# The last admin


@pytest.fixture
def chief(tables):
    return User.create(name="The Chief", uid="chief", role="admin")


def test_the_last_admin_stays_one(chief, ada):
    with pytest.raises(Invalid, match="role must stay admin, as nobody else is one"):
        chief.update(role="user")
    with pytest.raises(Invalid, match="role must stay admin"):
        chief.delete()
    assert User.get(uid="chief").is_admin
    assert chief.is_admin


def test_one_of_two_admins_may_go(chief, ada):
    ada.update(role="admin")
    chief.update(role="user")
    chief.delete()
    assert [user.uid for user in User.select().where(User.role == "admin")] == ["ada"]


def test_the_last_admin_may_be_changed_otherwise(chief):
    chief.update(name="Chief", role="admin")
    assert User.get(uid="chief").name == "Chief"


# Guessing at the model's door


def test_a_password_that_everyone_knows_is_not_chosen(ada):
    user = User.create(name="Hedy Lamarr", uid="heddy")
    with pytest.raises(Invalid, match="password must not be 123 and the user id"):
        user.update(password="123heddy")
    with pytest.raises(Invalid, match="password must not be 123"):
        User.create(name="Wilma Flintstone", uid="Wilma", password="123wilma")


def test_a_password_that_everyone_knows_is_good_in_the_lesson_only():
    toby = User(name="Thomas Edison", uid="toby")
    toby.set_password("123toby")
    toby.create()
    assert User.log_in("toby", "123toby", lesson=True) == toby
    assert User.log_in("toby", "123toby", lesson=False) is None


def test_a_login_that_has_ended_makes_no_token(ada):
    session, _ = Session.start(ada, "browser")
    assert Session.start(ada, "script", asked_by=session)
    session.delete()
    with pytest.raises(Busy, match="has just ended"):
        Session.start(ada, "script", asked_by=session)


def test_a_password_that_was_changed_meanwhile_is_not_changed_again(ada):
    other = User.get_by_id(ada.id)
    ada.update(password="battery staple")
    with pytest.raises(Busy, match="has just been changed"):
        other.update(password="correct horse")
    assert User.get_by_id(ada.id).check_password("battery staple")
