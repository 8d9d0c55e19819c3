"""A peer as a process of its own: how soon it answers, and what it weighs."""

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peer import Peer
from config import Settings

HOUSE = Path(__file__).parents[1]
MOST_SECONDS = 60  # until the first answer


@dataclass
class Running:
    """A peer that answers at `port`, `seconds` after it was started."""

    peer: Peer
    port: int
    pid: int
    seconds: float

    def ask(self, route: str) -> tuple[int, bytes]:
        """The status and the body of what it answers to what the load asks."""
        method, body = ("POST", self.peer.body()) if route == "write" else ("GET", None)
        return send(self.port, self.peer.routes[route], body, self.peer.headers(route), method)

    def weight(self) -> float:
        """The memory that all its processes use now, in MiB. From /proc, so on Linux only."""
        return sum(resident(process) for process in processes_of_group(self.pid))

    def cpu_seconds(self) -> float:
        """What all its processes have computed since they were started, of whichever core."""
        return sum(computed(process) for process in processes_of_group(self.pid))


@contextmanager
def running(peer: Peer, folder: Path) -> Iterator[Running]:
    """Start it on the rows in `folder`; it is gone afterwards. SystemExit with what it said when it does not start."""
    port, log = free_port(), folder / "log"
    with log.open("w") as said:
        started = time.perf_counter()
        process = subprocess.Popen(
            peer.words(port, folder),
            cwd=HOUSE,
            env=environment(peer, port, folder),
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        try:
            while not answers(peer, port):
                if process.poll() is not None or time.perf_counter() - started > MOST_SECONDS:
                    raise SystemExit(f"{peer.name} does not start:\n{log.read_text()[-2000:]}")
                time.sleep(0.002)
            yield Running(peer, port, process.pid, time.perf_counter() - started)
        finally:
            end(process)


def environment(peer: Peer, port: int, folder: Path) -> dict[str, str]:
    """Ours without the settings of whoever runs this, and what the peer needs."""
    inherited = {name: value for name, value in os.environ.items() if name.lower() not in Settings.__annotations__}
    return inherited | {"PYTHONPATH": str(HOUSE)} | peer.environ(port, folder)


def end(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def answers(peer: Peer, port: int) -> bool:
    try:
        return send(port, peer.routes["list"], None, peer.headers("list"), "GET")[0] == 200
    except OSError:
        return False


def send(port: int, path: str, body: str | bytes | None, headers: dict[str, str], method: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def processes_of_group(group: int) -> list[Path]:
    """The processes that the first one of a group has started, and itself."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # when it has just ended
            if int(fields_of(stat.parent)[2]) == group:
                found.append(stat.parent)
    return found


def fields_of(process: Path) -> list[str]:
    """Those of its `stat` that follow its name, which may have blanks: its state, its parent, its group …"""
    return (process / "stat").read_text().rpartition(")")[2].split()


def computed(process: Path) -> float:
    user, system = map(int, fields_of(process)[11:13])
    return (user + system) / os.sysconf("SC_CLK_TCK")


def resident(process: Path) -> float:
    return int((process / "status").read_text().split("VmRSS:")[1].split()[0]) / 1024
