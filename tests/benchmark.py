"""What `make bench` prints: how soon the site answers, what it weighs, how many queries a list takes, and a class.

Each figure stands beside the same one of a bare waitress application, measured in turn with it,
as machines differ and change their pace.
"""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playhouse.test_utils import count_queries
from webtest import TestApp

from app import create_app
from config import Settings
from models.shared.database import database
from tests.class_at_once import measure_class

HOUSE = Path(__file__).parents[1]
ROUNDS = 9
REQUESTS = 1000
PATHS = ("/", "/users", "/users?sort=-dob&search=e", "/users/1", "/posts", "/api/users", "/api/users/1", "/api/posts")
BARE = (
    "import os, waitress\n"
    "def app(environ, start):\n"
    "    start('200 OK', [('Content-Length', '2')])\n"
    "    return [b'ok']\n"
    "waitress.serve(app, port=int(os.environ['PORT']), threads=8, _quiet=True)\n"
)
COMMANDS = {"site": [sys.executable, "app.py"], "bare waitress": [sys.executable, "-c", BARE]}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        volumes = Path(folder)
        count_queries_of_lists(volumes)
        starts: dict[str, list[float]] = {name: [] for name in COMMANDS}
        for _ in range(ROUNDS):
            for name, command in COMMANDS.items():
                starts[name].append(measure(command, volumes, requests=1)[0])
        for name, command in COMMANDS.items():
            _, before, after = measure(command, volumes, REQUESTS)
            print(
                f"{name:14} first 200 after {statistics.median(starts[name]) * 1000:4.0f} ms "
                f"({min(starts[name]) * 1000:.0f}–{max(starts[name]) * 1000:.0f}), "
                f"{before:.1f} MiB, after {REQUESTS:,} requests {after:.1f} MiB"
            )
        with running(COMMANDS["site"], volumes) as (port, _pid):
            measure_class(port)


def count_queries_of_lists(volumes: Path) -> None:
    visitor = TestApp(create_app(Settings(volumes=volumes)))
    for path in PATHS[1:]:
        with count_queries() as counted:
            visitor.get(path)
        print(f"{counted.count} queries: {path}")
    database.close_all()


def measure(command: list[str], volumes: Path, requests: int) -> tuple[float, float, float]:
    """Seconds to the first answer, and MiB after it and after `requests` more."""
    started = time.perf_counter()
    with running(command, volumes) as (port, pid):
        seconds, before = time.perf_counter() - started, weight(pid)
        for number in range(requests):
            answers(port, PATHS[number % len(PATHS)])
        return seconds, before, weight(pid)


@contextmanager
def running(command: list[str], volumes: Path) -> Iterator[tuple[int, int]]:
    """The port and the process of a server that answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environ = os.environ | {"PORT": str(port), "VOLUMES": str(volumes)}
    with subprocess.Popen(
        command, cwd=HOUSE, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            while not answers(port):
                time.sleep(0.002)
            yield port, server.pid
        finally:
            server.terminate()


def answers(port: int, path: str = "/users") -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def weight(pid: int) -> float:
    """The memory of a process that is in use now, in MiB. From /proc, so on Linux only."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


if __name__ == "__main__":
    main()
