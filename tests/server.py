"""The server as a process of its own, from its first line on."""

import os
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from config import Settings

HOUSE = Path(__file__).parents[1]


@contextmanager
def server(tmp_path, port, house=HOUSE, **environ):
    """`python app.py` of `house` on the data in `tmp_path / "volumes"`; it is gone afterwards."""
    environ = {"VOLUMES": str(tmp_path / "volumes"), "PORT": str(port), "SAMPLE_DATA": "locked"} | environ
    inherited = {name: value for name, value in os.environ.items() if name.lower() not in Settings.__annotations__}
    process = subprocess.Popen(
        [sys.executable, "app.py"],
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
