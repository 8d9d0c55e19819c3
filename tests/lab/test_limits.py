"""Whatever a request is like, the lab keeps little of it, and changes nothing of its answer."""

from decimal import Decimal

import pytest
from bottle import response
from peewee import SQL

from lab import calls as calls_of_lab
from lab import recording as recording_of_lab
from lab import records as records_of_lab
from lab.drawn import WAYS, drawn
from lab.records import MOST_KEPT, MOST_MEMORY, MOST_RECORDS
from lab.secrets import Secrets
from models.shared.database import database
from models.user import User
from routes.shared.access import everyone
from routes.shared.section import Section
from tests.lab.planted import plant


@pytest.fixture
def handler(here):
    """Call it with a function: it answers GET and POST of /try, as if a student had written it."""

    def add(function):
        section = Section()
        section.route("/try", method=["GET", "POST"], apply=everyone, callback=function)
        here.app.add(section)
        return here

    return add


def test_only_the_last_ones_are_remembered_and_what_is_kept_stays(here):
    here.get("/users/1")
    here.app.records.keep(1, is_kept=True)
    for _ in range(MOST_RECORDS + 5):
        here.get("/health")
    numbers = [each["number"] for each in here.get("/lab/requests.json").json["requests"]]
    assert len(numbers) == MOST_RECORDS + 1
    assert numbers[-1] == 1
    assert numbers[-2] == 7


