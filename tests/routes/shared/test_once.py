"""What is sent twice is done once: three clicks behind a slow line, a program that tries again."""

import http.client
import json
import os
import shutil
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from webtest import TestApp

from models.joke import Joke
from models.receipt import Receipt
from models.session import Session
from models.shared.database import database
from models.shared.fields import utc_now
from models.shared.passwords import HASHING
from models.user import User
from tests.drawn import png
from tests.server import HOUSE, free_port, on_two_processes_too, server

KEY = {"Idempotency-Key": "a-key"}
ADA = {"name": "Ada Lovelace", "uid": "ada", "password": "correct horse"}


def count(model):
    with database.connection_context():
        return model.select().count()


def post(browser, values, key="a-key", **options):
    return browser.post_json("/api/jokes", values, headers={"Idempotency-Key": key}, **options)


def test_a_form_that_is_sent_three_times_is_done_once(member):
    form = member.get("/posts/new").forms["new-post"]
    form["note"] = "Only once"
    answers = [form.submit(status=303) for _ in range(3)]
    assert {answer.headers["Location"] for answer in answers} == {"/posts?added&change=2"}
    assert member.get("/api/posts?search=Only once").json["total"] == 1


def test_a_form_with_a_picture_too_and_its_files_are_there_once(member, settings):
    before = len(list((settings.volumes / "uploads").iterdir()))
    form = member.get("/posts/new").forms["new-post"]
    form["note"], form["image"] = "Only once", ("a.png", png())
    for _ in range(2):
        form.submit(status=303)
    assert member.get("/api/posts?search=Only once").json["total"] == 1
    assert len(list((settings.volumes / "uploads").iterdir())) == before + 2


def test_the_second_one_gets_the_way_on_and_no_cookie(visitor):
    form = visitor.get("/users/new").forms["new-user"]
    for name, text in ADA.items():
        form[name] = text
    first = form.submit(status=303)
    visitor.reset()  # the browser gave up before the answer came
    again = form.submit(status=303)
    assert "Set-Cookie" in first.headers
    assert "Set-Cookie" not in again.headers
    assert again.headers["Location"] == first.headers["Location"]


def test_a_sign_up_that_comes_again_after_its_own_login_is_the_same(visitor):
    form = visitor.get("/users/new").forms["new-user"]
    for name, text in (ADA | {"password": "correct horse"}).items():
        form[name] = text
    first, again = form.submit(status=303), form.submit(status=303)
    assert again.headers["Location"] == first.headers["Location"]
    assert visitor.get("/api/me").json["uid"] == "ada"


def test_a_program_gets_the_same_answer_again(member):
    first, again = (post(member, {"joke": "Once upon a time"}, status=201) for _ in range(2))
    assert (again.json, again.headers["Location"]) == (first.json, first.headers["Location"])
    assert again.content_type == "application/json"
    assert count(Joke) == 8


def test_what_has_no_body_is_done_once_too(member):
    laugh = [member.post("/api/jokes/1/haha", headers=KEY).json["haha"] for _ in range(2)]
    assert laugh == [1, 1]
    member.delete("/api/posts/4", headers={"Idempotency-Key": "b"}, status=204)
    assert member.delete("/api/posts/4", headers={"Idempotency-Key": "b"}, status=204).body == b""
    member.delete("/api/posts/4", status=404)


@pytest.mark.parametrize("key", ['"a-key"', " a-key "])
def test_a_key_is_the_same_in_quotes(member, key):
    post(member, {"joke": "Once upon a time"}, status=201)
    post(member, {"joke": "Once upon a time"}, key=key, status=201)
    assert count(Joke) == 8


def test_a_key_may_have_255_characters(member):
    post(member, {"joke": "Once upon a time"}, key="x" * 255, status=201)
    post(member, {"joke": "Twice upon a time"}, key="x" * 256, status=400)
    post(member, {"joke": "Twice upon a time"}, key="", status=201)
    assert count(Joke) == 9


