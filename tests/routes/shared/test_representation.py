"""What a client has already is not sent again, and what it can unpack is sent packed."""

import gzip

import pytest
from webob import Request
from webtest import TestApp

PATHS = ("/users", "/posts", "/api/users", "/api/openapi.json", "/static/style.css")
PACKED = {"Accept-Encoding": "gzip, deflate, br"}


def sent(browser, path, **headers):
    """As it goes over the line: WebTest unpacks it."""
    cookies = {"Cookie": f"session={browser.cookies['session']}"} if browser.cookies else {}
    return Request.blank(path, headers=cookies | headers).get_response(browser.app)


@pytest.mark.parametrize("path", PATHS)
def test_who_has_it_already_gets_no_bytes_again(visitor, path):
    for _ in range(2):
        whole = sent(visitor, path)
        again = sent(visitor, path, **{"If-None-Match": whole.headers["ETag"]})
        assert (again.status, again.body) == ("304 Not Modified", b"")
        assert again.headers["ETag"] == whole.headers["ETag"]
        assert again.headers["Cache-Control"] == whole.headers["Cache-Control"] == "no-cache"
        assert again.headers["Vary"] == "Accept-Encoding"
        assert "Content-Type" not in again.headers
        assert again.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", PATHS)
def test_who_can_unpack_it_gets_it_packed_under_another_tag(visitor, path):
    whole = sent(visitor, path)
    packed = [sent(visitor, path, **PACKED) for _ in range(2)]
    assert packed[0].body == packed[1].body
    assert gzip.decompress(packed[0].body) == whole.body
    assert len(packed[0].body) < len(whole.body) / 1.5
    assert packed[0].content_length == len(packed[0].body)
    assert packed[0].headers["Content-Encoding"] == "gzip"
    assert packed[0].headers["Vary"] == whole.headers["Vary"] == "Accept-Encoding"
    tag = packed[0].headers["ETag"]
    assert tag != whole.headers["ETag"]
    assert sent(visitor, path, **PACKED, **{"If-None-Match": tag}).status_code == 304
    assert sent(visitor, path, **{"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip", "gzip"),
        ("GZIP;q=0.5, identity", "gzip"),
        ("*", "gzip"),
        ("br;q=1.0, gzip; q=0.001", "gzip"),
        ("gzip;q=0", None),
        ("gzip; q=0.000, *", None),
        ("*;q=0", None),
        ("br, deflate", None),
        ("xgzip", None),
        ("", None),
        (";;,,=", None),
        ("gzip" * 20_000, None),
    ],
)
def test_it_is_packed_for_whoever_asks_for_that(visitor, accepted, encoding):
    assert sent(visitor, "/users", **{"Accept-Encoding": accepted}).headers.get("Content-Encoding") == encoding


def test_what_is_short_is_sent_as_it_is(visitor):
    answer = sent(visitor, "/api/users/1", **PACKED)
    assert len(answer.body) < 1024
    assert "Content-Encoding" not in answer.headers
    assert "Vary" not in answer.headers


@pytest.mark.parametrize("known", ["*", '"other", {tag}', "W/{tag}", "{tag},{tag}", ' "a" ,, {tag}'])
def test_a_tag_is_found_among_others(visitor, known):
    tag = sent(visitor, "/users").headers["ETag"]
    assert sent(visitor, "/users", **{"If-None-Match": known.format(tag=tag)}).status_code == 304


@pytest.mark.parametrize("known", ["", '"', '"other"', "rubbish", "W/", '"' * 100_000, 'W/"' * 33_000, "\xff", "**"])
def test_what_names_no_tag_of_ours_gets_it_all(visitor, known):
    for _ in range(2):
        assert sent(visitor, "/users", **{"If-None-Match": known}).status_code == 200


def test_a_tag_changes_with_what_is_shown(visitor, member):
    tag = sent(visitor, "/posts").headers["ETag"]
    member.post_json("/api/posts", {"note": "Something new"}, status=201)
    answer = sent(visitor, "/posts", **{"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != tag


def test_a_members_page_is_theirs_and_is_not_stored(visitor, member):
    page = sent(member, "/users")
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["ETag"] != sent(visitor, "/users").headers["ETag"]
    assert sent(member, "/users", **{"If-None-Match": page.headers["ETag"]}).status_code == 304
    assert sent(visitor, "/users", **{"If-None-Match": page.headers["ETag"]}).status_code == 200


def test_for_one_person_nothing_is_packed_together_with_what_their_address_says(visitor, member):
    assert sent(member, "/users", **PACKED).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in sent(member, "/users?search=e", **PACKED).headers
    assert sent(visitor, "/users?search=e", **PACKED).headers["Content-Encoding"] == "gzip"


def test_what_is_refused_has_no_tag(visitor):
    for path in ("/nowhere", "/api/nowhere", "/api/users?limit=0", "/account"):
        answer = sent(visitor, path, **PACKED)
        assert "ETag" not in answer.headers
        assert "Content-Encoding" not in answer.headers


def test_under_https_too_it_is_told_to_stay_there(visitor):
    visitor.get("/users")
    browser = TestApp(visitor.app, extra_environ={"wsgi.url_scheme": "https"})
    assert "Strict-Transport-Security" in browser.get("/users").headers
    assert "Strict-Transport-Security" not in visitor.get("/users").headers


def test_a_page_of_another_origin_may_read_what_is_remembered(visit):
    visitor = visit(origins=("https://friend.example",))
    for _ in range(2):
        assert "Access-Control-Allow-Origin" not in sent(visitor, "/api/users").headers
        friend = sent(visitor, "/api/users", Origin="https://friend.example")
        assert friend.headers["Access-Control-Allow-Origin"] == "https://friend.example"
        assert friend.headers.getall("Vary") == ["Accept", "Accept-Encoding", "Origin"]
