"""A page of another site cannot act for whoever is logged in, unless its origin is one of ours."""

import pytest
from webob import Request

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
    {"Origin": "https://friend.example.evil.example"},
    {"Origin": "http://friend.example"},
    {"Origin": "\xff"},
]
ACCEPTED = [
    {},
    {"Sec-Fetch-Site": "same-origin", "Origin": US},
    {"Sec-Fetch-Site": "none"},
    {"Origin": US},
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
    request = Request.blank("/login", method="POST", headers={"Origin": "null", "Host": ""})
    assert request.get_response(visitor.app).status_int == 403


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
