"""Requests are counted by the patterns of their routes, whatever anybody types."""

import pytest
from bottle import response
from webob import Request

from metrics.figures import METHODS
from routes.shared.access import everyone
from tests.metrics.conftest import BEARER

REQUESTS = "portfolio_http_requests_total"
LASTED = "portfolio_http_request_duration_seconds"


def requests_of(found):
    """How many there were, by method, route and status."""
    return {tuple(labels[name] for name in ("method", "route", "status")): n for labels, n in found(REQUESTS)}


def test_a_request_is_counted_by_its_route_and_its_status(visitor, figures):
    for number in (1, 2, 999):
        visitor.get(f"/users/{number}", status="*")
    visitor.post_json("/api/users", {"name": "Ada Lovelace", "uid": "ada"})
    assert requests_of(figures()) == {
        ("GET", "/users/<id:int>", "200"): 2,
        ("GET", "/users/<id:int>", "404"): 1,
        ("POST", "/api/users", "201"): 1,
    }


def test_how_long_requests_took_is_counted_in_buckets(visitor, figures):
    for _ in range(3):
        visitor.get("/users/1")
    found = figures()
    route = {"method": "GET", "route": "/users/<id:int>"}
    assert found(f"{LASTED}_count", **route) == [(route, 3)]
    ((_, total),) = found(f"{LASTED}_sum", **route)
    buckets = [value for _, value in found(f"{LASTED}_bucket", **route)]
    assert buckets == sorted(buckets)
    assert buckets[-1] == 3
    assert 0 < total < 10


def test_head_is_counted_with_get_and_a_scrape_as_any_request(visitor, figures):
    visitor.head("/users/1")
    figures()
    assert requests_of(figures()) == {("GET", "/users/<id:int>", "200"): 1, ("GET", "/metrics", "200"): 1}


def test_a_remembered_answer_is_counted_for_the_route_that_made_it(visitor, figures):
    for _ in range(4):
        visitor.get("/users/1")
    found = figures()
    assert requests_of(found) == {("GET", "/users/<id:int>", "200"): 4}
    assert found("portfolio_remembered_lookups_total") == [({"result": "hit"}, 3), ({"result": "miss"}, 1)]
    assert found("portfolio_remembered_answers") == [({}, 1)]
    assert found("portfolio_remembered_bytes")[0][1] > 1000


def test_with_nothing_remembered_nothing_is_looked_for(visit, settings):
    visitor = visit(metrics="yes", metrics_token=BEARER["Authorization"].split()[1], remember="no")
    visitor.get("/users/1", status="*")
    assert 'portfolio_remembered_lookups_total{result="miss"} 0.0' in visitor.get("/metrics", headers=BEARER).text


def test_whatever_strangers_make_up_makes_few_series(visitor, figures):
    methods = [*METHODS, "PURGE", "MKCOL", "X" * 300, 'A"{}']
    for number in range(60):
        method = methods[number % len(methods)]  # as a server hands it over, which WebTest would not
        Request.blank(f"/made-up/{number}?{number}=1", method=method).get_response(visitor.app)
        Request.blank(f"/users/{number}/nothing", method=method).get_response(visitor.app)
        visitor.get(f"/users/{number + 100}", headers={"Host": f"{number}.example"}, status="*")
    kinds = {labels[:2] for labels in requests_of(figures())}
    assert kinds == {*((each, "none") for each in (*METHODS, "other")), ("GET", "/users/<id:int>")}


def test_a_route_that_came_late_and_a_status_that_nobody_knows_are_others(visitor, figures):
    visitor.app.route("/late/<name>", callback=late, apply=everyone)
    visitor.get("/late/one", status=299)
    assert requests_of(figures()) == {("other", "other", "other"): 1}


def late(name):
    response.status = "299 Odd"
    return name


def test_a_failure_is_counted_and_what_is_in_flight_is_over_afterwards(visitor, figures, monkeypatch):
    def fail(*_):
        raise RuntimeError

    monkeypatch.setattr(visitor.app, "answer", fail)
    with pytest.raises(RuntimeError):
        visitor.get("/users")
    monkeypatch.undo()
    found = figures()
    assert requests_of(found) == {("GET", "none", "500"): 1}
    assert found("portfolio_http_requests_in_flight") == [({}, 1)]  # the scrape itself
