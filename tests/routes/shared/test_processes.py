"""Several processes at one socket: they start, are replaced when they die, and end together."""

import errno
import http.client
import os
import re
import shutil
import signal
import socket
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from webtest import TestApp

from app import listen
from routes.shared.seat import LONGEST_PAUSE, STEADY_SECONDS, Family, Seat
from routes.shared.server import bounded_server
from routes.shared.serving import turn
from routes.shared.spread import Spread
from tests.server import TWO_PROCESSES, free_port, server, stopped_in_order, through

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux tells who has which children")
ENTRY = re.compile(r"\d{4}-\d\d-\d\d [\d:,]+ (GET|POST) /\S* \d{3} [\d.]+ ms")


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def place(tmp_path, sample_volumes):
    """Where the data is, with the sample rows."""
    shutil.copytree(sample_volumes, tmp_path / "volumes")
    return tmp_path


def children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def state(pid):
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]


def wait_for(what):
    until = time.monotonic() + 30
    while not (found := what()):
        assert time.monotonic() < until
    return found


def is_there(pid):
    return Path(f"/proc/{pid}").exists() and state(pid) != "Z"


def rows(place):
    with closing(sqlite3.connect(place / "volumes" / "sqlite.db")) as program:
        return dict(program.execute("select _uid, id from users").fetchall())


@pytest.mark.parametrize("sample_data", ["locked", "lesson"])
def test_they_greet_once_share_the_work_and_leave_a_complete_file(place, port, sample_data, at_once):
    with server(place, port, PROCESSES="3", LAB="off", SAMPLE_DATA=sample_data) as process:
        assert process.first_line.startswith(f"http://127.0.0.1:{port}, database ")
        assert len(children(process.pid)) == 3
        assert len(list(Path(f"/proc/{process.pid}/task").iterdir())) == 1  # what has threads must not fork
        site = TestApp(through(port))
        at_once(*[lambda: [site.get("/health", status=200) for _ in range(10)]] * 10)
        site.post_json("/api/users", {"name": "Ada Lovelace", "uid": "ada"}, status=201)
        process.send_signal(signal.SIGTERM)
        printed, logged = process.communicate(timeout=30)
        assert (process.returncode, printed) == (0, "")
    assert all(ENTRY.fullmatch(line) for line in logged.splitlines())
    assert len(logged.splitlines()) == 101
    assert not (place / "volumes" / "sqlite.db-wal").exists()
    assert rows(place)["ada"] == 11


@pytest.mark.parametrize("sample_data", ["locked", "lesson"])
def test_when_one_is_killed_another_one_starts_and_nothing_that_was_acknowledged_is_lost(place, port, sample_data):
    acknowledged, sent = [], []

    def laugh():
        while len(acknowledged) < 60:
            sent.append(1)
            try:
                TestApp(through(port)).post("/api/jokes/1/haha", status=200)
            except (OSError, http.client.HTTPException):
                continue  # the process that was to answer is gone
            acknowledged.append(1)

    with stopped_in_order(place, port, **TWO_PROCESSES, SAMPLE_DATA=sample_data) as process:
        one, other = children(process.pid)
        threads = [threading.Thread(target=laugh) for _ in range(4)]
        for thread in threads:
            thread.start()
        wait_for(lambda: len(acknowledged) > 20)
        os.kill(one, signal.SIGKILL)
        for thread in threads:
            thread.join()
        wait_for(lambda: len(children(process.pid)) == 2)
        assert other in children(process.pid)
        haha = TestApp(through(port)).get("/api/jokes/1").json["haha"]
        assert len(acknowledged) <= haha <= len(sent)
        process.send_signal(signal.SIGTERM)
        told = [line for line in process.communicate(timeout=30)[1].splitlines() if not ENTRY.fullmatch(line)]
    (line,) = told
    assert line.endswith(f" Process {one} has ended (signal 9); another one starts in 0.1 s")


def test_one_that_dies_again_and_again_is_replaced_more_and_more_slowly(place, port):
    with server(place, port, **TWO_PROCESSES) as process:
        for pause in ("0.1", "0.2", "0.4"):
            victim = max(children(process.pid))
            os.kill(victim, signal.SIGTERM)  # it ends in order, which is all the same
            line = process.stderr.readline()
            assert line.endswith(f" Process {victim} has ended (exit code 0); another one starts in {pause} s\n")
            wait_for(lambda: len(children(process.pid)) == 2)


def test_what_a_killed_one_has_written_last_comes_into_the_file_by_its_follower(place, port):
    log = place / "volumes" / "sqlite.db-wal"
    program = sqlite3.connect(place / "volumes" / "sqlite.db", isolation_level=None)
    with stopped_in_order(place, port, **TWO_PROCESSES) as process, closing(program):
        program.execute("update jokes set haha = 7")  # as one that died before it could copy its log
        assert log.stat().st_size
        os.kill(children(process.pid)[0], signal.SIGKILL)
        wait_for(lambda: not log.stat().st_size)


