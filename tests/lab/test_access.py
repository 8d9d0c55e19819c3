"""Who may see the lab: whoever sits at this machine in lesson mode, or admins with LAB=on. Nobody else, in no way."""

import logging
from urllib.parse import urlsplit

import pytest
from webtest import TestApp

from lab.access import lab_only
from models.joke import Joke
from models.session import Session
from models.shared.database import database
from models.user import User
from routes.shared.access import applied_guards
from tests.lab.conftest import HERE

OUTSIDE = {
    "another machine": {"REMOTE_ADDR": "192.168.0.7"},
    "a made-up name of this machine": {"HTTP_HOST": "evil.example:8086"},
    "no name": {"HTTP_HOST": ""},
    "a proxy on this machine": {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    "a proxy that says the host": {"HTTP_X_FORWARDED_HOST": "localhost"},
    "a proxy by the standard": {"HTTP_FORWARDED": "for=127.0.0.1"},
    "a proxy that says its name": {"HTTP_VIA": "1.1 caddy"},
    "a proxy that says an address": {"HTTP_X_REAL_IP": "127.0.0.1"},
    "a file": {"REMOTE_ADDR": ""},
    "a page of another origin": {"HTTP_ORIGIN": "https://evil.example"},
    "a page in a sandbox": {"HTTP_ORIGIN": "null"},
    "a script of another site": {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_SEC_FETCH_MODE": "no-cors"},
    "a script of another port": {"HTTP_SEC_FETCH_SITE": "same-site", "HTTP_SEC_FETCH_MODE": "cors"},
}


def lab_routes(app):
    return [route for route in app.routes if route.rule.startswith("/lab")]


def ask(browser, route, **environ):
    path = route.rule
    while "<" in path:
        path = path[: path.index("<")] + "1" + path[path.index(">") + 1 :]
    return browser.request(path, method=route.method, environ=environ, expect_errors=True)


def test_every_route_of_the_lab_has_its_guard(here):
    routes = lab_routes(here.app)
    assert len(routes) > 3
    for route in routes:
        assert lab_only in applied_guards(route), route.rule


@pytest.mark.parametrize("way", OUTSIDE)
def test_from_outside_there_is_no_lab_whatever_is_asked(here, way):
    here.get("/users")
    for route in lab_routes(here.app):
        answer = ask(here, route, **OUTSIDE[way])
        assert answer.status_int in (403, 404), route.rule
        assert "statements" not in answer.text
        assert "models/" not in answer.text.replace("models/user.py", "")


@pytest.mark.parametrize("way", OUTSIDE)
def test_from_outside_no_page_and_no_header_tells_of_it(here, way):
    for path in ("/users", "/api/users", "/nothing-here", "/api/nothing-here"):
        answer = here.get(path, extra_environ=OUTSIDE[way], expect_errors=True)
        assert "/lab/requests" not in answer.text
        assert "X-Request" not in answer.headers
        assert "Server-Timing" not in answer.headers


@pytest.mark.parametrize("way", OUTSIDE)
def test_from_outside_a_failure_tells_nothing_either(here, way, monkeypatch):
    monkeypatch.setattr(Joke, "read", lambda self: 1 // 0)
    for path in ("/api/jokes", "/lab/requests/1"):
        answer = here.get(path, extra_environ=OUTSIDE[way], expect_errors=True)
        assert answer.status_int in (403, 404, 500)
        assert "X-Request" not in answer.headers
        assert "division" not in answer.text
        assert "/lab/requests" not in answer.text.replace(urlsplit(path).path, "")


def test_a_page_of_one_of_our_origins_gets_the_headers_and_no_lab(site):
    browser = site(origins=("https://page.example",))
    answer = browser.get("/api/users", headers={"Origin": "https://page.example"})
    assert answer.headers["X-Request"] == "/lab/requests/1"
    assert "db;dur=" in answer.headers["Server-Timing"]
    assert answer.headers["Timing-Allow-Origin"] == "https://page.example"
    assert "X-Request" in answer.headers["Access-Control-Expose-Headers"]
    browser.get("/lab/requests.json", headers={"Origin": "https://page.example"}, status=404)


def test_a_link_on_another_site_may_lead_here(here):
    here.get("/lab/requests", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"})


def test_the_log_says_once_who_was_kept_out_and_what_would_let_them_in(here, caplog):
    caplog.set_level(logging.WARNING, "portfolio")
    for _ in range(3):
        here.get("/users", extra_environ={"HTTP_X_FORWARDED_FOR": "10.1.2.3"})
    (said,) = [each.getMessage() for each in caplog.records if "The lab" in each.getMessage()]
    assert "from 127.0.0.1 through a proxy (X-Forwarded-For)" in said
    assert "LAB=on" in said


def test_with_lab_on_only_an_admin_who_has_logged_in_sees_it_from_wherever(visitor, visit, log_in):
    app = visit(lab="on").app
    anywhere = {"REMOTE_ADDR": "192.168.0.7", "HTTP_HOST": "school.example", "HTTP_X_FORWARDED_FOR": "10.1.2.3"}
    cookies = [f"session={log_in(uid).cookies['session']}" for uid in ("toby", "niko")]
    admin, member, nobody = (TestApp(app, extra_environ=anywhere | {"HTTP_COOKIE": each}) for each in [*cookies, ""])
    for browser in (admin, member, nobody):
        browser.get("/users")
    assert "statements, " in admin.get("/users").text
    for browser in (member, nobody):
        assert "/lab/requests" not in browser.get("/users").text
        assert "X-Request" not in browser.get("/api/users").headers
    assert len(admin.get("/lab/requests.json").json["requests"]) >= 8
    member.get("/lab/requests", status=403)
    assert nobody.get("/lab/requests", status=303).headers["Location"].startswith("/login?next=")
    admin.get("/lab/requests.json", headers={"Origin": "https://evil.example"}, status=404)
    admin.get("/lab/requests.json", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}, status=404)


def test_with_lab_on_the_token_of_an_admins_script_does_not_open_it(visit):
    browser = TestApp(visit(lab="on").app)
    with database.connection_context():
        _, token = Session.start(User.get(User.uid == "toby"), "script", "a script")
    said = {"Authorization": f"Bearer {token}"}
    for route in lab_routes(browser.app):
        answer = ask(browser, route, HTTP_AUTHORIZATION=said["Authorization"])
        assert answer.status_int == 403, route.rule
    answer = browser.get("/api/users/1", headers=said)
    assert answer.json["name"] == "Thomas Edison"
    assert "X-Request" not in answer.headers
    assert "/lab/requests" not in browser.get("/users", headers=said).text


def test_behind_a_prefix_the_lab_and_our_files_are_left_out_as_ever(site):
    browser = site(prefix="/class")
    browser.get("/class/static/style.css")
    assert "see how" not in browser.get("/class/lab/requests")
    assert "see how" not in browser.get("/class/lab/nothing-here", status=404)
    assert browser.get("/class/api/users/1").headers["X-Request"] == "/class/lab/requests/1"
    (kept,) = browser.get("/class/lab/requests.json").json["requests"]
    assert (kept["path"], kept["href"]) == ("/api/users/1", "/class/lab/requests/1.json")


@pytest.mark.parametrize("changes", [{"lab": "off"}, {"sample_data": "locked"}])
def test_where_it_is_off_there_is_nothing_of_it(site, changes):
    browser = site(**changes)
    answer = browser.get("/users")
    assert "/lab/" not in answer.text
    assert "X-Request" not in browser.get("/api/users").headers
    browser.get("/lab/requests", status=404)
    assert not hasattr(browser.app, "records")


def test_here_is_who_sits_at_the_machine_under_each_of_its_names(site):
    browser = site()
    for host in ("localhost:8086", "127.0.0.1:8086", "[::1]:8086", "localhost", "LOCALHOST:8086"):
        browser.get("/lab/requests.json", extra_environ={"HTTP_HOST": host})
    browser.get("/lab/requests.json", extra_environ={"REMOTE_ADDR": "::1"})
    assert HERE["REMOTE_ADDR"] == "127.0.0.1"
