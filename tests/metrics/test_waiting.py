"""What a few do at a time is told: how many are at it, and how many wait."""

import threading

from models.shared.passwords import HASHING
from models.shared.room import room


def slow_work(found, work):
    return [found(f"portfolio_slow_work_{state}", work=work)[0][1] for state in ("running", "waiting")]


def test_who_hashes_and_who_waits_for_it_is_told(figures):
    with HASHING.place(), HASHING.place():
        third = threading.Thread(target=enter_and_leave)
        third.start()
        while not room.waiting:
            pass
        assert slow_work(figures(), "password") == [2, 1]
        assert slow_work(figures(), "picture") == [0, 0]
    third.join()
    assert slow_work(figures(), "password") == [0, 0]


def enter_and_leave():
    with HASHING.place():
        pass
