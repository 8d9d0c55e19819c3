"""The log as JSON: one line for each entry, which no text of a request can leave, and by which it is found."""

import json
import logging
from datetime import datetime

import pytest
from webtest import TestApp

from metrics.json_log import JsonEntry, note_mark
from metrics.marked import LONGEST_PATH
from routes.shared.access import everyone
from routes.shared.errors import translate_errors
from routes.shared.log import Entry, log_form
from tests.metrics.conftest import TOKEN
from tests.metrics.test_marks import PARENT, TRACE
from tests.server import TWO_PROCESSES, free_port, stopped_in_order, through


@pytest.fixture(autouse=True)
def _form_of_this_test(monkeypatch):
    """How a process writes is one for all its sites."""
    monkeypatch.setattr(log_form, "entry", Entry())
    monkeypatch.setattr(log_form, "note", None)


@pytest.fixture
def site(visit):
    return visit(log="json", metrics="yes", metrics_token=TOKEN)


@pytest.fixture
def lines(caplog):
    """Call it for what has been written."""
    caplog.handler.addFilter(note_mark)
    caplog.set_level(logging.INFO, "portfolio")
    return lambda: [json.loads(JsonEntry().format(record)) for record in caplog.records]


def test_each_request_has_its_line(site, lines):
    answer = site.get("/users/1", headers={"traceparent": f"00-{TRACE}-{PARENT}-01"})
    (line,) = lines()
    assert datetime.fromisoformat(line.pop("time")).utcoffset().total_seconds() == 0
    assert 0 < line.pop("seconds") < 10
    assert len(line.pop("span_id")) == 16
    assert line == {
        "level": "info",
        "logger": "portfolio.access",
        "message": "A request was answered",
        "request_id": answer.headers["X-Request-Id"],
        "trace_id": TRACE,
        "parent_id": PARENT,
        "method": "GET",
        "path": "/users/1",
        "route": "/users/<id:int>",
        "status": 200,
    }


def test_a_query_a_cookie_and_a_token_are_in_no_line(site, lines):
    headers = {"Authorization": f"Bearer {TOKEN}", "Cookie": "session=a-secret", "Referer": "http://x/?a-secret"}
    for path in ("/users?search=a-secret", "/made-up?token=a-secret", "/metrics?token=a-secret", "/api/me?t=a-secret"):
        site.get(path, headers=headers, status="*")
    assert len(lines()) == 4
    for secret in (TOKEN, "a-secret"):
        assert secret not in json.dumps(lines())


def test_what_fails_is_found_by_the_id_that_the_page_says(site, lines):
    site.app.route("/fails", callback=fail, apply=[everyone, translate_errors])
    answer = site.get("/fails", status=500)
    failed, answered = lines()
    assert failed["level"] == "error"
    assert 'raise ValueError("Two\\nlines")' in failed["exception"]
    assert failed["request_id"] == answered["request_id"] == answer.html.code.text
    assert failed["trace_id"] == answered["trace_id"]


def fail():
    raise ValueError("Two\nlines")


def test_no_text_of_a_request_leaves_its_line(site, caplog, lines):
    forged = '%0A{"level": "info"}%0D%E2%80%A8%1B[31m%22'
    site.get(f"/users/1{forged}", status=404)
    site.get(f"/users?search={forged}", expect_errors=True)
    site.get("/x" + "y%0A" * 5000, status=404)
    for record in caplog.records:
        line = JsonEntry().format(record)
        assert line.isascii()
        assert line.isprintable()
        assert json.loads(line)["path"].isprintable()
        assert len(line) < LONGEST_PATH + 500


def test_what_belongs_to_no_request_has_no_id(lines):
    logging.getLogger("portfolio").warning("The disk is %s", "full")
    (line,) = lines()
    assert line.keys() == {"time", "level", "logger", "message"}
    assert line["message"] == "The disk is full"


@pytest.mark.parametrize("processes", [{}, TWO_PROCESSES])
def test_a_server_writes_nothing_else(tmp_path, processes):
    port = free_port()
    with stopped_in_order(tmp_path, port, LOG="json", **processes) as process:
        site = TestApp(through(port))
        ids = [site.get("/users/1", status="*").headers["X-Request-Id"] for _ in range(20)]
        process.send_signal(15)
        lines = [json.loads(line) for line in process.communicate(timeout=30)[1].splitlines()]
    assert sorted(line["request_id"] for line in lines) == sorted(ids)
