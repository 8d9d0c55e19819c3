"""Sign-ups are counted for each network."""

from datetime import timedelta

import pytest

from models.shared.counted import TooManyAttempts
from models.shared.fields import utc_now
from models.sign_up import SignUp

pytestmark = pytest.mark.usefixtures("tables")


def test_they_are_remembered_for_an_hour():
    first = SignUp.begin("192.0.2.1")
    SignUp.update(created=utc_now() - timedelta(minutes=59)).execute()
    SignUp.begin("192.0.2.1")
    SignUp.update(created=utc_now() - timedelta(minutes=60)).where(SignUp.id == first).execute()
    SignUp.begin("192.0.2.1")
    assert first not in {each.id for each in SignUp.select()}


def test_after_a_hundred_one_comes_in_from_time_to_time():
    SignUp.insert_many([{"address": "192.0.2.1"}] * 100).execute()
    with pytest.raises(TooManyAttempts):
        SignUp.begin("192.0.2.1")
    SignUp.begin("192.0.2.2")
    SignUp.update(created=utc_now() - timedelta(seconds=37)).execute()
    SignUp.begin("192.0.2.1")
