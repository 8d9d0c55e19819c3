"""A site that is killed while it puts a picture: there is no row, and nothing that is half there."""

import sqlite3
import threading
from contextlib import closing, suppress

import pytest
from webtest import TestApp

from models.session import Session
from models.shared.database import database
from models.user import User
from tests.drawn import png
from tests.server import free_port, server, stopped_in_order, through

TWO = {"PROCESSES": "2", "LAB": "off"}


@pytest.fixture
def token(visitor):
    with database.connection_context():
        _, token = Session.start(User.get(uid="niko"), "script", "A script")
    database.close_all()
    return {"Authorization": f"Bearer {token}"}


def test_nothing_half_written_is_shown_and_the_row_is_not_there(tmp_path, token, bucket, line, keys):
    before, port = bucket.names(), free_port()
    with server(tmp_path, port, **bucket.environ) as process:
        site = TestApp(through(port))

        def post():
            with suppress(OSError):
                site.post("/api/posts", {"note": "Look"}, headers=token, upload_files=[("image", "x", png(900, 900))])

        line.become("half")
        thread = threading.Thread(target=post, daemon=True)
        thread.start()
        assert line.half_way.wait(20)
        process.kill()
        thread.join(20)
    line.become("open")
    assert bucket.names() == before
    with closing(sqlite3.connect(tmp_path / "volumes" / "sqlite.db")) as rows:
        assert not rows.execute("select count(*) from posts where note = 'Look'").fetchone()[0]
    with stopped_in_order(tmp_path, port, **bucket.environ):
        answer = TestApp(through(port)).post(
            "/api/posts", {"note": "Look"}, headers=token, upload_files=[("image", "x", png())], status=201
        )
    assert len(bucket.names() - before) == 2
    assert answer.json["image"]["url"].rpartition("/")[2] in bucket.names()


def test_processes_that_were_forked_after_pictures_were_put_put_and_send_some(tmp_path, bucket, keys):
    port = free_port()
    with stopped_in_order(tmp_path, port, **bucket.environ, **TWO):
        site = TestApp(through(port))
        pictures = [post["image"] for post in site.get("/api/posts").json["posts"] if post["image"]]
        for _ in range(4):
            for image in pictures:
                assert len(site.get(image["url"], status=200).body) == image["bytes"]
