"""A slash too many at the end is taken away; two at the start are nobody's address."""

import pytest
from webob import Request
from webtest import TestApp

FRIEND = "https://friend.example"


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("/users/", "/users"),
        ("/users//", "/users"),
        ("/users/?sort=-name&search=%C3%A9", "/users?sort=-name&search=%C3%A9"),
        ("/users/1/edit/", "/users/1/edit"),
        ("/login/", "/login"),
        ("/docs/", "/docs"),
        ("/health/", "/health"),
        ("/jokes/", "/jokes"),
        ("/api/users/", "/api/users"),
        ("/api/users/1/?x=1", "/api/users/1?x=1"),
        ("/api/openapi.json/", "/api/openapi.json"),
        ("/logout/", "/logout"),
        ("/api/posts/4/image/", "/api/posts/4/image"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
def test_the_same_request_is_sent_on(visitor, method, path, where):
    answer = visitor.request(path, method=method, status=308)
    assert answer.headers["Location"] == where
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_sent_arrives(visitor):
    """A browser, or a program that follows, sends the same body again."""
    answer = visitor.post_json("/api/users/", {"name": "Ada", "uid": "ada"}, status=308)
    visitor.post_json(answer.headers["Location"], {"name": "Ada", "uid": "ada"}, status=201)


def test_a_page_of_our_origins_may_follow(visit):
    browser = visit(origins=(FRIEND,))
    for method in ("GET", "POST"):
        answer = browser.request("/api/users/", method=method, headers={"Origin": FRIEND}, status=308)
        assert answer.headers["Access-Control-Allow-Origin"] == FRIEND
        assert answer.headers["Access-Control-Allow-Credentials"] == "true"
        assert answer.headers["Vary"] == "Origin"


def test_another_site_sends_nothing_on(visitor):
    headers = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    visitor.post("/api/users/", headers=headers, status=403)


@pytest.mark.parametrize("path", ["/nowhere/", "/api/", "/api/nowhere/", "/static/lesson/", "/users/x/", "/users/1/x/"])
def test_what_is_not_there_without_it_is_404(visitor, path):
    visitor.get(path, status=404)


@pytest.mark.parametrize("path", ["/lesson/api/users/", "/lesson/api/jokes/", "/lesson/openapi.json/"])
def test_the_lessons_addresses_answer_with_it(visitor, path):
    visitor.get(path, status=200)


@pytest.mark.parametrize(
    "path", ["//users", "///users", "//users/", "//evil.example/", "//evil.example/users/", "//", "//api/users", "///"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_two_slashes_at_the_start_are_404(visitor, path, method):
    """Also where the server takes one of them away, and says what was sent."""
    for environ in (
        {"PATH_INFO": path},
        {"PATH_INFO": "/users", "REQUEST_URI": path},
        {"PATH_INFO": "/users/", "RAW_URI": f"http://localhost{path}?a=b"},
    ):
        request = Request.blank("/", method=method)
        request.environ |= environ
        answer = request.get_response(visitor.app)
        assert answer.status_int == 404
        assert "Location" not in answer.headers


def test_under_a_prefix_it_is_the_same(visitor):
    browser = TestApp(visitor.app, extra_environ={"SCRIPT_NAME": "/class"})
    assert browser.get("/users/?x=1", status=308).headers["Location"] == "/class/users?x=1"
    request = Request.blank("/", environ={"SCRIPT_NAME": "/class"})
    request.environ["PATH_INFO"] = "//users/"
    assert request.get_response(visitor.app).status_int == 404
