"""Pictures in a bucket: a server that speaks S3, and the line to it."""

import subprocess
import sys
from contextlib import contextmanager, suppress

from tests.chaos.site import ask, wait_until
from tests.server import free_port
from tests.storage.line import Line


@contextmanager
def bucket():
    """The `Line` to a bucket of its own, and the settings of a site that uses it."""
    port = free_port()
    command = [sys.executable, "-c", "from moto.server import main; main()", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: is_made(port))
        with Line(f"http://127.0.0.1:{port}") as line:
            yield line, settings_for(line)
    finally:
        server.kill()
        server.wait()


def is_made(port):
    with suppress(OSError):
        return ask(port, "PUT", "/pictures")[0] == 200


def settings_for(line):
    return {
        "PICTURES": "s3://pictures/site",
        "AWS_ENDPOINT_URL": line.url,
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
    }
