"""Those that are compared say the same, and one that differs ends the benchmark. Frameworks are not installed here."""

import importlib.util
import sys
from types import SimpleNamespace

import pytest
from werkzeug.test import Client

from benchmarks.agreement import require_agreement
from benchmarks.content import make_database
from benchmarks.ours import Ours
from benchmarks.peer import Peer
from tests.server import HOUSE


def in_process(peer, application):
    """As `Running`, without a process."""

    def ask(route):
        method, body = ("POST", peer.body()) if route == "write" else ("GET", None)
        answer = Client(application).open(peer.routes[route], method=method, data=body, headers=peer.headers(route))
        return answer.status_code, answer.data

    return SimpleNamespace(peer=peer, ask=ask)


@pytest.fixture
def application(tmp_path, monkeypatch):
    """Call it with the name of a file in `benchmarks/peers/`."""
    make_database(tmp_path / "sqlite.db")
    monkeypatch.setenv("DATABASE", str(tmp_path / "sqlite.db"))

    loaded = []

    def load(name):
        file = HOUSE / "benchmarks" / "peers" / f"{name}.py"
        spec = importlib.util.spec_from_file_location(f"peer_{name}", file)
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, spec.name, module)
        spec.loader.exec_module(module)
        loaded.append(module)
        return module.app

    yield load
    for module in loaded:
        close(module)


def close(peer):
    """What a peer keeps open until its process ends."""
    if hasattr(peer, "local"):
        peer.local.connection.close()
    elif hasattr(peer, "database"):
        peer.database.close()


@pytest.mark.parametrize("name", ["bare", "by_hand", "bottle_and_peewee"])
def test_a_peer_says_what_is_expected(application, name):
    require_agreement(in_process(Peer(name, ""), application(name)))


@pytest.mark.parametrize("member", [False, True])
def test_the_site_says_what_is_expected(visit, tmp_path, member):
    site = Ours("ours", member=member)
    site.prepare(tmp_path)
    require_agreement(in_process(site, visit(volumes=tmp_path).app))


@pytest.mark.parametrize(("said", "instead"), [(b"Curie", b"Curry"), (b'"total": 20', b'"total": 21'), (b"{", b"")])
def test_one_letter_that_differs_ends_it(application, said, instead):
    server = in_process(Peer("other", ""), application("bare"))
    right = server.ask
    server.ask = lambda route: (right(route)[0], right(route)[1].replace(said, instead, 1))
    with pytest.raises((SystemExit, ValueError)):
        require_agreement(server)


def test_an_error_is_no_answer():
    server = SimpleNamespace(peer=Peer("other", ""), ask=lambda route: (500, b"Sorry"))
    with pytest.raises(SystemExit, match="other answers list with 500: b'Sorry'"):
        require_agreement(server)
