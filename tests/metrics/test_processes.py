"""Several processes: whichever is asked tells of all, and what was counted stays when one of them dies."""

import os
import shutil
import signal
import time
from pathlib import Path

import pytest
from webtest import TestApp

from metrics import gauges, numbers
from metrics.numbers import Grid, SharedNumbers
from tests.metrics.conftest import BEARER, TOKEN, Found
from tests.server import TWO_PROCESSES, free_port, stopped_in_order, through

needs_fork = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux tells who has which children")
SETTINGS = {**TWO_PROCESSES, "METRICS": "yes", "METRICS_TOKEN": TOKEN}


def children(pid):
    return {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


def figures(port):
    return Found(TestApp(through(port)).get("/metrics", headers=BEARER).text)


def users_read(port):
    ((_, count),) = figures(port)("portfolio_http_requests_total", route="/users/<id:int>", status="200")
    return count


def until(what):
    end = time.monotonic() + 30
    while not what():
        assert time.monotonic() < end


def seats(port):
    return [labels["process"] for labels, _ in figures(port)("process_cpu_seconds_total")]


@needs_fork
def test_each_tells_of_all_and_nothing_is_lost_with_one_that_dies(tmp_path, sample_volumes, at_once):
    shutil.copytree(sample_volumes, tmp_path / "volumes")
    port = free_port()
    site = TestApp(through(port))
    with stopped_in_order(tmp_path, port, **SETTINGS) as process:
        # Each remembers its own, and says so each second.
        until(lambda: site.get("/jokes") and figures(port)("portfolio_remembered_answers") == [({}, 2)])
        at_once(*[lambda: [site.get("/users/1") for _ in range(10)]] * 4)
        assert {users_read(port) for _ in range(8)} == {40}
        before = children(process.pid)
        for victim in before:
            os.kill(victim, signal.SIGKILL)
        until(lambda: len(children(process.pid) - before) == 2)
        at_once(*[lambda: [site.get("/users/1") for _ in range(10)]] * 4)
        until(lambda: seats(port) == ["0", "1"])
        assert {users_read(port) for _ in range(8)} == {80}


def test_where_there_are_several_each_notes_what_is_so_without_being_asked(visit, monkeypatch):
    monkeypatch.setattr(gauges, "EACH_SECONDS", 0.01)
    visitor = visit(metrics="yes", processes=2, lab="off")
    shared = visitor.app.figures.numbers
    visitor.get("/health")
    until(lambda: shared.parts()[0][shared.gauges.place((), gauges.IDLE)] == 1)


@needs_fork
def test_one_that_died_while_it_answered_leaves_nothing_in_flight():
    flying, counted = Grid([()], ["in flight"]), Grid([()], ["all"])
    shared = SharedNumbers(flying, counted)
    for _ in range(3):
        in_child(lambda: answer(shared, flying, counted))
    (found,) = shared.parts().values()
    assert found[flying.place((), "in flight")] == 1
    assert found[counted.place((), "all")] == 3


@needs_fork
def test_more_processes_than_there_are_parts_share_the_last_one(monkeypatch):
    monkeypatch.setattr(numbers, "MOST_PARTS", 2)
    flying, counted = Grid([()], ["in flight"]), Grid([()], ["all"])
    shared = SharedNumbers(flying, counted)
    answer(shared, flying, counted)  # in the first seat, as long as this process lives
    for _ in range(2):
        in_child(lambda: answer(shared, flying, counted))
    assert [found[counted.place((), "all")] for found in shared.parts().values()] == [1, 2]


def answer(shared, flying, counted):
    shared.has_part = False  # this process has not answered yet
    shared.take_part()
    shared.add(flying.place((), "in flight"))
    shared.add(counted.place((), "all"))


def in_child(do):
    """In another process, which ends at once."""
    pid = os.fork()
    if not pid:
        do()
        os._exit(0)
    assert os.waitpid(pid, 0)[1] == 0
