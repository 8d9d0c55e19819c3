"""A bucket that is away: 503 with words for what needs it, and everything else goes on."""

import logging
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from webtest import TestApp

from commands.sweep import sweep
from models.post import Post
from models.shared import object_server
from models.shared.database import database
from models.shared.room import share_threads
from models.shared.storage import UNREACHABLE, StorageUnreachable, storage
from tests.drawn import png
from tests.forgotten import forget_history

PICTURE = "/api/posts/4/image"


@pytest.fixture(autouse=True)
def _soon(monkeypatch):
    monkeypatch.setattr(object_server, "FIRST_WAIT", 0.001)


@pytest.fixture
def few_threads():
    """Three that may be slow."""
    share_threads(4)
    yield
    share_threads(40)


@pytest.fixture
def url(member):
    return member.put(PICTURE, png()).json["image"]["url"]


def test_what_needs_it_is_503_in_words_and_all_else_works(member, visitor, line, url):
    line.become("cut")
    answer = visitor.get(url, status=503)
    assert UNREACHABLE in answer
    assert answer.headers["Retry-After"]
    assert member.put(PICTURE, png(), status=503).json["detail"] == UNREACHABLE
    for path in ("/", "/posts", "/users/2", "/api/posts", "/docs", "/account"):
        member.get(path, status=200)
    member.post_json("/api/posts", {"note": "Only words"}, status=201)
    member.delete("/api/posts/4", status=204)
    line.become("open")


def test_beside_those_who_wait_for_a_silent_bucket_pages_come_and_words_are_written(member, visitor, line, url):
    storage.obj.server.seconds, storage.obj.server.client = 60.0, None
    line.become("silent")
    somebody = TestApp(visitor.app, cookiejar=member.cookiejar)
    asks = [lambda: TestApp(visitor.app).get(url, status=503), lambda: somebody.put(PICTURE, png(), status=503)]
    with ThreadPoolExecutor() as pool:
        waiting = [pool.submit(ask) for ask in asks]
        assert all(line.kept_waiting.acquire(timeout=20) for _ in waiting)
        for path in ("/", "/posts", "/users/2", "/api/posts", "/health"):
            visitor.get(path, status=200)
        member.post_json("/api/posts", {"note": "Only words"}, status=201)
        assert not any(each.done() for each in waiting)
        line.become("cut")
    assert all(UNREACHABLE in each.result() for each in waiting)


def test_the_form_keeps_its_words_and_no_row_is_there(member, line):
    form = member.get("/posts/new").forms["new-post"]
    form["note"], form["alt"], form["image"] = "Look", "A red square", ("x.png", png())
    line.become("cut")
    page = form.submit(status=503)
    assert UNREACHABLE in page.html.select_one("[role=alert]").text
    assert [page.forms["new-post"][each].value for each in ("note", "alt")] == ["Look", "A red square"]
    with database.connection_context():
        assert not Post.select().where(Post.note == "Look").exists()


def test_it_works_again_when_the_bucket_is_back(member, visitor, line, url, monkeypatch):
    monkeypatch.setattr(object_server, "SECONDS_LEFT_ALONE", 0)
    line.become("cut")
    visitor.get(url, status=503)
    line.become("open")
    visitor.get(url, status=200)
    member.put(PICTURE, png(), status=200)


def test_health_says_it_and_the_machine_stays(visitor, line, monkeypatch):
    monkeypatch.setattr(object_server, "SECONDS_LEFT_ALONE", 0)
    assert visitor.get("/health").json == {"status": "ok", "pictures": "ok"}
    line.become("cut")
    assert visitor.get("/health", status=200).json == {"status": "ok", "pictures": UNREACHABLE}
    line.become("open")
    assert visitor.get("/health").json["pictures"] == "ok"


def test_a_list_with_pictures_in_it_comes_without_them(visitor, line):
    line.become("cut")
    users = visitor.get("/lesson/api/users", status=200).json
    assert {post["base64"] for user in users for post in user["posts"]} == {""}
    assert any(post["image"] for user in users for post in user["posts"])


def test_while_it_is_silent_one_request_waits_and_the_others_are_told_at_once(objects, line, at_once):
    objects.server.seconds = 0.2
    line.become("silent")
    with pytest.raises(StorageUnreachable):
        objects.read("0123.png")
    asked, seconds = line.asked, []
    objects.server.asked_again = 0.0  # it has been left alone for long enough

    def read():
        began = time.monotonic()
        with pytest.raises(StorageUnreachable):
            objects.read("0123.png")
        seconds.append(time.monotonic() - began)

    with objects.server.one_asks:
        at_once(*[read] * 8)
    assert line.asked == asked
    assert max(seconds) < 0.2


def test_of_a_slow_server_half_of_the_threads_wait_and_the_others_are_told_soon(visitor, line, url, few_threads):
    storage.obj.server.seconds, storage.obj.server.client = 60.0, None
    line.become("silent")
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(TestApp(visitor.app).get, url, status=200)
        assert line.kept_waiting.acquire(timeout=20)
        for _ in range(3):
            assert UNREACHABLE in visitor.get(url, status=503)
            visitor.get("/posts", status=200)
        assert not waiting.done()
        line.become("open")
    visitor.get(url, status=200)


def test_a_silent_server_keeps_a_thread_for_as_long_as_is_said(objects, line):
    objects.server.seconds = 0.3
    assert list(objects.names()) == []
    line.state = "silent"
    began = time.monotonic()
    with pytest.raises(StorageUnreachable) as refusal:
        objects.put("0123.png", b"content")
    assert time.monotonic() - began < 2  # far from a minute, and from what a busy machine adds
    assert refusal.value.__notes__ == ["ReadTimeoutError"]


def test_the_log_says_why_and_neither_it_nor_a_client_gets_a_key_or_the_place(visitor, line, url, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIATIGER")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "tiger-secret")
    line.become("cut")
    logged = []
    monkeypatch.setattr(logging.Logger, "handle", lambda _self, record: logged.append(record.getMessage()))
    answer = visitor.get(url, status=503)
    assert any(UNREACHABLE in each and "ConnectionClosedError" in each for each in logged)
    for text in (answer.text, str(answer.headers), *logged):
        for secret in ("tiger", "TIGER", "our-bucket", line.url, "S3RVER", "botocore"):
            assert secret not in text


def test_files_of_rows_deleted_meanwhile_stay_until_they_are_swept(member, bucket, line, monkeypatch):
    before = bucket.names()
    line.become("cut")
    member.delete("/api/posts/4", status=204)
    forget_history()
    line.become("open")
    assert bucket.names() == before
    monkeypatch.setattr(object_server, "SECONDS_LEFT_ALONE", 0)
    monkeypatch.setattr("commands.sweep.WAIT_SECONDS", -60)
    storage.obj.server.is_away = False
    with database.connection_context():
        assert len(list(sweep(delete=True))) == len(before - bucket.names()) > 0


@pytest.mark.parametrize("words", [["models", "backup"], ["models", "copy-pictures", "."], ["models", "freeze", "out"]])
def test_a_command_says_it_in_a_line_with_the_reason(visitor, line, run_command, words):
    line.become("cut")
    assert run_command(*words, code=2) == f"{UNREACHABLE} ConnectionClosedError\n"


def test_a_start_that_cannot_put_its_sample_pictures_says_it_in_a_line(line, run_command):
    line.become("cut")
    assert run_command("app", code=2) == f"{UNREACHABLE} ConnectionClosedError\n"
