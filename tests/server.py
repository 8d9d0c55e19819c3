"""The server as a process of its own, from its first line on."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from config import Settings

HOUSE = Path(__file__).parents[1]
TWO_PROCESSES = {"PROCESSES": "2", "LAB": "off"}
# For tests that race: the site within the test, and a server whose processes know each other by the database only.
on_two_processes_too = pytest.mark.parametrize(
    "visitor",
    [
        pytest.param({}, id="one"),
        pytest.param(
            TWO_PROCESSES,
            marks=pytest.mark.skipif(not hasattr(os, "fork"), reason="this system starts processes in another way"),
            id="two",
        ),
    ],
    indirect=True,
)


@contextmanager
def server(tmp_path, port, house=HOUSE, command=("app.py",), **environ):
    """`python app.py` of `house` on the data in `tmp_path / "volumes"`; it is gone afterwards."""
    environ = {"VOLUMES": str(tmp_path / "volumes"), "PORT": str(port), "SAMPLE_DATA": "locked"} | environ
    inherited = {name: value for name, value in os.environ.items() if name.lower() not in Settings.__annotations__}
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=house,
        env=inherited | environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        process.first_line = process.stdout.readline()
        yield process
    finally:
        process.kill()
        process.communicate()


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@contextmanager
def stopped_in_order(*arguments, **environ):
    """A `server` that is told to end, and has to do it well."""
    with server(*arguments, **environ) as process:
        yield process
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


def through(port):
    """The site at this port, as an application."""

    def application(environ, start_response):
        headers = {name[5:].replace("_", "-"): text for name, text in environ.items() if name.startswith("HTTP_")}
        if environ.get("CONTENT_TYPE"):
            headers["Content-Type"] = environ["CONTENT_TYPE"]
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        path = quote(environ["PATH_INFO"].encode("latin-1")) + f"?{environ['QUERY_STRING']}".rstrip("?")
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
            connection.request(environ["REQUEST_METHOD"], path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
        start_response(f"{answer.status} {answer.reason}", answer.getheaders())
        return [content]

    return application
