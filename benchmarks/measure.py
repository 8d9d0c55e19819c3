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


def measure(peers: list[Peer], rounds: int, seconds: int, tell: Tell) -> list[dict]:
    """A row for each peer: its name, milliseconds to the first answer, MiB, and requests a second of each route."""
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
        rates = measure_rates(servers, rounds, seconds, Path(place), tell)
        return [
            {"name": server.peer.name, "written": server.peer.written}
            | {"start": statistics.median(starts[server.peer.name]) * 1000, "memory": server.weight()}
            | {route: statistics.median(each) for route, each in rates[server.peer.name].items()}
            for server in servers
        ]


def measure_starts(places: Iterable[tuple[Peer, Path]], rounds: int) -> dict[str, list[float]]:
    """Seconds to the first 200. What the first round reads is in memory afterwards, so that one does not count."""
    starts: dict[str, list[float]] = {}
    for number in range(rounds + 1):
        for peer, folder in places:
            with running(peer, folder) as server:
                if number:
                    starts.setdefault(peer.name, []).append(server.seconds)
    return starts


def measure_rates(
    servers: list[Running], rounds: int, seconds: int, place: Path, tell: Tell
) -> dict[str, dict[str, list[float]]]:
    """Requests a second. The writes come last, as the tables grow with them."""
    rates: dict[str, dict[str, list[float]]] = {server.peer.name: {} for server in servers}
    for route in ROUTES:
        for number in range(rounds):
            tell(f"{route}, round {number + 1} of {rounds}")
            for server in servers:
                if route in server.peer.routes:
                    rate = load(server, route, seconds, place)
                    rates[server.peer.name].setdefault(route, []).append(rate)
    return rates
