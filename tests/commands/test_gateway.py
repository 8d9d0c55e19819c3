"""The site as a function: a gateway's events of both kinds and a load balancer's, as their documentation has them."""

import base64
import sqlite3
from urllib.parse import urlencode

import pytest
from webtest import TestApp, Upload

from commands.gateway import answers_events
from models.session import Session
from models.shared.database import database
from models.user import User
from tests.drawn import png
from tests.gateways import Gateway, event_of
from tests.links import walk

KINDS = ["rest_api", "http_api", "load_balancer", "load_balancer_of_single_values"]
HTTPS = {"wsgi.url_scheme": "https", "HTTP_HOST": "localhost:443"}
ADA = {"name": "Ada", "uid": "ada", "password": "correct horse"}


@pytest.fixture
def handler(visitor):
    return answers_events(visitor.app)


@pytest.fixture
def browse(handler):
    """Call it with a kind of event, and a stage or a domain, for a browser there."""

    def start(kind, uid="", **where):
        browser = TestApp(Gateway(handler, kind, **where), extra_environ=HTTPS)
        if uid:
            with database.connection_context():
                browser.set_cookie("session", Session.start(User.get(uid=uid), "browser", "A browser")[1])
        return browser

    return start


def prefix_at(browser):
    return f"/{browser.app.stage}" if browser.app.stage else ""


def told(event, **changes):
    """What the site believes of an event: who asks, and whether it was https."""
    seen = {}

    def site(environ, start_response):
        seen.update(environ)
        start_response("204 No Content", [])
        return []

    answers_events(site)(event | changes, None)
    return seen


@pytest.mark.parametrize("kind", KINDS)
def test_an_event_as_it_is_documented_is_answered_with_a_page(handler, kind):
    answer = handler(event_of(kind), None)
    assert answer["statusCode"] == 200
    assert "Hedy Lamarr" in base64.b64decode(answer["body"]).decode()


@pytest.mark.parametrize("kind", KINDS)
def test_a_login_keeps_both_of_its_cookies(browse, kind):
    browser = browse(kind)
    prefix = prefix_at(browser)
    browser.post_json(f"{prefix}/api/users", ADA, status=201)
    form = browser.get(f"{prefix}/posts/new?a=1", status=303).follow().forms["login"]
    form["uid"], form["password"] = "ada", "correct horse"
    answer = form.submit(status=303)
    assert answer.headers["Location"] == f"{prefix}/posts/new?a=1"
    cookies = answer.headers.getall("Set-Cookie")
    assert [each.partition("=")[0] for each in cookies] == ["browser", "session"]
    assert all(f"; Path={prefix or '/'};" in each and "; Secure" in each for each in cookies)
    form = answer.follow().forms["new-post"]
    form["note"] = "Größe: “ü”"
    assert "Größe: “ü”" in form.submit(status=303).follow(status=200)
    browser.get(f"{prefix}/account").forms["logout"].submit(status=303)
    browser.get(f"{prefix}/posts/new", status=303)


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_goes_up_and_comes_down(browse, kind):
    browser = browse(kind, "niko")
    form = browser.get(f"{prefix_at(browser)}/posts/new").forms["new-post"]
    form["note"], form["image"] = "A picture", Upload("a.png", png(), "image/png")
    form.submit(status=303)
    post = browser.get(f"{prefix_at(browser)}/api/posts?limit=1&sort=-id").json["posts"][0]
    picture = browser.get(post["image"]["url"])
    assert (picture.content_type, picture.body[:4]) == ("image/png", b"\x89PNG")
    assert browser.get(post["image"]["url"], headers={"Range": "bytes=1-3"}, status=206).body == b"PNG"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_asked_for_is_found_in_any_script(browse, kind):
    browser = browse(kind, "niko")
    prefix = prefix_at(browser)
    browser.post_json(f"{prefix}/api/posts", {"note": "50 % & mehr für Zoë + Ada"}, status=201)
    for words in ("für Zoë", "50 % & mehr", "Zoë + A"):
        found = browser.get(f"{prefix}/api/posts?{urlencode({'search': words, 'limit': 5})}").json["posts"]
        assert [post["note"] for post in found] == ["50 % & mehr für Zoë + Ada"], words
    browser.get(f"{prefix}/caf%C3%A9", status=404)


@pytest.mark.parametrize("kind", KINDS[:-1])
def test_a_name_may_be_in_the_query_more_than_once(browse, kind):
    browser = browse(kind)
    assert "limit" in browser.get(f"{prefix_at(browser)}/api/users?limit=1&limit=2", status=422).json["problems"]


@pytest.mark.parametrize("kind", KINDS)
def test_text_is_packed(browse, kind):
    browser = browse(kind)
    page = browser.get(f"{prefix_at(browser)}/users", headers={"Accept-Encoding": "gzip"})  # which it unpacks
    assert "gzip" in str(browser.app.answers[-1])
    assert page.html.h1.text == "Users"


@pytest.mark.parametrize("kind", KINDS)
def test_a_part_of_a_text_may_end_within_a_letter(kind):
    def site(environ, start_response):
        start_response("206 Partial Content", [("Content-Type", "text/plain; charset=utf-8")])
        return ["é".encode()[:1]]

    assert TestApp(Gateway(answers_events(site), kind)).get("/prod/", status=206).body == b"\xc3"


