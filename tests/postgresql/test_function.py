"""The function as a gateway has it: a process of its own that is frozen between two requests, on a database by URL."""

import base64
import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from config import Settings
from tests.gateways import event_of
from tests.postgresql.test_postgresql import URL, _empty_database  # noqa: F401 - a fixture

HOUSE = Path(__file__).parents[2]
RUNTIME = """
import json, sys
from commands.function import handler
for line in sys.stdin:
    print(json.dumps(handler(json.loads(line), None)), flush=True)
"""


@pytest.fixture
def environ(tmp_path):
    """Of a process that may write nowhere but there, as far as it keeps to what it is told."""
    inherited = {name: text for name, text in os.environ.items() if name.lower() not in Settings.__annotations__}
    own = {"DATABASE_URL": URL, "VOLUMES": str(tmp_path / "volumes"), "SAMPLE_DATA": "locked"}
    return inherited | own | {"PYTHONPATH": str(HOUSE), "TMPDIR": str(tmp_path)}


@pytest.fixture
def prepared(environ):
    elsewhere = environ | {"VOLUMES": environ["TMPDIR"]}
    subprocess.run(
        [sys.executable, "-m", "models", "prepare"], cwd=HOUSE, env=elsewhere, check=True, capture_output=True
    )


class Sandbox:
    """Where the function is, and what it has logged."""

    def __init__(self, process, log):
        self.process, self.log = process, log

    def ask(self, path, values=None):
        event = event_of("http_api")
        event["rawPath"] = event["requestContext"]["http"]["path"] = path
        if values:
            event["requestContext"]["http"]["method"] = "POST"
            event["headers"]["content-type"] = "application/json"
            event["body"] = json.dumps(values)
        self.process.stdin.write(f"{json.dumps(event)}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    @contextmanager
    def frozen(self):
        self.process.send_signal(signal.SIGSTOP)
        yield
        self.process.send_signal(signal.SIGCONT)


@pytest.fixture
def sandbox(environ, tmp_path):
    """It runs where nothing may be written: `/`, with the code somewhere else."""
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", RUNTIME],
            cwd="/",
            env=environ,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        )
    try:
        yield Sandbox(process, tmp_path / "log")
    finally:
        process.send_signal(signal.SIGCONT)
        process.kill()
        process.communicate()


def close_connections():
    """How many there were."""
    with psycopg.connect(URL, autocommit=True) as connection:
        others = "pid <> pg_backend_pid() AND datname = current_database() AND backend_type = 'client backend'"
        closed = connection.execute(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {others}")
        return len(closed.fetchall())


@pytest.mark.usefixtures("prepared")
def test_each_line_of_the_log_is_written_before_the_answer(sandbox):
    answer = sandbox.ask("/users")
    assert answer["statusCode"] == 200
    assert "Hedy Lamarr" in base64.b64decode(answer["body"]).decode()
    for number in range(1, 4):
        sandbox.ask(f"/users/{number}")
        assert f" GET /users/{number} 200 " in sandbox.log.read_text()


@pytest.mark.usefixtures("prepared")
def test_it_writes_only_where_a_function_may(sandbox, tmp_path):
    here = {path: path.stat().st_mtime_ns for path in HOUSE.rglob("*") if "__pycache__" not in path.parts}
    for path in ("/", "/users", "/posts", "/api/posts", "/health", "/uploads/none.png"):
        sandbox.ask(path)
    assert sandbox.ask("/health")["statusCode"] == 200
    now = {path: path.stat().st_mtime_ns for path in HOUSE.rglob("*") if "__pycache__" not in path.parts}
    assert now == here
    assert [path.name for path in (tmp_path / "volumes").rglob("*")] == []


@pytest.mark.usefixtures("prepared")
@pytest.mark.parametrize("first", ["a page", "a write", "a login"])
def test_a_connection_that_was_closed_while_it_was_frozen_costs_no_error(sandbox, first):
    sandbox.ask("/users")
    for number in range(3):
        with sandbox.frozen():
            assert close_connections()
        ada = {"name": "Ada", "uid": f"ada-{number}", "password": "correct horse"}
        if first == "a page":
            answer = sandbox.ask("/posts")
        elif first == "a write":
            answer = sandbox.ask("/api/users", ada)
        else:
            answer = sandbox.ask("/api/sessions", {"uid": "niko", "password": "wrong"})
        assert answer["statusCode"] == {"a page": 200, "a write": 201, "a login": 401}[first], sandbox.log.read_text()


def test_tables_that_are_not_ready_are_told_until_they_are(sandbox, environ, request):
    for _ in range(2):
        assert sandbox.ask("/users")["statusCode"] == 503
    assert sandbox.log.read_text().count("The tables are not ready, or not those of this version: ") == 2
    request.getfixturevalue("prepared")
    assert sandbox.ask("/users")["statusCode"] == 200
