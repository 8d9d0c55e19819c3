"""Nobody guesses for long."""

from datetime import timedelta

import pytest

from models.attempt import MOST_PER_ADDRESS, MOST_PER_USER, Attempt
from models.shared.counted import TooManyAttempts
from models.shared.database import database
from models.shared.fields import utc_now
from models.user import User

pytestmark = pytest.mark.usefixtures("tables")


def guess(times, uid="ada", address="192.0.2.1"):
    for _ in range(times):
        Attempt.begin(uid, address)


def test_after_ten_tries_it_is_time_to_wait():
    guess(MOST_PER_USER)
    with pytest.raises(TooManyAttempts) as stop:
        guess(1)
    assert 0 < stop.value.seconds <= 15 * 60
    assert Attempt.select().count() == MOST_PER_USER


def test_somebody_else_and_somewhere_else_are_not_kept_out():
    guess(MOST_PER_USER)
    guess(1, uid="hop")
    guess(1, address="192.0.2.2")


def test_an_address_may_try_three_hundred_times_for_all_users_together():
    for number in range(MOST_PER_ADDRESS // MOST_PER_USER):
        User.create(name="Somebody", uid=f"user{number}")
        guess(MOST_PER_USER, uid=f"user{number}")
    with pytest.raises(TooManyAttempts):
        guess(1, uid="another")
    guess(1, uid="another", address="192.0.2.2")


def test_a_right_password_clears_the_count():
    guess(MOST_PER_USER - 1)
    Attempt.forget("ada", "192.0.2.1")
    guess(MOST_PER_USER)


def test_after_a_quarter_of_an_hour_it_is_forgotten():
    guess(MOST_PER_USER)
    Attempt.update(created=utc_now() - timedelta(minutes=15)).execute()
    guess(1)
    assert Attempt.select().count() == 1


def test_a_very_long_uid_is_counted_too():
    guess(MOST_PER_USER, uid="x" * 1000)
    with pytest.raises(TooManyAttempts):
        guess(1, uid="x" * 1000)


def wait_after(tries, uid="ada"):
    """Seconds that the next try must wait, when so many have been made just now."""
    Attempt.delete().execute()
    Attempt.insert_many([{"uid": uid, "address": "192.0.2.1"}] * tries).execute()
    with pytest.raises(TooManyAttempts) as stop:
        guess(1, uid=uid)
    return stop.value.seconds


def test_first_it_gets_slow_and_then_it_is_shut_for_a_quarter_of_an_hour():
    waits = [wait_after(tries) for tries in range(MOST_PER_USER, MOST_PER_USER + 9)]
    for wait, expected in zip(waits, [15, 30, 60, 120, 240, 480, 900, 900, 900], strict=True):
        assert expected - 3 < wait <= expected


def test_who_has_waited_may_try_once_more():
    guess(MOST_PER_USER)
    Attempt.update(created=utc_now() - timedelta(seconds=16)).execute()
    guess(1)
    with pytest.raises(TooManyAttempts):
        guess(1)


def test_made_up_uids_keep_nobody_out():
    for number in range(MOST_PER_ADDRESS + 1):
        Attempt.insert(uid=f"user{number}", address="192.0.2.1").execute()
    guess(MOST_PER_USER)


def test_a_network_with_many_wrong_passwords_gets_slow_and_is_not_shut():
    User.create(name="Ada Lovelace", uid="ada")
    Attempt.insert_many([{"uid": "ada", "address": "192.0.2.1"}] * MOST_PER_ADDRESS).execute()
    with pytest.raises(TooManyAttempts) as stop:
        guess(1, uid="hop")
    assert stop.value.seconds <= 3


def test_a_clock_that_was_set_back_stretches_nothing():
    guess(MOST_PER_USER)
    Attempt.update(created=utc_now() + timedelta(days=2)).execute()
    guess(MOST_PER_USER)
    assert Attempt.select().count() == MOST_PER_USER
    assert wait_after(1000) <= 15 * 60


def test_of_many_who_try_at_once_no_more_come_through(at_once):
    refused = []

    def try_it():
        with database.connection_context():
            try:
                guess(1)
            except TooManyAttempts:
                refused.append(1)

    at_once(*[try_it] * (MOST_PER_USER + 6))
    assert len(refused) >= 6
    assert Attempt.select().count() == MOST_PER_USER + 6 - len(refused)
