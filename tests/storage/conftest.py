"""A bucket of a real server of objects, and a line to it that can be cut. Each test has a prefix of its own."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from botocore.session import Session
from webtest import TestApp

from app import create_app
from config import Settings
from models.shared.database import database
from models.shared.storage import storage
from tests.server import HOUSE, free_port
from tests.storage.line import Line

S3RVER = Path(__file__).parent / "node_modules" / ".bin" / "s3rver"
MOTO = [sys.executable, "-c", "from moto.server import main; main()", "-H", "127.0.0.1", "-p"]
BUCKET = "our-bucket"
KEY, SECRET = "S3RVER", "S3RVER"  # the pair that s3rver knows; moto takes any


@contextmanager
def serving(command, port):
    """A server of objects with an empty bucket; its address."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(port)
        client_of(url).create_bucket(Bucket=BUCKET)
        yield url
    finally:
        process.kill()
        process.wait()


def wait_for(port):
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    pytest.fail("the server of objects has not begun")


@cache  # it takes its time to be made
def client_of(url):
    session = Session()
    session.set_credentials(KEY, SECRET)
    return session.create_client("s3", region_name="us-east-1", endpoint_url=url)


@pytest.fixture(scope="session")
def moto():
    port = free_port()
    with serving([*MOTO, str(port)], port) as url:
        yield url


@pytest.fixture(scope="session")
def s3rver(tmp_path_factory):
    if not S3RVER.exists():
        pytest.skip("there is no s3rver here: npm --prefix tests/storage install")
    port, folder = free_port(), tmp_path_factory.mktemp("objects")
    with serving([S3RVER, "-d", str(folder), "-a", "127.0.0.1", "-p", str(port), "-s"], port) as url:
        yield url


@pytest.fixture
def server_of_objects(moto):
    """The address of one; a test may ask for another."""
    return moto


@pytest.fixture
def line(server_of_objects):
    """The way there."""
    with Line(server_of_objects) as there:
        yield there


@pytest.fixture
def keys(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")


@pytest.fixture
def bucket(server_of_objects, line, keys):
    """Of the site's place: its settings, and what is in it."""
    return Bucket(client_of(server_of_objects), line.url)


class Bucket:
    def __init__(self, client, url):
        self.client, self.prefix = client, f"pictures-{secrets.token_hex(4)}"
        self.settings = {
            "pictures": f"s3://{BUCKET}/{self.prefix}",
            "aws_region": "us-east-1",
            "aws_endpoint_url": url,
        }
        self.environ = {name.upper(): text for name, text in self.settings.items()}

    def names(self):
        """What the server itself says."""
        found = self.client.list_objects_v2(Bucket=BUCKET, Prefix=f"{self.prefix}/")
        return {each["Key"].removeprefix(f"{self.prefix}/") for each in found.get("Contents", ())}

    def put(self, name, content=b"somebody else's"):
        self.client.put_object(Bucket=BUCKET, Key=f"{self.prefix}/{name}", Body=content)

    def content(self, name):
        return self.client.get_object(Bucket=BUCKET, Key=f"{self.prefix}/{name}")["Body"].read()


@pytest.fixture
def objects(bucket, tmp_path):
    """The storage itself."""
    from models.shared.object_storage import keep_in_bucket

    (tmp_path / "volumes").mkdir()
    keep_in_bucket(*bucket.settings.values(), tmp_path / "volumes")
    return storage.obj


@pytest.fixture
def settings(tmp_path, bucket):
    return Settings(volumes=tmp_path / "volumes", **bucket.settings)


@pytest.fixture
def visitor(settings, sample_volumes, bucket):
    """On a site with the sample rows, whose pictures have been copied into the bucket."""
    shutil.copytree(sample_volumes, settings.volumes)
    for file in (settings.volumes / "uploads").iterdir():
        bucket.put(file.name, file.read_bytes())
    shutil.rmtree(settings.volumes / "uploads")
    yield TestApp(create_app(settings))
    database.close_all()


@pytest.fixture
def run_command(tmp_path, bucket):
    """Call it with words after `python -m`; it gives what is said. The site's data is in `volumes`."""

    def run(*words, code=0, **environ):
        given = {"VOLUMES": str(tmp_path / "volumes"), "SAMPLE_DATA": "locked"} | bucket.environ | environ
        command = [sys.executable, "-m", *words]
        done = subprocess.run(command, cwd=HOUSE, env=os.environ | given, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    return run
