"""The threads of a server share a core; what computes without Python goes on any."""

import os
import threading
import time
from pathlib import Path

import pytest
from webtest import TestApp

from models.shared.cores import cores, on_any_core
from models.shared.passwords import hashing_slot
from tests.server import TWO_PROCESSES, free_port, server, through

pytestmark = pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system chooses by itself")


@pytest.fixture
def usable(monkeypatch):
    """The cores of a thread that shares one, as it is in a server."""
    monkeypatch.setattr(cores, "all", set())
    monkeypatch.setattr(cores, "shared", set())
    return os.sched_getaffinity(0)


def in_a_thread(function):
    seen = []
    thread = threading.Thread(target=lambda: seen.append(function()))
    thread.start()
    thread.join()
    return seen[0]


def cores_of(pid):
    """Of each thread of a process."""
    return [os.sched_getaffinity(int(task.name)) for task in Path(f"/proc/{pid}/task").iterdir()]


def test_all_threads_of_a_server_share_one_core(tmp_path):
    port = free_port()
    with server(tmp_path, port) as process:
        TestApp(through(port)).get("/users", status=200)
        found = cores_of(process.pid)
        assert len(found) > 10
        assert {len(each) for each in found} == {1}
        assert len({tuple(each) for each in found}) == 1


def test_several_processes_are_spread_over_the_cores(tmp_path):
    port = free_port()
    with server(tmp_path, port, **TWO_PROCESSES) as process:
        TestApp(through(port)).get("/users", status=200)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        until = time.monotonic() + 30
        while any(len(each) > 1 for child in children for each in cores_of(child)):  # it has just been started
            assert time.monotonic() < until
        found = [tuple(cores_of(child)[0]) for child in children]
        assert len(found) == 2
        assert len(set(found)) == min(2, len(os.sched_getaffinity(0)))


def test_a_hash_is_computed_on_any_core_and_its_thread_comes_back(usable):
    def work():
        cores.share_one(5)
        before = os.sched_getaffinity(0)
        with hashing_slot():
            meanwhile = os.sched_getaffinity(0)
        return before, meanwhile, os.sched_getaffinity(0)

    before, meanwhile, after = in_a_thread(work)
    assert len(before) == 1
    assert meanwhile == usable
    assert after == before


def test_it_comes_back_also_when_the_work_fails(usable):
    def work():
        cores.share_one(0)
        with pytest.raises(ValueError, match="no"), on_any_core():
            raise ValueError("no")
        return os.sched_getaffinity(0)

    assert in_a_thread(work) == {min(usable)}


def test_where_nobody_has_chosen_all_stays_as_it_is(usable):
    with on_any_core():
        assert os.sched_getaffinity(0) == usable
    assert os.sched_getaffinity(0) == usable


def test_a_system_that_does_not_let_it_choose_is_left_alone(usable, monkeypatch):
    monkeypatch.setattr("models.shared.cores.CAN_CHOOSE", False)
    cores.share_one(0)
    assert not cores.shared
    assert os.sched_getaffinity(0) == usable
