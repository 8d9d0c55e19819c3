"""Few do at once what takes long. Others wait in turns, hold no database, and leave threads for pages."""

import threading
from contextlib import contextmanager

import pytest

from models.shared import places as module
from models.shared.database import database
from models.shared.places import Places
from models.shared.room import asking, room, share_threads
from models.shared.waiting import Busy

WORDS = "Many are here just now."


@pytest.fixture(autouse=True)
def _usual_threads():
    yield
    share_threads(40)


@pytest.fixture
def crowd():
    """Call it with places and the network of each: one after the other they ask, and wait; it gives who has come in."""
    came, done, threads = [], threading.Event(), []

    def work(places, network):
        asking.set(network)
        try:
            with places.place():
                came.append(network)
                done.wait(5)
        except Busy:
            came.append(f"not {network}")

    def gather(places, *networks):
        for network in networks:
            before = len(room.waiting), room.inside, len(came)
            threads.append(threading.Thread(target=work, args=(places, network)))
            threads[-1].start()
            while (len(room.waiting), room.inside, len(came)) == before:
                pass
        return came

    def finish():
        done.set()
        for thread in threads:
            thread.join()
        return came

    gather.finish = finish
    yield gather
    finish()


@contextmanager
def all_taken(places):
    with places.place(), places.place():
        yield


def test_one_who_waits_comes_in_as_soon_as_a_place_is_free(crowd):
    places = Places(WORDS, seconds=5)
    with all_taken(places):
        assert crowd(places, "a") == []
    assert crowd.finish() == ["a"]
    assert (room.inside, room.waiting) == (0, [])


def test_nobody_waits_for_ever_and_the_answer_says_how_long_it_takes():
    places = Places(WORDS, seconds=0)
    places.usual = 8
    with all_taken(places), pytest.raises(Busy, match=WORDS) as refused, places.place():
        pass
    assert refused.value.seconds == 8
    with all_taken(places):
        pass


@pytest.mark.parametrize(("threads", "slow"), [(512, 34), (40, 34), (8, 6), (4, 3), (2, 1), (1, 1)])
def test_some_threads_stay_for_pages_whatever_the_others_wait_for(crowd, threads, slow):
    share_threads(threads)
    hashing, decoding = Places(WORDS, seconds=5), Places(WORDS, seconds=5)
    kinds = [hashing, decoding] * slow
    for number in range(slow):
        crowd(kinds[number], str(number))
    assert room.inside + len(room.waiting) == slow
    assert crowd(kinds[0], "last")[-1] == "not last"


@pytest.mark.parametrize(("processes", "here"), [(1, 2), (2, 1), (3, 1)])
def test_processes_share_the_places_and_each_has_one_at_least(crowd, processes, here):
    share_threads(40, processes)
    places = Places(WORDS, seconds=5)
    assert crowd(places, "a", "b", "c") == ["a", "b", "c"][:here]
    assert crowd.finish() == ["a", "b", "c"]


def test_networks_take_turns(crowd):
    places = Places(WORDS, seconds=5, in_all=1)
    with places.place():
        crowd(places, "school", "school", "school", "home", "school", "home")
    assert crowd.finish() == ["school", "home", "school", "home", "school", "school"]


def test_a_network_that_fills_the_room_makes_place_for_another_one_and_for_itself_does_not(crowd):
    share_threads(8)
    places = Places(WORDS, seconds=5)
    with all_taken(places):
        crowd(places, *["school"] * 4)
        assert crowd(places, "school") == ["not school"]
        crowd(places, "home")
    assert sorted(crowd.finish()) == ["home", "not school", "not school", "school", "school", "school"]


def test_the_one_who_makes_place_is_of_the_network_that_has_the_most_there(crowd):
    share_threads(8)
    places = Places(WORDS, seconds=5)
    with all_taken(places):
        crowd(places, "school", "school", "school", "home")
        assert crowd(places, "library")[:1] == ["not school"]
    assert sorted(crowd.finish()) == ["home", "library", "not school", "school", "school"]


@pytest.mark.usefixtures("tables")
def test_one_who_waits_holds_no_connection_and_has_one_afterwards(monkeypatch):
    places, seen = Places(WORDS, seconds=0), []
    monkeypatch.setattr(module, "Event", lambda: Watched(seen))
    with all_taken(places), pytest.raises(Busy), places.place():
        pass
    assert seen == [True]
    assert not database.is_closed()


@pytest.mark.usefixtures("tables")
def test_a_transaction_keeps_its_connection(monkeypatch):
    places, seen = Places(WORDS, seconds=0), []
    monkeypatch.setattr(module, "Event", lambda: Watched(seen))
    with all_taken(places), database.atomic(), pytest.raises(Busy), places.place():
        pass
    assert seen == [False]


class Watched(threading.Event):
    """Notes whether the database is closed while somebody waits."""

    def __init__(self, seen):
        super().__init__()
        self.seen = seen

    def wait(self, seconds):
        self.seen.append(database.is_closed())
        return super().wait(seconds)