def test_what_is_in_flight_is_finished_first_and_a_second_ctrl_c_does_not_wait(place, port):
    """Somebody else holds the write lock, so that a sign-up waits."""
    body = b'{"name": "Ada Lovelace", "uid": "ada"}'
    head = f"Host: a\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    for signals, code, answered in (([signal.SIGTERM], 0, True), ([signal.SIGINT] * 2, 130, False)):
        with server(place, port, **TWO_PROCESSES) as process:
            with closing(sqlite3.connect(place / "volumes" / "sqlite.db", isolation_level=None)) as writer:
                writer.execute("begin immediate")
                browser = socket.create_connection(("127.0.0.1", port), timeout=30)
                browser.sendall(f"POST /api/users HTTP/1.1\r\n{head}\r\n\r\n".encode() + body)
                for _ in range(4):  # each of them has had time to read what came before
                    TestApp(through(port)).get("/health", status="*")
                for number in signals:
                    process.send_signal(number)
                    wait_for(lambda: not is_heard(port))  # so the second one comes after the first
                if not answered:
                    assert process.wait(timeout=2) == code
            answer = b"".join(iter(lambda browser=browser: receive(browser), b""))
            browser.close()
            assert (b" 201 Created" in answer) == answered
            assert process.wait(timeout=30) == code


def is_heard(port):
    """Whether anybody listens there; to ask by connecting would fill the line of those who wait."""
    sockets = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()]
    return any((each[1], each[3]) == (f"0100007F:{port:04X}", "0A") for each in sockets)


def receive(browser):
    try:
        return browser.recv(65536)
    except ConnectionResetError:
        return b""


def test_all_of_them_drain(place, port):
    with server(place, port, **TWO_PROCESSES, DRAIN_SECONDS="60") as process:
        process.send_signal(signal.SIGTERM)
        site = TestApp(through(port))
        wait_for(lambda: [site.get("/health", status="*").status_int for _ in range(8)] == [503] * 8)
        site.get("/users", status=200)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


def test_they_end_by_themselves_when_they_have_drained(place, port):
    with server(place, port, **TWO_PROCESSES, DRAIN_SECONDS="1") as process:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


def test_one_that_does_not_end_is_killed_after_some_seconds(place, port):
    impatient = "from routes.shared import processes; processes.PATIENCE = 0.2; from app import main; main()"
    with server(place, port, command=("-c", impatient), **TWO_PROCESSES) as process:
        stuck, other = children(process.pid)
        os.kill(stuck, signal.SIGSTOP)
        process.send_signal(signal.SIGTERM)
        try:
            assert process.wait(timeout=5) == 0
            assert not is_there(stuck)
            assert not is_there(other)
        finally:
            if is_there(stuck):
                os.kill(stuck, signal.SIGKILL)


def test_without_their_parent_they_end_and_the_port_is_free_again(place, port):
    with server(place, port, **TWO_PROCESSES) as process:
        pids = children(process.pid)
        TestApp(through(port)).get("/users", status=200)
        TestApp(through(port)).post_json("/api/users", {"name": "Ada Lovelace", "uid": "ada"}, status=201)
        process.kill()
        wait_for(lambda: not any(map(is_there, pids)))
        assert not (place / "volumes" / "sqlite.db-wal").exists()
    with stopped_in_order(place, port, **TWO_PROCESSES):
        assert rows(place)["ada"] == 11


@pytest.fixture
def family():
    made = Family(2, lambda: None, drain_seconds=0)
    yield made
    os.close(made.lifeline)
    os.close(made.end_of_parent)


def test_where_no_process_can_be_started_it_is_tried_again_later(family, monkeypatch, caplog):
    def fork():
        raise OSError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", fork)
    seat = Seat(0, family)
    seat.started -= STEADY_SECONDS  # the one before was well
    for pause in (0.1, 0.2, 0.4):
        seat.start()
        assert not seat.pid
        assert caplog.messages[-1] == (
            f"No process can be started (Resource temporarily unavailable); tried again in {pause} s"
        )


def test_the_pause_has_a_longest_and_is_short_again_after_one_that_was_well(family):
    seat = Seat(0, family)
    assert [seat.leave() for _ in range(12)][-1] == LONGEST_PAUSE
    seat.started -= STEADY_SECONDS
    assert seat.leave() == 0.1


@pytest.fixture
def two_servers(visitor):
    """Both at one socket, and their clients. Their loops are turned by hand here."""
    listener, spread = listen("127.0.0.1", 0), Spread(2)
    servers, clients = [bounded_server(visitor.app, listener, threads=1, processes=2) for _ in range(2)], []
    for place, each in enumerate(servers):
        spread.join(each, place)

    def connect():
        clients.append(socket.create_connection(listener.getsockname(), timeout=30))

    yield *servers, connect
    for client in clients:
        client.close()
    for each in servers:
        each.task_dispatcher.shutdown(timeout=30)
        for channel in [*each.active_channels.values()]:
            channel.handle_close()
        each.close()


def test_who_has_more_connections_lets_the_others_go_first(two_servers, monkeypatch):
    first, second, connect = two_servers
    monkeypatch.setattr("time.sleep", lambda _seconds: turn(second, seconds=0))
    for _ in range(6):
        connect()
        turn(first, seconds=0)
    assert (len(first.active_channels), len(second.active_channels)) == (3, 3)


def test_where_the_others_are_stuck_one_takes_all_and_soon_waits_no_more(two_servers, monkeypatch):
    server, _stuck, connect = two_servers
    waits = []
    monkeypatch.setattr("time.sleep", waits.append)
    monkeypatch.setattr("routes.shared.spread.PERIOD", 60)
    for number in range(9):
        connect()
        turn(server, seconds=0)
        assert len(server.active_channels) == number + 1
    assert len(waits) == 5
