"""What opens something is never kept: in no body, no statement, no argument, no header, no address."""

import json

import pytest
from bottle import request

from lab.drawn import drawn
from lab.secrets import Secrets
from lab.sent import remember_secrets
from lab.sql_secrets import secret_places
from models.post import Post
from models.shared.tokens import digest, new_token
from routes.shared.access import everyone
from routes.shared.section import Section
from tests.lab.planted import plant

PASSWORD = "a 'very' secret <pass>word"
SHOWS_TEXT = [
    "def show(given): return len(given)",
    "list(Post.select().where(Post.note == text))",
    "return str(show(text))",
]


def everything(browser):
    """All that the lab shows, as one text."""
    requests = browser.get("/lab/requests.json").json["requests"]
    kept = [json.dumps(browser.get(each["href"]).json, ensure_ascii=False) for each in requests]
    return "".join(kept) + "".join(browser.get(each["href"].removesuffix(".json")).text for each in requests)


def written(text):
    """As it may stand in JSON, in Python, in an address or in HTML."""
    from html import escape
    from urllib.parse import quote, quote_plus

    return {text, repr(text)[1:-1], quote(text), quote_plus(text), escape(text), json.dumps(text)[1:-1]}


def test_a_password_that_was_chosen_is_nowhere(here):
    form = here.get("/users/new").forms[0]
    form["name"], form["uid"], form["password"] = "Ada Lovelace", "ada", PASSWORD
    form.submit()
    shown = everything(here)
    assert "Ada Lovelace" in shown
    assert not [each for each in written(PASSWORD) if each in shown]
    assert "pbkdf2:" not in shown


def test_a_password_that_was_refused_or_sent_as_json_is_nowhere(here):
    here.post_json("/api/users", {"name": "", "uid": "ada", "password": PASSWORD}, status=422)
    here.post_json("/api/users", {"name": "Ada", "uid": "ada", "password": PASSWORD}, status=201)
    here.post_json("/api/sessions", {"uid": "ada", "password": PASSWORD}, status=201)
    shown = everything(here)
    assert not [each for each in written(PASSWORD) if each in shown]


def test_a_password_that_was_changed_is_nowhere_nor_the_old_one(here):
    form = here.get("/login").forms[0]
    form["uid"], form["password"] = "toby", "123toby"
    form.submit()
    for old, status in (("wrong old one", 422), ("123toby", 303)):
        form = here.get("/account").forms["change-password"]
        form["old"], form["new"] = old, PASSWORD
        assert form.submit(status=status).status_int == status
    here.post_json("/api/users", {"old": "plain-45", "old_password": "plain-46"}, status="*")
    shown = everything(here)
    assert "/account/password" in shown
    assert not [each for each in (*written(PASSWORD), "wrong old", "123toby", "plain-4") if each in shown]
    asked = [each for each in here.get("/lab/requests.json").json["requests"] if each["path"] == "/account/password"]
    again = here.post(f"/lab/requests/{asked[0]['number']}/again").follow()
    assert not [each for each in (*written(PASSWORD), "123toby") if each in again]


def test_a_token_is_nowhere_from_its_first_answer_to_its_use(here):
    token = here.post_json("/api/sessions", {"uid": "niko", "password": "123niko"}, status=201).json["token"]
    here.get("/api/users/2", headers={"Authorization": f"Bearer {token}"})
    here.get(f"/api/users?search={token}")
    here.get("/api/users?token=short-one&name=ada", status="*")
    shown = everything(here)
    assert token not in shown
    assert digest(token) not in shown
    assert "short-one" not in shown


def test_cookies_are_told_by_their_name(here, last):
    form = here.get("/login").forms[0]
    form["uid"], form["password"] = "toby", "123toby"
    form.submit()
    here.get("/account")
    assert "session=•••" in last(here)["headers"]["Cookie"]
    assert here.cookies["session"] not in everything(here)


