"""Nobody guesses for long."""

from datetime import timedelta

import pytest

from models.attempt import MOST_PER_ADDRESS, MOST_PER_USER, Attempt, TooManyAttempts
from models.shared.fields import utc_now

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
