"""By what a request is known: an id of its own or of a proxy of ours, and a place in a trace."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from webob import Request

from metrics.marks import current_mark, mark_of
from routes.shared.access import everyone

TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
OURS = re.compile(r"[a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4}")
PROXY = "10.0.0.1"


@pytest.fixture
def ask(visit):
    """Call it with headers, and with the address from which they come, for the answer of a site behind a proxy."""
    site = visit(log="json", trusted_proxy=PROXY, origins=("https://friend.example",)).app

    def send(path="/health", address=PROXY, **headers):
        request = Request.blank(path, environ={"REMOTE_ADDR": address})
        request.headers.update({name.replace("_", "-"): text for name, text in headers.items()})
        return request.get_response(site)

    return send


def test_each_request_has_an_id_of_its_own_that_can_be_said(ask):
    ids = [ask().headers["X-Request-Id"] for _ in range(50)]
    assert all(OURS.fullmatch(each) for each in ids)
    assert len(set(ids)) == 50


def test_a_proxy_of_ours_may_give_it(ask):
    assert ask(X_Request_Id="req_1.f00-BA=").headers["X-Request-Id"] == "req_1.f00-BA="
    assert ask(address="::ffff:10.0.0.1", X_Request_Id="a").headers["X-Request-Id"] == "a"


def test_nobody_else_may(ask, visit):
    for address in ("10.0.0.2", "127.0.0.1", ""):
        assert OURS.fullmatch(ask(address=address, X_Request_Id="made-up").headers["X-Request-Id"])
    answer = ask(address="10.0.0.2", X_Request_Id="made-up", X_Forwarded_For=PROXY)
    assert OURS.fullmatch(answer.headers["X-Request-Id"])
    alone = visit(log="json").get("/health", headers={"X-Request-Id": "made-up"})
    assert OURS.fullmatch(alone.headers["X-Request-Id"])


@pytest.mark.parametrize("said", ["", " ", "two words", "x" * 101, 'a"b', "a\tb", "one,two", "é", "<b>", "a\\n"])
def test_what_is_no_id_is_none_also_from_the_proxy(ask, said):
    assert OURS.fullmatch(ask(X_Request_Id=said).headers["X-Request-Id"])


def test_an_error_page_says_the_id_and_others_do_not(ask):
    answer = ask("/made-up", X_Request_Id="known-to-proxy")
    assert "tell them the request: <code>known-to-proxy</code>" in answer.text
    assert "known-to-proxy" not in ask("/login", X_Request_Id="known-to-proxy").text


def test_without_json_there_is_no_id(visitor):
    answer = visitor.get("/made-up", status=404)
    assert "X-Request-Id" not in answer.headers
    assert "tell them the request" not in answer


def test_a_page_of_another_origin_may_read_it(ask):
    exposed = ask("/api/users", Origin="https://friend.example").headers["Access-Control-Expose-Headers"]
    assert exposed.endswith(", X-Request-Id")


def test_a_remembered_answer_has_the_id_of_who_asks_now(ask):
    first, second = ask("/users"), ask("/users")
    assert first.headers["X-Request-Id"] != second.headers["X-Request-Id"]
    assert first.headers["ETag"] == second.headers["ETag"]


def mark(**environ):
    return mark_of({"REMOTE_ADDR": PROXY, **{f"HTTP_{name.upper()}": text for name, text in environ.items()}}, PROXY)


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        (f"00-{TRACE}-{PARENT}-00", 0),
        (f"00-{TRACE}-{PARENT}-01", 1),
        (f"00-{TRACE}-{PARENT}-ff", 3),  # of what nobody has defined yet, nothing is passed on
        (f"cc-{TRACE}-{PARENT}-01", 1),
        (f"cc-{TRACE}-{PARENT}-01-what-comes-later", 1),
    ],
)
def test_a_valid_traceparent_is_taken_on(text, flags):
    found = mark(traceparent=text)
    assert (found.trace, found.parent, found.flags) == (TRACE, PARENT, flags)
    assert re.fullmatch("[0-9a-f]{16}", found.span)
    assert found.to_pass_on()["traceparent"] == f"00-{TRACE}-{found.span}-0{flags}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "00",
        f"00-{TRACE}-{PARENT}",
        f"00-{TRACE}-{PARENT}-01-more",
        f"00-{TRACE}-{PARENT}-01-",
        f"cc-{TRACE}-{PARENT}-01.more",
        f"ff-{TRACE}-{PARENT}-01",
        f"00-{TRACE.upper()}-{PARENT}-01",
        f"00-{'0' * 32}-{PARENT}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE[1:]}-{PARENT}-01",
        f"00-{TRACE}-{PARENT}-1",
        f"00-{TRACE}-{PARENT}-01,00-{TRACE}-{PARENT}-01",
        f"00-{TRACE}-{PARENT}-01\n",
        f" 00-{TRACE}-{PARENT}-01",
        f"٠0-{TRACE}-{PARENT}-01",
    ],
)
def test_another_one_is_as_none_and_so_is_its_state(text):
    found = mark(traceparent=text, tracestate="vendor=1")
    assert found.trace != TRACE
    assert (found.parent, found.flags, found.state) == ("", 0, "")
    assert re.fullmatch(f"00-{found.trace}-{found.span}-00", found.to_pass_on()["traceparent"])
    assert int(found.trace, 16)
    assert "tracestate" not in found.to_pass_on()


def test_what_others_say_of_a_trace_goes_along(ask):
    text = f"00-{TRACE}-{PARENT}-01"
    assert mark(traceparent=text, tracestate="rojo=1,congo=2").to_pass_on()["tracestate"] == "rojo=1,congo=2"
    for state in ("x" * 513, "a=é", "a=1\r\nX: y"):
        assert "tracestate" not in mark(traceparent=text, tracestate=state).to_pass_on()


def test_a_handler_passes_it_on_and_afterwards_it_is_over(visit):
    visitor = visit(log="json")
    visitor.app.route("/asks-another", callback=lambda: current_mark.get().to_pass_on(), apply=everyone)
    answer = visitor.get("/asks-another", headers={"traceparent": f"00-{TRACE}-{PARENT}-01"})
    assert answer.json["traceparent"].startswith(f"00-{TRACE}-")
    assert answer.json["X-Request-Id"] == answer.headers["X-Request-Id"]
    assert current_mark.get() is None


@given(st.text(), st.text(), st.text())
def test_no_text_breaks_it(request_id, parent, state):
    found = mark(x_request_id=request_id, traceparent=parent, tracestate=state)
    assert all(text.isascii() and text.isprintable() for text in found.to_pass_on().values())