@pytest.mark.parametrize(
    ("sql", "places"),
    [
        ('INSERT INTO "users" ("_name", "_password") VALUES (?, ?), (?, ?)', {1, 3}),
        ('UPDATE "users" SET "_name" = ?, "_password" = ? WHERE ("users"."id" = ?)', {1}),
        ('SELECT * FROM "sessions" WHERE (("digest" IN (?, ?)) AND ("kind" = ?)) LIMIT ?', {0, 1}),
        ('SELECT * FROM "sessions" WHERE ("t1"."digest" = %s) LIMIT %s', {0}),
        ("select * from users where _password = ? and _name like ?", {0}),
        ("select '?', \"_password\" from users where _name = ?", set()),
        ('INSERT OR IGNORE INTO "known_browsers" ("digest", "user_id") VALUES (?, ?)', {0}),
        ("", set()),
    ],
)
def test_a_value_of_a_secret_column_is_found_in_each_kind_of_statement(sql, places):
    assert secret_places(sql) == places


def test_a_hash_that_stands_in_the_sql_itself_is_hidden():
    hashed = "scrypt:32768:8:1$salt$" + "0f" * 40
    sql = f"UPDATE users SET _password = '{hashed}', _name = 'it''s me' WHERE digest = '{digest(new_token())}'"
    assert Secrets().hide(sql) == "UPDATE users SET _password = '•••', _name = 'it''s me' WHERE digest = '•••'"


def test_what_a_secret_name_hides_is_hidden_under_other_names_too():
    secrets = Secrets()
    assert drawn({"password": PASSWORD, "name": "Ada"}, secrets) == "{password=•••, name='Ada'}"
    assert secrets.hide(f"no user has {PASSWORD}") == "no user has •••"
    assert secrets.hide(repr(PASSWORD)) in ("'•••'", '"•••"')


def test_nested_secrets_of_a_body_are_hidden():
    class State:
        sent = None
        body = json.dumps({"a": [{"api_key": "k-12345"}, 7], "b": {"password": ["x-12345"]}}).encode()

    secrets = Secrets()
    remember_secrets({}, State, secrets)
    assert secrets.hide("k-12345 and x-12345") == "••• and •••"


def test_a_secret_that_only_the_students_own_code_has_read_is_nowhere(here):
    def asked():
        sent = request.json if request.query.how == "json" else request.forms
        return f"{len(list(Post.select().where(Post.note == 'of ' + sent['password'])))} posts"

    section = Section()
    section.post("/try", apply=everyone, secret=True, callback=asked)
    here.app.add(section)
    here.post("/try", {"password": "plain-41"})
    here.post("/try", {"password": "plain-42"}, upload_files=[("file", "a.txt", b"text")])
    here.post_json("/try?how=json", {"password": "plain-43"})
    shown = everything(here)
    assert "of •••" in shown
    assert "plain-4" not in shown


def test_a_secret_in_the_text_of_a_body_is_hidden_however_it_is_written_there(here):
    plant(here, "from bottle import request", "text = request.body.read().decode()", *SHOWS_TEXT)
    for secret in ('it\'s-"mine"', "back\\slash-ä"):
        here.post("/planted", json.dumps({"password": secret}), content_type="application/json")
        here.post("/planted", json.dumps({"password": secret}, ensure_ascii=False), content_type="application/json")
    shown = everything(here)
    assert "password" in shown
    assert not [each for each in ('-\\"mine', "mine", "slash") if each in shown]


def test_a_secret_at_which_a_long_text_is_cut_is_hidden_too(here):
    plant(here, "from bottle import request", "text = request.body.read().decode()", *SHOWS_TEXT)
    for size in (262, 270, 278):
        sent = json.dumps({"name": "n" * size, "password": "qzwxvkjq-mbghtrpf"})
        here.post("/planted", sent, content_type="application/json")
    assert "qzw" not in everything(here)


def test_a_secret_in_the_address_of_the_page_before_is_nowhere(here):
    here.get("/users", headers={"Referer": "http://localhost:8086/jokes?token=short-one&a=b"})
    shown = everything(here)
    assert "a=b" in shown
    assert "short-one" not in shown


def test_a_secret_in_a_long_body_is_hidden_under_other_names_too(here):
    plant(here, "from bottle import request", "text = request.json['password']", *SHOWS_TEXT)
    here.post_json("/planted", {"filling": "x" * 70_000, "password": "plain-44"})
    shown = everything(here)
    assert "•••" in shown
    assert "plain-44" not in shown


def test_a_secret_that_is_no_whole_text_stops_nothing(here):
    here.post("/api/users", b'{"name": "", "password": "half-\\ud800"}', content_type="application/json", status="*")
    shown = everything(here)
    assert '"path": "/api/users"' in shown
    assert "half-" not in shown
