"""The headers of every answer, and what pages of other origins may ask."""

import pytest
from webtest import TestApp

from models.shared.database import database

FRIEND, OTHER = "https://friend.example", "http://localhost:4000"
EVERYWHERE = ["/", "/users", "/api/users", "/nowhere", "/api/nowhere", "/health", "/static/style.css", "/static/none"]
EVERYWHERE += ["/account", "/api/me", "/us%FFers", "/users?sort=x", "/api/users?limit=0"]


@pytest.fixture
def friends(visit):
    return visit(origins=(FRIEND, OTHER))


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_is_safe(visitor, path):
    headers = visitor.get(path, expect_errors=True).headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'self'; img-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; "
        "object-src 'none'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers
    assert "Server" not in headers


def test_a_fault_of_ours_is_as_safe(visitor):
    with database.connection_context():
        database.execute_sql("alter table users rename to gone")
    assert visitor.get("/users", status=500).headers["X-Content-Type-Options"] == "nosniff"


def test_over_https_browsers_are_told_to_stay_there(visitor):
    browser = TestApp(visitor.app, extra_environ={"wsgi.url_scheme": "https"})
    assert browser.get("/").headers["Strict-Transport-Security"] == "max-age=31536000"


def test_what_depends_on_who_is_logged_in_is_not_kept(visitor, member):
    for path in ("/", "/users", "/login", "/api/users"):
        assert visitor.get(path).headers["Cache-Control"] == "no-cache"
    for path in ("/", "/users", "/api/me", "/account", "/api/sessions"):
        assert member.get(path).headers["Cache-Control"] == "no-store"
    assert visitor.get("/api/me", status=401).headers["Cache-Control"] == "no-store"
    assert visitor.get("/users?added").headers["Cache-Control"] == "no-store"
    assert visitor.get("/static/style.css").headers["Cache-Control"] == "no-cache"


def test_for_members_only_even_a_list_depends_on_who_asks(visit):
    assert visit(directory="members").get("/api/users", status=401).headers["Cache-Control"] == "no-store"


# Cookies


@pytest.fixture
def ada(visitor):
    values = {"uid": "ada", "password": "correct horse"}
    visitor.post_json("/api/users", {"name": "Ada Lovelace", **values}, status=201)
    return values


@pytest.mark.parametrize(
    ("scheme", "origin", "attributes"),
    [
        ("http", None, "Path=/; HttpOnly; SameSite=Lax"),
        ("http", FRIEND, "Path=/; HttpOnly; SameSite=Lax"),
        ("https", None, "Path=/; HttpOnly; SameSite=Lax; Secure"),
        ("https", "https://localhost", "Path=/; HttpOnly; SameSite=Lax; Secure"),
        ("https", FRIEND, "Path=/; HttpOnly; SameSite=None; Secure; Partitioned"),
    ],
)
def test_only_a_login_from_our_origins_over_https_gets_a_cookie_for_other_sites(
    visitor, ada, scheme, origin, attributes
):
    visitor.app.config["origins"] = (FRIEND,)
    browser = TestApp(visitor.app, extra_environ={"wsgi.url_scheme": scheme, "HTTP_HOST": "localhost"})
    answer = browser.post("/login", ada, headers={"Origin": origin} if origin else {}, status=303)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("session=")
    assert cookie.endswith(f"; {attributes}")
    answer = browser.post("/logout", headers={"Origin": origin, "Cookie": cookie.split(";")[0]} if origin else {})
    assert answer.headers["Set-Cookie"] == f"session=; Max-Age=0; {attributes}"


# Other origins


@pytest.mark.parametrize("origin", [FRIEND, OTHER])
@pytest.mark.parametrize("path", ["/api/users", "/api/users/", "/api/users/1", "/api/sessions/current", "/api/nowhere"])
def test_a_preflight_is_answered_on_every_path_of_the_api_without_a_login_or_a_database(friends, path, origin):
    database.close_all()
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "PATCH",
        "Access-Control-Request-Headers": "authorization,content-type,x-origin",
    }
    answer = friends.options(path, headers=headers, status=204)
    assert answer.headers["Access-Control-Allow-Origin"] == origin
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, POST, PUT, PATCH, DELETE"
    assert answer.headers["Access-Control-Allow-Headers"] == "content-type, authorization, x-origin"
    assert answer.headers["Access-Control-Max-Age"] == "7200"
    assert answer.headers["Vary"] == "Origin"
    assert "Content-Type" not in answer.headers


@pytest.mark.parametrize("path", ["/api/users", "/api/nowhere", "/api/me", "/api/users?limit=0"])
def test_pages_of_our_origins_may_read_every_answer_errors_too(friends, path):
    headers = friends.get(path, headers={"Origin": FRIEND}, expect_errors=True).headers
    assert headers["Access-Control-Allow-Origin"] == FRIEND
    assert headers["Access-Control-Allow-Credentials"] == "true"
    assert headers["Access-Control-Expose-Headers"] == "Location, Link, Retry-After, ETag"
    assert "Origin" in headers.getall("Vary")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://friend.example:444", "*", "\xff"])
def test_pages_of_other_origins_may_not(friends, origin):
    preflight = {"Origin": origin, "Access-Control-Request-Method": "GET"}
    for answer in (friends.get("/api/users", headers=preflight), friends.options("/api/users", headers=preflight)):
        assert not [name for name in answer.headers if name.startswith("Access-Control")]
        assert "Origin" in answer.headers.getall("Vary")


def test_without_origins_nothing_is_said_of_them(visitor):
    answer = visitor.get("/api/users", headers={"Origin": FRIEND})
    assert not [name for name in answer.headers if name.startswith("Access-Control")]
    assert "Origin" not in answer.headers.getall("Vary")


def test_pages_are_not_for_other_origins(friends):
    answer = friends.get("/users", headers={"Origin": FRIEND})
    assert "Access-Control-Allow-Origin" not in answer.headers
    asked = {"Origin": FRIEND, "Access-Control-Request-Method": "POST"}
    answer = friends.options("/users", headers=asked, status=204)
    assert not [name for name in answer.headers if name.startswith("Access-Control")]