def test_they_take_at_most_so_much_memory(here, monkeypatch):
    monkeypatch.setattr(records_of_lab, "MOST_MEMORY", MOST_MEMORY // 32)
    for number in range(20):
        long_ones = {f"field {number}": "x" * 3000 for number in range(15)}
        here.post_json("/api/users", {"name": f"{number}"} | long_ones, status=422)
    records = here.app.records
    assert records.size <= MOST_MEMORY // 32
    assert 1 < len(records.all()) < 20
    assert records.size == sum(each.size for each in records.all())


def test_no_more_than_some_are_kept(here):
    for _ in range(MOST_KEPT + 1):
        here.get("/health")
    records = here.app.records
    assert [records.keep(number, is_kept=True) for number in range(1, MOST_KEPT + 2)] == [True] * MOST_KEPT + [False]
    assert records.keep(1, is_kept=False)
    assert records.keep(MOST_KEPT + 1, is_kept=True)


def test_too_many_calls_and_statements_are_counted(handler, last, monkeypatch):
    monkeypatch.setattr(calls_of_lab, "MOST_CALLS", 30)
    monkeypatch.setattr(recording_of_lab, "MOST_STATEMENTS", 20)

    def answer():
        for _ in range(50):
            User.get_by_id(1).age  # noqa: B018 - it is called
        return "done"

    browser = handler(answer)
    assert browser.get("/try").text == "done"
    record = last(browser)
    assert (len(record["calls"]), len(record["statements"])) == (30, 20)
    assert record["statements_beyond"] == 30
    assert record["calls_beyond"] > 50
    browser.get("/users")
    assert last(browser)["calls"][0]["parent"] is None


def test_values_are_short_and_together_bounded(handler, last):
    def answer():
        for _ in range(300):
            User.select().where(User.name == "y" * 5000).count()
        return b"\xff\x00" * 10

    browser = handler(answer)
    assert browser.get("/try").body == b"\xff\x00" * 10
    values = [value for each in last(browser)["statements"] for value in each["values"]]
    assert sum(len(str(value)) for value in values) < 80 * 1024
    assert "… (5000 letters)" in values[0]


def test_arguments_are_short_too_and_share_the_room_of_all_values(here, last):
    loop = "for n in range(300): f('y' * 290, 'z' * 290, 'w' * 290, 'v' * 290)"
    plant(here, "def f(a, b, c, d): return a", loop, "return ''")
    here.get("/planted")
    texts = [each["arguments"] for each in last(here)["calls"] if each["name"].endswith(".f")]
    assert sum(map(len, texts)) < 66 * 1024
    assert "… (" in texts[0]
    assert texts[-1] == "…"


def test_an_argument_that_changes_while_it_is_drawn_stops_nobody(here, last, monkeypatch):
    plant(here, "def f(a): return str(a)", "return f(7)")
    monkeypatch.setitem(WAYS, int, lambda _: 1 // 0)
    assert here.get("/planted").text == "7"
    assert [each["arguments"] for each in last(here)["calls"] if each["name"].endswith(".f")] == ["…"]


def test_a_body_of_many_bytes_that_is_no_text_is_only_its_size(here, last):
    here.post("/api/users", b"\xff\xfe" * 10_000, content_type="application/json", status=400)
    assert last(here)["body"] == {"": "<20000 bytes>"}
    here.post("/api/users", b"x" * 20_000_000, content_type="application/json", status=413)
    assert last(here)["status"] == 413


def test_endless_calls_end_as_they_would_without_the_lab(handler, last):
    def deeper(number):
        return deeper(number + 1)

    browser = handler(lambda: deeper(0))
    assert browser.get("/try", status=500)
    assert last(browser)["status"] == 500


def test_threads_that_a_handler_starts_are_let_be(handler, last, at_once):
    found = []

    def count():
        with database.connection_context():
            found.append(User.select().count())

    def answer():
        at_once(*[count] * 5)
        return "done"

    browser = handler(answer)
    assert browser.get("/try").text == "done"
    assert found == [10] * 5
    assert last(browser)["statements"] == []


def test_an_answer_in_pieces_is_sent_as_it_is_made(handler, last):
    def answer():
        response.content_type = "application/octet-stream"
        yield b"one "
        yield b"two"

    browser = handler(answer)
    assert browser.get("/try").body == b"one two"
    assert last(browser)["answer"]["bytes"] is None


def test_an_answer_in_pieces_of_text_that_fails_later_is_recorded_with_the_reason(handler, last):
    def answer():
        response.content_type = "text/plain"
        yield b"one "
        yield str(1 // 0)

    browser = handler(answer)
    with pytest.raises(ZeroDivisionError):
        browser.get("/try")
    record = last(browser)
    assert (record["status"], record["failure"]["kind"]) == (500, "ZeroDivisionError")


def test_two_hundred_requests_at_once_are_each_recorded(here, at_once):
    answers = []
    at_once(*[lambda: answers.append(here.app and here.get("/api/jokes", expect_errors=True).status_int)] * 200)
    assert answers == [200] * 200
    numbers = [each["number"] for each in here.get("/lab/requests.json").json["requests"]]
    assert len(set(numbers)) == MOST_RECORDS


def test_no_method_of_a_students_is_called_to_show_a_value(handler, last):
    class Strange:
        def __repr__(self):
            raise AssertionError("this must not be called")

        __str__ = __hash__ = __eq__ = __len__ = __bool__ = __getattr__ = __repr__

    assert drawn(Strange(), Secrets()) == "<Strange>"
    assert drawn([Strange()], Secrets()) == "[<Strange>]"


def test_values_are_drawn_shortly():
    secrets = Secrets()
    nested = []
    nested.append(nested)
    assert drawn(nested, secrets) == "[[[1 values]]]"
    assert drawn(10**100_000, secrets).startswith("<a number of")
    assert drawn(list(range(100)), secrets) == "[0, 1, 2, 3, 4, 5, … 100 values]"
    assert drawn({"a": Decimal("1.50"), "b": None}, secrets) == "{a=1.50, b=None}"
    assert drawn(b"\xff" * 9, secrets) == "<9 bytes>"
    assert drawn(User, secrets) == "User"
    user = User()
    user.__data__["id"] = 3
    assert drawn(user, secrets) == "<User 3>"
    assert drawn(User(), secrets) == "<User>"
    assert drawn("x" * 1000, secrets).endswith("… (1000 letters)")


def test_a_lab_that_fails_changes_no_answer(here, monkeypatch):
    monkeypatch.setattr("lab.site.record_of", lambda *_: 1 // 0)
    assert here.get("/api/users/1").json["name"] == "Thomas Edison"


def test_a_statement_that_fails_says_so_and_fails_as_ever(handler, last):
    def answer():
        return str(User.select(SQL("no_such_column")).get())

    browser = handler(answer)
    browser.get("/try", status=500)
    assert "no such column" in last(browser)["statements"][-1]["error"]
