"""One-time passwords: given, kept without being readable, and used once."""

import re
from datetime import timedelta

import pytest

from models.session import Session
from models.shared import passwords
from models.shared.database import database
from models.shared.fields import utc_now
from models.shared.passwords import HASHING
from models.shared.row_checks import Invalid
from models.shared.spoken_passwords import as_spoken, new_spoken_password, words_to_speak
from models.shared.waiting import Busy
from models.slip import MOST_PIN_TRIES, Slip
from models.user import User

pytestmark = pytest.mark.usefixtures("tables")


@pytest.fixture
def ada():
    return User.create(name="Ada", uid="ada", password="correct horse")


def given(user, **options):
    [(_, password, link)] = Slip.give([user], **options)
    return password, link


def user_by(password):
    return Slip.of_uid("ada").user_with(password)


def test_a_one_time_password_is_four_words_of_a_thousand_that_can_be_read_aloud():
    words = words_to_speak()
    assert len(set(words)) == len(words) > 1000
    assert all(re.fullmatch("[a-z]{3,5}", word) for word in words)
    password = new_spoken_password()
    assert len(password.split("-")) == 4
    assert set(password.split("-")) <= set(words)
    assert new_spoken_password() != password


@pytest.mark.parametrize("typed", ["acorn-bus", "Acorn Bus", " ACORN  bus. ", "acorn_bus\t", "acorn – bus"])
def test_capitals_and_what_stands_between_the_words_make_no_difference(typed):
    assert as_spoken(typed) == "acorn-bus"


def test_what_has_no_word_in_it_stays_so_that_it_takes_as_long(ada):
    assert as_spoken("1234") == "1234"


def test_nothing_is_kept_that_can_be_read(ada):
    password, link = given(ada, pin="4711")
    [kept] = Slip.select().dicts()
    assert not any(secret in str(kept) for secret in (password, link, "4711"))


def test_the_password_before_and_all_logins_end(ada):
    Session.start(ada, "browser")
    Session.start(ada, "script")
    given(ada)
    assert User.log_in("ada", "correct horse", lesson=False) is None
    assert Session.select().count() == 0


def test_new_ones_void_those_before(ada):
    password, link = given(ada)
    given(ada)
    assert Slip.select().count() == 1
    assert user_by(password) is None
    assert Slip.of_link(link) is None


def test_it_is_used_up_by_the_login_that_must_then_choose(ada):
    password, link = given(ada)
    user = user_by(password)
    assert user == ada
    session, _ = Session.start(user, "browser")
    assert session.chooses
    assert Slip.of_link(link) is None
    with pytest.raises(Busy, match="just been used"):
        Session.start(user, "browser")
    assert Session.select().count() == 1


def test_two_who_use_it_in_the_same_moment_get_one_login(ada):
    password, link = given(ada)
    first, second = user_by(password), Slip.of_link(link).let_in()
    Session.start(second, "browser")
    with pytest.raises(Busy):
        Session.start(first, "browser")


def test_it_is_over_after_fourteen_days(ada):
    password, link = given(ada)
    Slip.update(expires=utc_now() + timedelta(minutes=1)).execute()
    assert Slip.of_link(link)
    Slip.update(expires=utc_now()).execute()
    assert Slip.of_link(link) is None
    assert user_by(password).slip.is_over
    with pytest.raises(Busy):
        Session.start(user_by(password), "browser")


def test_it_lasts_for_fourteen_days(ada):
    given(ada)
    assert Slip.get().expires - utc_now() > timedelta(days=13, hours=23)


def test_one_that_is_over_is_known_for_as_long_again(ada):
    given(ada)
    bob = User.create(name="Bob", uid="bob")
    for days, left in ((13, 2), (14, 1)):
        Slip.update(expires=utc_now() - timedelta(days=days)).where(Slip.user == ada).execute()
        given(bob)
        assert Slip.select().count() == left


def test_a_password_of_their_own_takes_the_slip_away(ada):
    given(ada)
    User.get(uid="ada").update(password="battery staple")
    assert Slip.select().count() == 0
    assert User.log_in("ada", "battery staple", lesson=False) == ada


def test_who_has_a_password_is_asked_for_no_slip(ada):
    given(ada)
    User.update(password_hash="typed by hand").execute()
    assert Slip.of_uid("ada") is None


def test_a_wrong_pin_is_counted_until_the_link_is_good_no_more(ada):
    password, link = given(ada, pin="4711")
    for _ in range(MOST_PIN_TRIES):
        assert not Slip.of_link(link).is_opened_by(link, "0000")
    assert Slip.of_link(link) is None
    assert not Slip.get().is_opened_by(link, "4711")
    assert user_by(password) == ada


def test_the_right_pin_opens_the_link(ada):
    _, link = given(ada, pin="4711")
    assert Slip.of_link(link).is_opened_by(link, "4711")


def test_nobody_gives_one_to_themselves(ada):
    with pytest.raises(Invalid, match="is you"):
        Slip.give([ada], given_by=ada)
    assert User.log_in("ada", "correct horse", lesson=False) == ada


def test_hashes_are_made_before_the_transaction_one_at_a_time(ada, monkeypatch):
    taken = []
    real = passwords.hash_of
    monkeypatch.setattr(
        "models.slip.hash_of", lambda text: taken.append((HASHING.taken, database.in_transaction())) or real(text)
    )
    people = [ada, *(User.create(name="X", uid=f"x{number}") for number in range(3))]
    Slip.give(people)
    assert taken == [(1, False)] * 4


def test_all_get_one_or_nobody_does(ada):
    new = Slip.made(2)
    with pytest.raises(ValueError, match=r"shorter|longer"):
        Slip.hand_out([ada], new)
    assert Slip.select().count() == 0
    assert User.log_in("ada", "correct horse", lesson=False) == ada


def test_a_deleted_user_leaves_no_slip(ada):
    given(ada)
    ada.delete()
    assert Slip.select().count() == 0
