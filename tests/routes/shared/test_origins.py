"""With the lesson's passwords the site is for its own machine: no name that leads here is let in."""

import pytest
from webob import Request


def status(site, path="/users", **environ):
    return Request.blank(path, environ=environ).get_response(site).status_int


@pytest.fixture
def lesson(visit):
    return visit(sample_data="lesson").app


@pytest.mark.parametrize("host", ["localhost", "localhost:8086", "LocalHost:80", "127.0.0.1:8086", "[::1]", "[::1]:1"])
def test_each_machine_has_these_names(lesson, host):
    assert status(lesson, HTTP_HOST=host) == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8086",
        "localhost.evil.example",
        "evil.example:localhost",
        "192.168.1.5:8086",
        "0.0.0.0",
        "localhost.",
        "[::2]",
        "::1",
    ],
)
@pytest.mark.parametrize("path", ["/users", "/api/users", "/login", "/nowhere", "/static/style.css"])
def test_a_page_that_lets_its_name_lead_here_is_refused(lesson, host, path):
    assert status(lesson, path, HTTP_HOST=host) == 403


def test_it_is_said_in_words(lesson):
    answer = Request.blank("/api/users", environ={"HTTP_HOST": "evil.example"}).get_response(lesson)
    assert answer.content_type == "application/problem+json"
    assert "ask for it at localhost" in answer.json["detail"]


def test_what_the_setting_says_is_a_name_too(visit):
    site = visit(sample_data="lesson", host="127.0.0.2").app
    assert status(site, HTTP_HOST="127.0.0.2:8086") == 200
    site = visit(sample_data="lesson", host="::1").app
    assert status(site, HTTP_HOST="[::1]:8086") == 200


@pytest.mark.parametrize("address", ["192.168.1.7", "192.168.1.7:5000", "::ffff:10.0.0.1", "[2001:db8::9]:1"])
def test_nobody_else_in_the_network_is_let_in_whatever_they_call_us(lesson, address):
    assert status(lesson, HTTP_HOST="localhost", REMOTE_ADDR=address) == 403


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.1:5000", "::1", "::ffff:127.0.0.1", "", "unix:"])
def test_whoever_is_on_this_machine_is(lesson, address):
    assert status(lesson, HTTP_HOST="localhost", REMOTE_ADDR=address) == 200


def test_elsewhere_any_name_is_good(visitor):
    assert status(visitor.app, HTTP_HOST="school.example", REMOTE_ADDR="192.0.2.7") == 200