@pytest.mark.parametrize("kind", KINDS)
def test_a_header_that_is_there_twice_is_whole(kind):
    def site(environ, start_response):
        start_response("200 OK", [("Vary", "Cookie"), ("Link", "</a>"), ("vary", "Origin"), ("Link", "</b>")])
        return [b"x"]

    answer = TestApp(Gateway(answers_events(site), kind)).get("/prod/")
    assert answer.headers["Vary"] == "Cookie, Origin"
    assert answer.headers.getall("Link") == ["</a>, </b>"]


# The stage


@pytest.mark.parametrize(("kind", "uid"), [("rest_api", "niko"), ("http_api", "toby")])
def test_no_address_leaves_the_stage(browse, kind, uid):
    count, leaving = walk(browse(kind, uid, stage="prod"), "/prod")
    assert not leaving
    assert count > 250


@pytest.mark.parametrize("kind", ["rest_api", "http_api"])
def test_behind_a_domain_nobody_sees_the_stage(browse, kind):
    browser = browse(kind, stage="prod", domain="school.example")
    answer = browser.get("/account", status=303)
    assert answer.headers["Location"].startswith("/login?")
    assert 'href="/users"' in browser.get("/users")


@pytest.mark.parametrize("kind", ["rest_api", "http_api"])
def test_a_path_of_the_domain_is_said_by_the_prefix(browse, visitor, kind):
    visitor.app.config["prefix"] = "/class"
    browser = browse(kind, stage="prod", domain="school.example")
    assert browser.get("/class/account", status=303).headers["Location"].startswith("/class/login?")


def test_a_stage_may_be_called_like_a_page(browse):
    browser = browse("rest_api", stage="users")
    assert browser.get("/users/users").html.select_one("h1").text == "Users"
    assert browser.get("/users/account", status=303).headers["Location"].startswith("/users/login?")
    browser = browse("http_api", stage="users")
    assert browser.get("/users/users").html.select_one("h1").text == "Users"
    assert "/users/users/1" in browser.get("/users/users")


def test_an_http_api_may_send_events_of_the_first_version():
    event = event_of("rest_api")
    event["path"] = event["requestContext"]["path"] = "/prod/users"
    environ = told(event, version="1.0")
    assert (environ["SCRIPT_NAME"], environ["PATH_INFO"]) == ("/prod", "/users")


# What is believed


def test_who_asks_is_what_the_gateway_says_and_no_header():
    for kind in KINDS:
        assert told(event_of(kind))["REMOTE_ADDR"] == "203.0.113.7", kind


def test_another_spelling_of_what_a_load_balancer_adds_is_not_believed():
    event = event_of("load_balancer")
    event["multiValueHeaders"] |= {"x_forwarded_for": ["192.0.2.1"], "x_forwarded_proto": ["http"]}
    environ = told(event)
    assert (environ["REMOTE_ADDR"], environ["wsgi.url_scheme"]) == ("203.0.113.7", "https")


def test_guesses_are_counted_for_who_guesses(browse):
    browser = browse("http_api")
    guess = {"uid": "niko", "password": "wrong"}
    statuses = [
        browser.post_json(
            "/api/sessions", guess, headers={"X-Forwarded-For": f"192.0.2.{number}"}, status="*"
        ).status_int
        for number in range(15)
    ]
    assert statuses[-1] == 429


def test_a_gateway_is_asked_by_https_and_a_load_balancer_says_how(handler):
    for kind in KINDS:
        assert "strict-transport-security" in str(handler(event_of(kind), None)).lower(), kind
    event = event_of("load_balancer")
    event["multiValueHeaders"]["x-forwarded-proto"] = ["http"]
    assert "strict-transport-security" not in str(handler(event, None)).lower()


def test_the_console_may_try_it_without_any_header(handler):
    event = event_of("rest_api") | {"headers": None, "multiValueHeaders": None, "queryStringParameters": None}
    event["requestContext"] |= {"domainName": "testPrefix.testDomainName", "stage": "test-invoke-stage"}
    assert handler(event, None)["statusCode"] == 200


# What is too large


def test_the_form_makes_a_picture_small_enough_for_the_way(browse):
    for kind, most in (("http_api", 4 * 1024**2), ("load_balancer", 640 * 1024)):
        field = browse(kind, "niko").get("/posts/new").html.select_one("input[type=file]")
        assert field["data-most-bytes"] == str(most)


@pytest.mark.parametrize(("kind", "size"), [("http_api", 4_500_000), ("load_balancer", 800_000)])
def test_an_answer_that_is_too_large_is_told_in_words(kind, size, visitor):
    def large(environ, start_response):
        b"".join(visitor.app(environ, start_response))
        return [bytes(size)]

    answer = TestApp(Gateway(answers_events(large), kind), extra_environ=HTTPS).get("/users", status=500)
    assert answer.content_type == "text/plain"
    assert f"This has {size:,} bytes" in answer
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_fails_within_the_site_is_its_own_500(browse, settings):
    with sqlite3.connect(settings.database_path) as program:
        program.execute("ALTER TABLE users RENAME TO others")
    program.close()
    page = browse("http_api").get("/users", status=500)
    assert page.html.h1.text == "Something went wrong here"