@pytest.mark.parametrize("other", [{"joke": "Another one"}, {"joke": "Once upon a time", "x": 1}])
def test_a_key_stands_for_one_request(member, other):
    post(member, {"joke": "Once upon a time"}, status=201)
    assert "another request" in post(member, other, status=422).json["detail"]
    member.patch_json("/api/jokes/1", {"joke": "Once upon a time"}, headers=KEY, status="4*")
    assert count(Joke) == 8


def test_the_order_of_what_is_sent_makes_no_difference_nor_does_a_password(visitor):
    for values in (ADA, dict(reversed(ADA.items())), ADA | {"password": "another one"}):
        assert visitor.post_json("/api/users", values, headers=KEY, status=201).json["uid"] == "ada"
    assert count(User) == 11


def test_another_persons_key_is_unknown(member, other, visitor):
    ids = {post(browser, {"joke": f"{browser is member} joke"}, status=201).json["id"] for browser in (member, other)}
    assert len(ids) == 2
    post(visitor, {"joke": "True joke"}, status=401)


def test_what_is_refused_is_not_kept(member):
    post(member, {"joke": ""}, status=422)
    post(member, {"joke": "Once upon a time"}, status=201)
    form = member.get("/posts/new").forms["new-post"]
    form["note"] = ""
    form.submit(status=422)
    form["note"] = "Hello"
    form.submit(status=303)


@pytest.mark.parametrize("hours", [-24, 25])  # 25: the clock has been set back meanwhile
def test_after_a_day_it_is_another_request(member, hours):
    post(member, {"joke": "Once upon a time"}, status=201)
    with database.connection_context():
        Receipt.update(created=utc_now() + timedelta(hours=hours)).execute()
    post(member, {"joke": "Twice upon a time"}, status=201)
    assert count(Receipt) == 1


def test_when_the_answer_cannot_be_kept_nothing_is(member, settings):
    before = sorted((settings.volumes / "uploads").iterdir())
    with database.connection_context():
        database.execute_sql("create trigger t before insert on receipts begin select raise(abort, 'no'); end")
    form = member.get("/posts/new").forms["new-post"]
    form["note"], form["image"] = "Only once", ("a.png", png())
    assert form.submit(expect_errors=True).status_int == 500
    assert member.get("/api/posts?search=Only once").json["total"] == 0
    assert sorted((settings.volumes / "uploads").iterdir()) == before


def test_while_the_first_is_being_done_the_second_is_told_so(visitor, monkeypatch):
    import werkzeug.security

    real, reached, may_go_on = werkzeug.security.generate_password_hash, threading.Event(), threading.Event()

    def slow(*args, **options):
        reached.set()
        may_go_on.wait(10)
        return real(*args, **options)

    monkeypatch.setattr(werkzeug.security, "generate_password_hash", slow)
    first = threading.Thread(target=TestApp(visitor.app).post_json, args=("/api/users", ADA), kwargs={"headers": KEY})
    first.start()
    reached.wait(10)
    answer = visitor.post_json("/api/users", ADA, headers=KEY, status=409)
    visitor.post_json("/api/users", ADA | {"name": "Ada"}, headers=KEY, status=422)
    may_go_on.set()
    first.join()
    assert answer.headers["Retry-After"]
    visitor.post_json("/api/users", ADA, headers=KEY, status=201)
    assert count(User) == 11


def test_no_hash_is_computed_and_no_wrong_password_forgotten_inside_the_transaction(member, monkeypatch):
    with database.connection_context():
        User.get(uid="niko").update(password="correct horse")
        User.update(role="user").execute()
    import werkzeug.security

    seen = []
    for name in ("generate_password_hash", "check_password_hash"):
        real = getattr(werkzeug.security, name)
        watched = lambda *args, real=real, **more: seen.append(database.in_transaction()) or real(*args, **more)  # noqa: E731
        monkeypatch.setattr(werkzeug.security, name, watched)
    with database.connection_context():
        token = Session.start(User.get(uid="niko"), "browser")[1]
    browser = TestApp(member.app)
    browser.set_cookie("session", token)
    for old, status in (("wrong", 422), ("correct horse", 303)):
        form = browser.get("/account").forms["change-password"]
        form["old"], form["new"] = old, "battery staple"
        form.submit(status=status)
    assert seen == [False] * 3
    assert HASHING.taken == 0


