"""The site behind PgBouncer, where each transaction may be of another server process."""

import os
import shutil
import subprocess
import time
from urllib.parse import urlsplit

import psycopg
import pytest
from webtest import TestApp

from app import create_app
from config import Settings
from models.shared.database import database
from tests.postgresql.test_postgresql import URL, _empty_database  # noqa: F401 - a fixture
from tests.server import free_port

PARTS = urlsplit(URL)
LINES = """[databases]
* = host={host} port={port} user={user}{password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {here}
auth_type = any
unix_socket_dir =
pool_mode = transaction
default_pool_size = 2
"""
pytestmark = pytest.mark.skipif(not shutil.which("pgbouncer"), reason="there is no PgBouncer here")


@pytest.fixture
def pooler(open_place):
    """The URL of one that has two processes of the server."""
    here, password = free_port(), f" password={PARTS.password}" if PARTS.password else ""
    known = {"host": PARTS.hostname, "port": PARTS.port or 5432, "user": PARTS.username, "password": password}
    (open_place / "pooler.ini").write_text(LINES.format(here=here, **known))
    (open_place / "pooler.ini").chmod(0o644)
    user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}  # it refuses root
    process = subprocess.Popen(["pgbouncer", "-q", open_place / "pooler.ini"], stderr=subprocess.DEVNULL, **user)
    url = PARTS._replace(netloc=f"{PARTS.username}@127.0.0.1:{here}").geturl()
    try:
        wait_for(url)
        yield url
    finally:
        database.close_all()
        process.kill()
        process.wait()


@pytest.fixture
def site(tmp_path, pooler):
    return TestApp(create_app(Settings(volumes=tmp_path, database_url=pooler)))


def wait_for(url):
    until = time.monotonic() + 30
    while True:
        try:
            return psycopg.connect(url).close()
        except psycopg.OperationalError:
            assert time.monotonic() < until


def test_no_statement_has_a_name_and_all_is_answered_by_whichever_process(site, at_once):
    def ask():
        for _ in range(8):  # psycopg would give a name to the sixth
            TestApp(site.app).post("/api/jokes/1/haha", status=200)
            TestApp(site.app).get("/api/users?search=hed&sort=name", status=200)
            TestApp(site.app).get("/api/posts?user=2", status=200)

    at_once(*[ask] * 6)
    assert site.get("/api/jokes/1").json["haha"] == 48
    with database.connection_context():
        assert database.connection().prepare_threshold is None


def test_who_has_written_is_told_to_the_history_within_the_transaction(site):
    ada = {"uid": "ada", "password": "correct horse"}
    site.post_json("/api/users", {"name": "Ada", **ada}, status=201)
    site.post("/login", ada, status=303)
    site.patch_json("/api/users/11", {"name": "Ada King"}, status=200)
    TestApp(site.app).post_json("/api/users", {"name": "Bob", "uid": "bob"}, status=201)
    with database.connection_context():
        told = database.execute_sql("SELECT person, command FROM changes ORDER BY id DESC LIMIT 2").fetchall()
    assert told == [(None, "POST /api/users"), (11, "PATCH /api/users/11")]
