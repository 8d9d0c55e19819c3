"""A million users: how soon they are there, and what a list, its last page and a search take then."""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path

from benchmarks.content import USERS
from benchmarks.ours import Ours
from benchmarks.running import HOUSE, Running, environment, free_port, running, send

FEW, MANY = 100, 1_000_000
ROWS_OF_A_USER = 3  # with the two posts
TIMES = 15
SEARCHES = ("a", "an", "ada", "tanaka", "ada ueda", "nobody is called so")


def measure_million(tell: Callable[[str], None]) -> dict:
    """The same with few and with many. As a member, to whom no answer is given that was made before."""
    return {"few": measure_with(FEW, tell), "many": measure_with(MANY, tell)}


def measure_with(count: int, tell: Callable[[str], None]) -> dict:
    with tempfile.TemporaryDirectory() as place:
        site, folder = Ours("ours", member=True), Path(place)
        site.prepare(folder)
        tell(f"putting in {count:,} users")
        started = time.perf_counter()
        seed = [sys.executable, "-m", "seed", "--users", str(count)]
        settings = environment(site, free_port(), folder)
        subprocess.run(seed, cwd=HOUSE, env=settings, check=True, capture_output=True)
        seconds = time.perf_counter() - started
        tell(f"asking with {count:,} users")
        with running(site, folder) as server:
            answers = {name: milliseconds(server, path) for name, path in paths(count + len(USERS)).items()}
        return {"users": count, "rows_a_second": round(count * ROWS_OF_A_USER / seconds), "answers": answers}


def paths(highest_id: int) -> dict[str, str]:
    last_but_twenty = json.dumps(["id", highest_id - 20, highest_id - 20])  # as models/shared/cursor.py says a place
    last = urlsafe_b64encode(last_but_twenty.encode()).decode().rstrip("=")
    searches = {f"search “{text}”": f"/api/users?search={text.replace(' ', '+')}" for text in SEARCHES}
    lists = {"first page": "/api/users", "last page": f"/api/users?after={last}", "by name": "/api/users?sort=name"}
    return lists | searches


def milliseconds(server: Running, path: str) -> float:
    """The middle one of some."""
    taken = []
    for _ in range(TIMES):
        started = time.perf_counter()
        status, body = send(server.port, path, None, server.peer.headers("list"), "GET")
        taken.append((time.perf_counter() - started) * 1000)
        if status != 200:
            raise SystemExit(f"{path} is answered with {status}: {body[:500]!r}")
    return round(statistics.median(taken), 2)
