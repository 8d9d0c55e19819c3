"""The server has room for everybody, whoever takes all that they can get. Its loop is turned by hand here."""

import socket

import pytest

from app import listen
from routes.shared.server import bounded_server
from routes.shared.serving import turn

FORM = b"POST /users HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\n"
SLOW = b"GET /users HTTP/1.1\r\nHost: a\r\nX-Slow"
PIECE = bytes(400_000)


@pytest.fixture
def start(visitor):
    """Call it with the trusted proxy, if there is one, for a server of ours."""
    started = []

    def make(trusted_proxy="", processes=1):
        server = bounded_server(visitor.app, listen("127.0.0.1", 0), 2, trusted_proxy, processes)
        started.append(server)
        return server

    yield make
    for server in started:
        for channel in [*server.active_channels.values()]:
            channel.handle_close()
        server.task_dispatcher.shutdown(timeout=5)
        server.close()


@pytest.fixture
def connect(start):
    clients = []

    def make(server, address="127.0.0.1", data=SLOW):
        client = socket.create_connection(server.socket.getsockname(), timeout=10, source_address=(address, 0))
        clients.append(client)
        say(server, client, data)
        return client

    yield make
    for client in clients:
        client.close()


def say(server, client, data):
    client.sendall(data)
    settle(server)


def settle(server):
    for _ in range(250):
        turn(server, seconds=0)


def is_open(client):
    client.setblocking(False)
    try:
        return client.recv(1) != b""
    except BlockingIOError:
        return True
    except ConnectionError:
        return False
    finally:
        client.setblocking(True)


def status_of(server, client):
    client.setblocking(False)
    for _ in range(5000):
        turn(server, seconds=0.002)
        try:
            return int(client.recv(65536).split()[1])
        except BlockingIOError:
            continue
    return None


GET = b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n"


@pytest.fixture
def _small(monkeypatch):
    monkeypatch.setattr("routes.shared.server.MOST_OF_ONE", 4)
    monkeypatch.setattr("routes.shared.server.MOST_CLIENTS", 7)
    monkeypatch.setattr("routes.shared.server.MOST_UNFINISHED_OF_ONE", 1_700_000)
    monkeypatch.setattr("routes.shared.server.MOST_UNFINISHED", 2_500_000)


@pytest.mark.usefixtures("_small")
def test_of_too_many_connections_of_one_address_the_quietest_gives_way(start, connect):
    server = start()
    slow = [connect(server) for _ in range(4)]
    assert all(map(is_open, slow))
    say(server, slow[0], b"ly")  # so the second one is the quietest now
    newest = connect(server, data=GET)
    assert [is_open(client) for client in slow] == [True, False, True, True]
    assert status_of(server, newest) == 200


@pytest.mark.usefixtures("_small")
def test_of_too_many_in_all_one_of_who_has_the_most_gives_way(start, connect):
    server = start()
    slow = [connect(server, f"127.0.0.{1 + number // 3}") for number in range(7)]
    assert all(map(is_open, slow))
    other = connect(server, "127.0.0.9", data=GET)
    assert [is_open(client) for client in slow].count(False) == 1
    assert is_open(slow[6])  # the only one of its address
    assert status_of(server, other) == 200


@pytest.mark.usefixtures("_small")
def test_a_proxy_is_everybody_so_only_all_together_are_bounded(start, connect):
    server = start(trusted_proxy="127.0.0.1")
    clients = [connect(server) for _ in range(7)]
    assert all(map(is_open, clients))
    connect(server)
    assert [is_open(client) for client in clients].count(False) == 1


@pytest.mark.usefixtures("_small")
def test_unfinished_bodies_of_one_address_are_bounded(start, connect):
    server = start()
    quiet, busy = [connect(server, data=FORM) for _ in range(2)]
    for client in (quiet, quiet, busy, busy):
        say(server, client, PIECE)
    assert is_open(quiet)
    other = connect(server, "127.0.0.9", data=FORM + PIECE + PIECE)
    assert is_open(other)
    assert is_open(quiet)
    connect(server, data=FORM + PIECE + PIECE)
    assert (is_open(quiet), is_open(busy), is_open(other)) == (False, True, True)


@pytest.mark.usefixtures("_small")
def test_unfinished_bodies_are_bounded_in_all(start, connect):
    server = start()
    addresses = ("127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4")
    clients = [connect(server, address, data=FORM + PIECE + PIECE) for address in addresses]
    assert [is_open(client) for client in clients] == [False, True, True, True]
    assert sum(channel.unfinished for channel in server.active_channels.values()) <= 2_500_000


@pytest.mark.parametrize(("processes", "bodies"), [(1, 4), (2, 2), (9, 2)])
@pytest.mark.usefixtures("_small")
def test_processes_share_the_disk_but_what_one_address_may_send_fits_in_each(
    start, connect, monkeypatch, processes, bodies
):
    monkeypatch.setattr("routes.shared.server.MOST_UNFINISHED", 3_400_000)
    server = start(processes=processes)
    clients = [connect(server, f"127.0.0.{1 + number}", data=FORM + PIECE + PIECE) for number in range(5)]
    assert sum(map(is_open, clients)) == bodies


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/api/users?search=é".encode(), 200),
        (b"/api/users?search=\xe9", 400),
        ("/café".encode(), 404),
        (b"/caf\xe9", 400),
        (b"//users", 404),
        (b"http://localhost//users", 404),
        (b"/users/", 308),
    ],
)
def test_an_address_in_raw_bytes_gets_an_answer_of_ours(start, connect, target, status):
    server = start()
    client = connect(server, data=b"GET " + target + b" HTTP/1.1\r\nHost: a\r\n\r\n")
    assert status_of(server, client) == status
