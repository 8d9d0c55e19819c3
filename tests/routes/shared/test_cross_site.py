"""A page of another site cannot act for whoever is logged in, unless its origin is one of ours."""

import pytest
from webob import Request
from webtest import TestApp

from models.session import Session
from models.shared.database import database
from models.user import User

FRIEND = "https://friend.example"
US = "http://localhost:80"


@pytest.fixture
def _friend(visitor):
    visitor.app.config["origins"] = (FRIEND,)


REFUSED = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://sub.localhost"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
    {"Sec-Fetch-Site": "made-up"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost:8080"},
    {"Origin": "http://["},
    {"Origin": "https://localhost"},
    {"Origin": "https://localhost:80"},
    {"Origin": "http://localhost:443"},
    {"Origin": "http://"},
    {"Origin": "https://friend.example.evil.example"},
    {"Origin": "http://friend.example"},
    {"Origin": "\xff"},
]
ACCEPTED = [
    {},
    {"Sec-Fetch-Site": "same-origin", "Origin": US},
    {"Sec-Fetch-Site": "none"},
    {"Origin": US},
    {"Origin": "http://localhost"},
    {"Origin": FRIEND},
    {"Sec-Fetch-Site": "cross-site", "Origin": FRIEND},
]


@pytest.mark.usefixtures("_friend")
@pytest.mark.parametrize("headers", REFUSED, ids=str)
def test_a_form_posted_from_another_site_is_refused(member, headers):
    member.post("/posts", {"note": "Hello"}, headers=headers, status=403)
    member.post("/users/2/delete", headers=headers, status=403)
    assert member.post_json("/api/posts", {"note": "Hello"}, headers=headers, status=403).json["status"] == 403
    assert member.get("/api/users/2").json["posts_total"] == 2


@pytest.mark.usefixtures("_friend")
@pytest.mark.parametrize("headers", REFUSED[:3], ids=str)
def test_logging_in_and_signing_up_from_another_site_are_refused_too(visitor, headers):
    visitor.post("/login", {"uid": "niko", "password": "x"}, headers=headers, status=403)
    visitor.post("/users", {"name": "Ada Lovelace", "uid": "ada"}, headers=headers, status=403)
    visitor.post_json("/api/sessions", {"uid": "niko", "password": "x"}, headers=headers, status=403)
    visitor.post_json("/api/users", {"name": "Ada Lovelace", "uid": "ada"}, headers=headers, status=403)
    assert visitor.get("/api/users").json["total"] == 10


@pytest.mark.usefixtures("_friend")
@pytest.mark.parametrize("headers", ACCEPTED, ids=str)
def test_our_own_pages_our_origins_and_scripts_pass(member, headers):
    member.post("/posts", {"note": "Hello"}, headers=headers, status=303)


@pytest.mark.parametrize("headers", REFUSED, ids=str)
def test_reading_is_for_everyone(visitor, headers):
    visitor.get("/users", headers=headers, status=200)
    visitor.head("/api/users", headers=headers, status=200)


def test_a_script_with_a_valid_token_may_come_from_anywhere(visitor):
    with database.connection_context():
        _, token = Session.start(User.get_by_id(2), "script")
    headers = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site", "Authorization": f"Bearer {token}"}
    visitor.post_json("/api/posts", {"note": "Hello"}, headers=headers, status=201)


def test_a_made_up_token_opens_no_door_for_another_site(member):
    headers = {"Sec-Fetch-Site": "cross-site", "Authorization": "Bearer my-token"}
    member.post_json("/api/posts", {"note": "Hello"}, headers=headers, status=403)


def test_no_host_is_nobodys_origin(visitor):
    for origin in ("null", "http://"):
        request = Request.blank("/login", method="POST", headers={"Origin": origin, "Host": ""})
        assert request.get_response(visitor.app).status_int == 403


def test_http_and_https_of_one_host_are_two_origins(visitor):
    browser = TestApp(visitor.app, extra_environ={"wsgi.url_scheme": "https", "HTTP_HOST": "school.example"})
    values = {"uid": "niko", "password": "x"}
    for origin in ("http://school.example", "http://school.example:443", "https://school.example:80"):
        browser.post("/login", values, headers={"Origin": origin}, status=403)
    for origin in ("https://school.example", "https://school.example:443", "https://School.example"):
        browser.post("/login", values, headers={"Origin": origin}, status=422)


@pytest.mark.parametrize("path", ["/login", "/api/sessions"])
def test_the_log_tells_which_origin_was_refused(visitor, caplog, path):
    visitor.post(path, headers={"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}, status=403)
    (record,) = caplog.records
    assert record.getMessage() == (
        "POST was refused by a page of another origin: Origin https://evil.example, Host localhost:80, "
        "Sec-Fetch-Site cross-site. This site is http://localhost; ORIGINS does not name the other"
    )


@pytest.mark.parametrize("origins", [(), (FRIEND,)])
def test_the_log_tells_which_origin_is_missing_in_origins(visitor, caplog, origins):
    visitor.app.config["origins"] = origins
    asked = {"Origin": "https://new.example", "Access-Control-Request-Method": "GET"}
    visitor.options("/api/users", headers=asked, status=204)
    visitor.get("/lesson/api/users", headers={"Origin": "https://new.example"})
    assert [record.getMessage().count("Origin https://new.example, ") for record in caplog.records] == [1, 1]
    caplog.clear()
    for origin in (US, "http://localhost", *origins):
        visitor.get("/api/users", headers={"Origin": origin})
    visitor.get("/users", headers={"Origin": "https://new.example"})
    visitor.get("/api/users")
    assert not caplog.records


def test_no_origin_makes_a_line_of_its_own_in_the_log(visitor, caplog):
    for text in ("https://x\ny", "\x1b[2J", "\xff" * 5000, "https://x\x85y"):
        request = Request.blank("/api/users", environ={"HTTP_ORIGIN": text, "HTTP_HOST": text})
        request.get_response(visitor.app)
    assert len(caplog.records) == 4
    for record in caplog.records:
        assert record.getMessage().isascii()
        assert record.getMessage().isprintable()
        assert len(record.getMessage()) < 4000


def test_a_static_file_is_no_way_around(visitor):
    headers = {"Sec-Fetch-Site": "cross-site", "Authorization": "Bearer x"}
    visitor.post("/static/style.css", headers=headers, status=403)
    visitor.post("/static/style.css", status=405)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["/logout", "/users/2/edit", "/users/2/delete", "/posts/4/delete", "/account/tokens"])
def test_reading_never_writes(member, path, method):
    before = member.get("/api/users/2").json
    member.request(path, method=method, expect_errors=True)
    assert member.get("/api/users/2").json == before
    assert len(member.get("/api/sessions").json["sessions"]) == 1
