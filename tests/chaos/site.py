"""The site as a process of its own, and how it is asked."""

import http.client
import json
import os
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress

from config import Settings
from tests.server import HOUSE, free_port

PATIENCE = 30  # seconds after which a client has had enough


class Site:
    """`python app.py` on this database. `kill()` it and `start()` it again at the same port."""

    def __init__(self, folder, url, **environ):
        self.port, self.folder, self.environ = free_port(), folder, {"DATABASE_URL": url, **environ}
        self.log = folder / f"site-{self.port}.log"

    def start(self):
        inherited = {name: value for name, value in os.environ.items() if name.lower() not in Settings.__annotations__}
        usual = {"VOLUMES": str(self.folder / "volumes"), "PORT": str(self.port), "LAB": "off", "SAMPLE_DATA": "locked"}
        with self.log.open("a") as log:  # a pipe that nobody reads would fill up
            self.process = subprocess.Popen(
                [sys.executable, "app.py"], cwd=HOUSE, env=inherited | usual | self.environ, stdout=log, stderr=log
            )
        wait_until(self.is_up)

    def is_up(self):
        assert self.process.poll() is None, self.log.read_text()[-2000:]
        with suppress(OSError):
            return ask(self.port, "GET", "/health")[0] == 200

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        """As a rolling restart does."""
        self.process.terminate()
        self.process.wait(timeout=60)


@contextmanager
def site(*arguments, **environ):
    """A `Site` that is gone afterwards."""
    started = Site(*arguments, **environ)
    try:
        started.start()
        yield started
    finally:
        started.kill()


def ask(port, method, path, body=None, headers=()):
    """The status, the headers and the body of the answer, on a connection of its own."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        connection.request(method, path, body, dict(headers))
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()


def post_json(port, path, values, headers=()):
    return ask(port, "POST", path, json.dumps(values), {"Content-Type": "application/json", **dict(headers)})


def wait_until(what, seconds=30):
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, f"nothing after {seconds} seconds"
        time.sleep(0.05)
