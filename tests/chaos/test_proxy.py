"""Two sites behind the proxy of docker-compose.scale.yml."""

import os
import signal
import time
from contextlib import ExitStack

import pytest

from tests.chaos.cluster import cluster
from tests.chaos.outcome import Outcome
from tests.chaos.scaled import proxy
from tests.chaos.site import Site, ask, post_json, wait_until
from tests.chaos.writers import writers


@pytest.fixture
def nodes():
    with cluster(standbys=0) as made:
        yield made


@pytest.fixture
def environ():
    return {}


@pytest.fixture
def sites(nodes, tmp_path, environ):
    """They share a folder of pictures, and nothing else."""
    with ExitStack() as ends:
        both = {}
        for name in ("site", "site2"):
            both[name] = Site(tmp_path, nodes.url(), TRUSTED_PROXY="127.0.0.1", DRAIN_SECONDS="3", **environ)
            both[name].start()
            ends.callback(both[name].kill)
        yield both


@pytest.fixture
def port(sites, tmp_path):
    with proxy(tmp_path, **{name: each.port for name, each in sites.items()}) as port:
        yield port


def restart_each(sites):
    for each in sites.values():
        each.stop()
        each.start()
        time.sleep(2)  # until the proxy has seen it


def test_a_rolling_restart_loses_no_request(sites, port, nodes, report):
    """One of two sites after the other is told to end, and started again."""
    with writers(port, has_keys=False) as those:  # so the proxy may repeat nothing that writes
        since = time.monotonic()
        restart_each(sites)
        restart_each(sites)
    outcome = Outcome(those, nodes.url(), since)
    report(outcome.figures())
    assert (outcome.lost, outcome.without_picture, outcome.doubled) == ([], [], [])
    assert {answer.status for answer in those.answers} == {201}
    assert {status for path, *_, status in those.looks if path != "/health"} == {200}


def test_one_of_two_sites_is_killed(sites, port, nodes, report):
    """One of two sites is killed."""
    with writers(port) as those:
        sites["site"].kill()
        since = time.monotonic()
        time.sleep(5)
    outcome = Outcome(those, nodes.url(), since)
    report(outcome.figures())
    assert (outcome.lost, outcome.without_picture, outcome.doubled) == ([], [], [])
    assert (outcome.refused_but_there, outcome.not_known) == ([], [])
    assert {answer.status for answer in those.answers} == {201}  # as each has a one-time key
    assert {status for *_, status in those.looks} == {200}


def test_a_site_that_stands_still_is_asked_no_more_after_two_seconds(sites, port):
    os.kill(sites["site"].process.pid, signal.SIGSTOP)
    time.sleep(2)
    for _ in range(20):
        begun = time.monotonic()
        assert ask(port, "GET", "/posts")[0] == 200
        assert time.monotonic() - begun < 1
    os.kill(sites["site"].process.pid, signal.SIGCONT)


def test_where_no_site_is_well_they_say_what_is_the_matter(sites, port, nodes):
    nodes.kill("a")
    wait_until(lambda: ask(port, "GET", "/posts")[0] == 503)
    time.sleep(2)  # until the proxy has seen that none is well
    assert ask(port, "GET", "/static/style.css")[0] == 200
    for _ in range(20):
        status, headers, body = ask(port, "GET", "/posts")
        assert (status, headers["Retry-After"]) == (503, "1")
        assert b"Please try again" in body
    nodes.start("a")
    wait_until(lambda: ask(port, "GET", "/posts")[0] == 200)


@pytest.mark.parametrize("environ", [{"PREFIX": "/class"}])
def test_under_a_prefix(sites, port):
    assert b'href="/class/users"' in ask(port, "GET", "/class/")[2]
    assert ask(port, "GET", "/class/account")[1]["Location"] == "/class/login?next=%2Fclass%2Faccount"


def test_a_form_of_our_own_page_is_taken_and_a_made_up_host_or_client_is_not_believed(sites, port):
    form = {"Content-Type": "application/x-www-form-urlencoded", "Host": "school.example"}
    said = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}  # by somebody, not by the proxy
    ours, theirs = ({"Origin": f"http://{host}.example"} for host in ("school", "evil"))
    assert ask(port, "POST", "/users", "name=Ada&uid=ada", form | said | ours)[0] == 303
    assert ask(port, "POST", "/users", "name=Eve&uid=eve", form | said | theirs)[0] == 403
    assert "Strict-Transport-Security" not in ask(port, "GET", "/", headers=said)[1]
    guess = {"uid": "niko", "password": "wrong"}
    statuses = [post_json(port, "/api/sessions", guess, {"X-Forwarded-For": f"192.0.2.{n}"})[0] for n in range(15)]
    assert statuses[-1] == 429


@pytest.mark.parametrize("environ", [{"LOG": "json"}])
def test_nobody_makes_up_the_id_of_a_request(sites, port):
    answers = [ask(port, "GET", "/posts", headers={"X-Request-Id": "made-up"}) for _ in range(2)]
    ids = [headers["X-Request-Id"] for _, headers, _ in answers]
    assert all(ids)
    assert "made-up" not in ids


def test_one_site_gets_all_that_one_login_asks_for(sites, port):
    """A file of rows waits there until somebody has said yes to it."""
    for number in range(20):
        for name, cookie in (("users", "session=one"), ("jokes", f"session={number}"), ("posts", "browser=one")):
            assert ask(port, "GET", f"/{name}", headers={"Cookie": cookie})[0] == 200

    def answered(name):
        return sorted(each.log.read_text().count(f"GET /{name} ") for each in sites.values())

    for name in ("users", "jokes", "posts"):  # a line is written a moment later
        wait_until(lambda name=name: sum(answered(name)) == 20)
    assert answered("users") == [0, 20]
    assert min(*answered("jokes"), *answered("posts")) > 0
