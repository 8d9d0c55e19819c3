"""All peers in turn, several times: a machine changes its pace, so only what is measured together can be compared."""

import statistics
import tempfile
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path

from benchmarks.agreement import require_agreement
from benchmarks.load import load
from benchmarks.peer import ROUTES, Peer
from benchmarks.running import Running, running

Tell = Callable[[str], None]
Loads = dict[str, list[tuple[float, float]]]


def measure(peers: list[Peer], rounds: int, seconds: int, tell: Tell) -> list[dict]:
    """A row for each peer: milliseconds to the first answer, MiB, and of each route what `load()` gives."""
    with tempfile.TemporaryDirectory() as place, ExitStack() as all_of_them:
        folders = [Path(place) / str(number) for number in range(len(peers))]
        for peer, folder in zip(peers, folders, strict=True):
            folder.mkdir()
            peer.prepare(folder)
        tell("starts")
        starts = measure_starts(list(zip(peers, folders, strict=True)), rounds)
        tell("whether all answer the same")
        servers = [all_of_them.enter_context(running(*each)) for each in zip(peers, folders, strict=True)]
        for server in servers:
            require_agreement(server)
        loads = measure_loads(servers, rounds, seconds, Path(place), tell)
        return [row_of(server, starts[server.peer.name], loads[server.peer.name]) for server in servers]


def row_of(server: Running, starts: list[float], loads: Loads) -> dict:
    """The middle one of each."""
    middle = {route: [statistics.median(each) for each in zip(*found, strict=True)] for route, found in loads.items()}
    return {
        **{"name": server.peer.name, "written": server.peer.written},
        **{"start": round(statistics.median(starts) * 1000, 1), "memory": round(server.weight(), 1)},
        **{route: round(rate, 1) for route, (rate, _) in middle.items()},
        "cpu": {route: round(cpu, 3) for route, (_, cpu) in middle.items()},
    }


def measure_starts(places: Iterable[tuple[Peer, Path]], rounds: int) -> dict[str, list[float]]:
    """Seconds to the first 200. What the first round reads is in memory afterwards, so that one does not count."""
    starts: dict[str, list[float]] = {}
    for number in range(rounds + 1):
        for peer, folder in places:
            with running(peer, folder) as server:
                if number:
                    starts.setdefault(peer.name, []).append(server.seconds)
    return starts


def measure_loads(servers: list[Running], rounds: int, seconds: int, place: Path, tell: Tell) -> dict[str, Loads]:
    """What `load()` gives in each round. The writes come last, as the tables grow with them."""
    loads: dict[str, Loads] = {server.peer.name: {} for server in servers}
    for route in ROUTES:
        for number in range(rounds):
            tell(f"{route}, round {number + 1} of {rounds}")
            for server in servers:
                if route in server.peer.routes:
                    found = load(server, route, seconds, place)
                    loads[server.peer.name].setdefault(route, []).append(found)
    return loads