def test_what_makes_a_secret_takes_no_key_and_each_other_form_has_one(admin, visitor):
    paths = ("/account", "/users/new", "/users/2/edit", "/users/2/delete", "/posts/new", "/posts/1/edit")
    paths += ("/posts/1/delete", "/jokes/new", "/jokes/1", "/jokes/1/edit", "/jokes/1/delete")
    keys = []
    for path in paths:
        page = admin.get(path)
        assert page.headers["Cache-Control"] == "no-store"
        forms = {form.id: form for form in page.forms.values() if form.method.lower() == "post"}
        keys += [forms[each]["one-time-key"].value for each in forms if each not in ("logout", "make-token")]
        assert "one-time-key" not in forms["logout"].fields
    assert len(set(keys)) == len(keys) > len(paths)
    assert "one-time-key" not in visitor.get("/login").text
    assert visitor.get("/jokes/1").headers["Cache-Control"] == "no-store"
    tokens = [admin.post("/account/tokens", {"label": "x"}, headers=KEY).html.select_one("#token").text for _ in "ab"]
    assert len(set(tokens)) == 2
    assert count(Receipt) == 0


@pytest.mark.parametrize("path", ["/account", "/users/new", "/users/2/edit", "/login"])
def test_each_field_for_a_password_is_known_as_a_secret(admin, path):
    from routes.shared.passwords import SECRETS

    fields = {field["name"] for field in admin.get(path).html.select("input[type=password]")}
    assert fields
    assert fields <= set(SECRETS)


@on_two_processes_too
def test_of_eight_with_one_key_at_once_one_is_done(member, at_once):
    answers = []

    def send():
        browser = TestApp(member.app, cookiejar=member.cookiejar)
        answers.append(post(browser, {"joke": "Once upon a time"}, status="*"))

    at_once(*[send] * 8)
    done = [answer.body for answer in answers if answer.status_int == 201]
    assert len(set(done)) == 1
    assert {answer.status_int for answer in answers} <= {201, 409}
    assert count(Joke) == 8


def test_two_processes_do_it_once(tmp_path, at_once):
    ports = [free_port(), free_port()]
    with server(tmp_path, ports[0]), server(tmp_path, ports[1]):
        for number in range(5):
            answers = []

            def send(port, number=number, answers=answers):
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
                headers = {"Content-Type": "application/json", "Idempotency-Key": f"key {number}"}
                values = {"name": "Ada Lovelace", "uid": f"ada{number}"}
                connection.request("POST", "/api/users", json.dumps(values), headers)
                answer = connection.getresponse()
                answers.append((answer.status, answer.read()))
                connection.close()

            at_once(*[lambda port=port: send(port) for port in ports])
            assert {status for status, _ in answers} == {201}
            assert len(set(answers)) == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system starts processes in another way")
@pytest.mark.parametrize("sample_data", ["locked", "lesson"])
@pytest.mark.parametrize("kind", ["form", "json"])
def test_killed_anywhere_it_is_done_once(kind, sample_data, tmp_path, sample_volumes):
    shutil.copytree(sample_volumes, tmp_path / "volumes")
    command = [sys.executable, "-m", "tests.killed", tmp_path / "volumes", sample_data, kind]
    done = subprocess.run(command, cwd=HOUSE, check=True, capture_output=True, text=True)
    before, *again = zip(*map(json.loads, done.stdout.splitlines()), strict=True)
    answers = {"form": (303, "/posts?added&change=*", 1), "json": (201, "/api/posts/*", 1)}
    assert set(zip(*again, strict=True)) == {answers[kind]}
    assert set(before) == {0, 1}
    assert len(before) > 10


def test_pages_with_a_form_that_is_sent_have_the_script(member):
    for path, has_it in (("/posts/new", True), ("/jokes/1", True), ("/posts", False)):
        scripts = [script["src"] for script in member.get(path).html.select("script")]
        assert ("/static/once.js" in scripts) == has_it
    member.get("/static/once.js", status=200)
