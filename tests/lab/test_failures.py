"""An exception in a student's own code, as the lab shows it. This file stands for one of the student's."""

import gc
import sys
import threading
import time
import weakref
from dataclasses import dataclass
from pathlib import Path

import pytest

from lab import patience
from lab.places import FILE_KINDS, OWN
from models.joke import Joke
from models.session import Session
from models.shared.database import database
from models.user import User
from routes.shared.access import everyone
from routes.shared.log import log
from routes.shared.page import page
from routes.shared.section import Section

PLACE = "tests/lab/test_failures.py"


@pytest.fixture
def broken(here, last, monkeypatch):
    """Call it with the function of a new route for the record of what it did, asked for by `here`."""
    monkeypatch.setitem(FILE_KINDS, __file__, OWN)
    monkeypatch.setattr("lab.patience.never_ended", set())

    def ask(function, path="/broken", status=500):
        section = Section()
        section.get("/broken", apply=everyone)(function)
        section.get("/api/broken", apply=everyone)(function)
        here.app.add(section)
        here.get(path, status=status)
        return last(here)

    return ask


def variable(failure, name):
    return next(each for frame in failure["frames"] for each in frame["variables"] if each["name"] == name)


def line_of(text):
    lines = Path(__file__).read_text().splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.strip() == text)


def test_the_line_of_the_student_comes_first_with_those_around_it_its_variables_and_the_sql_until_then(broken):
    def handler():
        moons = Joke.select().count()
        return {"each": 95 / (moons - moons)}

    record = broken(handler)
    failure = record["failure"]
    assert (failure["kind"], failure["message"]) == ("ZeroDivisionError", "division by zero")
    assert (failure["file"], failure["line"]) == (PLACE, line_of('return {"each": 95 / (moons - moons)}'))
    frame = failure["frames"][0]
    assert frame["own"]
    assert frame["name"].endswith("handler")
    assert [each["text"].strip() for each in frame["lines"] if each["line"] == failure["line"]] == [
        'return {"each": 95 / (moons - moons)}'
    ]
    assert int(variable(failure, "moons")["text"]) > 0
    assert any(not each["own"] and each["file"] == "routes/shared/errors.py" for each in failure["frames"])
    until = [each["sql"] for each in record["statements"][: failure["statements"]]]
    assert any('FROM "jokes"' in sql for sql in until)


def test_the_page_of_the_record_shows_it_with_the_rest_folded(broken, here):
    def handler():
        planet = "Mars"
        raise ValueError(f"<script>{planet}</script>")

    number = broken(handler)["number"]
    html = here.get(f"/lab/requests/{number}").html
    shown = html.select_one("#failure")
    assert shown.select_one(".alert").text == "ValueError: <script>Mars</script>"
    assert "raise ValueError" in shown.select_one(".here").text
    assert "planet" in shown.select_one(".variables").text
    assert not shown.select("script")
    assert "routes/shared/errors.py" in shown.select("details")[-1].text


def test_the_500_page_leads_to_it(broken, here):
    def handler():
        raise LookupError

    number = broken(handler)["number"]
    link = here.get("/broken", status=500).html.select_one("main a")
    assert link["href"] == f"/lab/requests/{number + 1}#failure"
    assert "LookupError" in here.get(link["href"])


def test_a_404_page_leads_nowhere(here):
    assert "#failure" not in here.get("/nothing", status=404)


@pytest.mark.parametrize(
    "changes",
    [{"HTTP_X_FORWARDED_FOR": "203.0.113.9"}, {"REMOTE_ADDR": "203.0.113.9"}, {"HTTP_HOST": "evil.example"}],
)
def test_nobody_else_is_led_there(broken, here, changes):
    def handler():
        raise LookupError

    broken(handler)
    answer = here.get("/broken", extra_environ=changes, expect_errors=True)
    assert answer.status_int in (403, 500)
    assert "/lab/" not in answer
    assert "LookupError" not in answer


def test_without_the_lab_the_500_page_is_what_it_was(visit, settings):
    visitor = visit(sample_data="lesson", lab="off")
    section = Section()
    section.get("/broken", apply=everyone)(lambda: 1 / 0)
    visitor.app.add(section)
    answer = visitor.get("/broken", status=500)
    assert "It has been written down" in answer
    assert "/lab" not in answer


def test_a_program_finds_it_by_the_header_of_its_answer(broken, here):
    def handler():
        return {"name": None + "x"}

    broken(handler, path="/api/broken")
    answer = here.get("/api/broken", status=500)
    assert "NoneType" not in answer
    assert here.get(f"{answer.headers['X-Request']}.json").json["failure"]["kind"] == "TypeError"


def test_a_mistake_in_a_view_names_the_line_of_the_view(broken, monkeypatch, tmp_path):
    def handler():
        return page("moons", moons=["Io", "Europa"])

    failure = in_a_view(
        broken, handler, monkeypatch, tmp_path, "<h1>Moons</h1>\n% for moon in moons:\n{{mooon}}\n% end\n"
    )
    assert (failure["kind"], failure["file"], failure["line"]) == ("NameError", "moons.tpl", 3)
    assert variable(failure, "moons")["text"] == "['Io', 'Europa']"
    assert variable(failure, "moon")["text"] == "'Io'"
    names = {each["name"] for each in failure["frames"][0]["variables"]}
    assert not names & {"address", "_stdout", "trace", "resources"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<h1>Moons</h1>\n<p>\n{{moon moon}}\n", 3),
        ("<p>\n% for moon in moons\n{{moon}}\n% end\n", 2),
    ],
)
def test_a_view_that_python_cannot_read_is_named_too(broken, monkeypatch, tmp_path, text, line):
    def handler():
        return page("moons", moons=["Io"])

    failure = in_a_view(broken, handler, monkeypatch, tmp_path, text)
    assert (failure["kind"], failure["file"], failure["line"]) == ("SyntaxError", "moons.tpl", line)
    assert failure["frames"][0]["lines"]


def in_a_view(broken, handler, monkeypatch, tmp_path, text):
    view = tmp_path / "moons.tpl"
    view.write_text(text)
    monkeypatch.setitem(FILE_KINDS, str(view), OWN)
    monkeypatch.setattr("routes.shared.page.VIEWS", ["views", str(tmp_path)])
    return broken(handler)["failure"]


def test_what_led_to_it_is_told_too(broken):
    def handler():
        try:
            {}["moons"]
        except KeyError as error:
            raise ValueError("no planet") from error

    failure = broken(handler)["failure"]
    (first,) = failure["before"]
    assert failure["kind"] == "ValueError"
    assert (first["kind"], first["message"], first["how"]) == ("KeyError", "'moons'", "It was raised from this one")
    assert first["line"] == line_of('{}["moons"]')


def test_what_happened_while_another_one_was_handled_and_what_is_hidden_on_purpose(broken):
    def handler():
        try:
            try:
                raise KeyError("hidden")
            except KeyError:
                raise OSError("open") from None
        except OSError:
            raise ValueError("last")  # noqa: B904

    failure = broken(handler)["failure"]
    assert [(each["kind"], each["how"]) for each in failure["before"]] == [
        ("OSError", "It happened while this one was being handled")
    ]


def test_several_at_once_and_notes_are_told(broken):
    def handler():
        error = ExceptionGroup("two", [ValueError("one"), TypeError("other")])
        error.add_note("Look at both.")
        raise error

    failure = broken(handler)["failure"]
    assert failure["message"].endswith("\nLook at both.")
    assert [each["kind"] for each in failure["before"]] == ["ValueError", "TypeError"]


def test_a_circle_of_exceptions_is_told_once(broken):
    def handler():
        first, second = ValueError("first"), ValueError("second")
        first.__cause__, second.__cause__ = second, first
        raise first

    assert [each["message"] for each in broken(handler)["failure"]["before"]] == ["second"]


def test_recursion_without_an_end_is_told_in_some_lines(broken):
    def deeper(number):
        return deeper(number + 1)

    failure = broken(lambda: deeper(1))["failure"]
    assert failure["kind"] == "RecursionError"
    assert failure["file"] == PLACE
    assert len(failure["frames"]) < 50
    assert failure["frames_left_out"] > 500


@dataclass
class Planet:
    name: str
    password: str = "open sesame"


class Own:
    """What a student may write to describe an object."""

    def __init__(self, describe):
        self.describe = describe

    def __repr__(self):
        return self.describe()


def endless():
    while True:
        pass


def connects():
    with database.connection_context():
        Joke.create(joke="From a __repr__")


def recursion():
    return recursion()


def threads():
    thread = threading.Thread(target=lambda: None)
    thread.start()
    thread.join()
    return "with a thread"


DESCRIPTIONS = {
    "fine": (lambda: "<a planet>", "<a planet>"),
    "raises": (lambda: 1 / 0, "<its __repr__ raised ZeroDivisionError>"),
    "exits": (lambda: sys.exit(3), "<its __repr__ raised SystemExit>"),
    "endless": (endless, "<its __repr__ does not end>"),
    "sleeps": (lambda: time.sleep(2), "<its __repr__ does not end>"),
    "recursion": (recursion, "<its __repr__ raised RecursionError>"),
    "no text": (lambda: 7, "<its __repr__ raised TypeError>"),
    "nothing": (lambda: "", "<its __repr__ gives no letter>"),
    "10 MB": (lambda: "x" * 10_000_000, f"{'x' * 500}… (10000000 letters)"),
    "half a letter": (lambda: "\ud800", "\\ud800"),
    "writes": (lambda: Joke.create(joke="From a __repr__"), "<its __repr__ raised InterfaceError>"),
    "connects": (connects, "<its __repr__ raised RuntimeError>"),
    "threads": (threads, "with a thread"),
}


@pytest.mark.parametrize(("describe", "says"), DESCRIPTIONS.values(), ids=DESCRIPTIONS)
def test_what_a_student_wrote_to_describe_an_object_does_no_harm(broken, here, describe, says):
    def handler():
        planet = Own(describe)
        raise ValueError(type(planet))

    begin = time.monotonic()
    record = broken(handler)
    assert time.monotonic() - begin < 3
    assert bool(patience.never_ended) == (says == "<its __repr__ does not end>" and describe is not endless)
    assert variable(record["failure"], "planet")["says"] == says
    assert here.get(f"/lab/requests/{record['number']}").status_int == 200
    with database.connection_context():
        assert not Joke.select().where(Joke.joke == "From a __repr__").exists()


def test_what_never_ends_is_called_once(broken):
    calls, stop = [], threading.Event()

    class Stubborn:
        def __repr__(self):
            calls.append(1)
            stop.wait(5)
            return "at last"

    def handler():
        planet = Stubborn()
        raise ValueError(type(planet))

    assert variable(broken(handler)["failure"], "planet")["says"] == "<its __repr__ does not end>"
    assert variable(broken(handler)["failure"], "planet")["says"] == "<its __repr__ did not end the last time>"
    stop.set()
    assert len(calls) == 1


def test_a_row_and_an_object_show_what_they_hold_but_no_secret(broken):
    def handler():
        user = User.get_by_id(1)
        planet = Planet("Mars")
        password, text = "open sesame", f"the password is {planet.password}, kept as {user.password_hash}"
        raise ValueError(f"{text} {password}")

    failure = broken(handler)["failure"]
    shown = variable(failure, "user")
    assert shown["text"].startswith("User(id=1, name='Thomas Edison', uid='toby', password_hash=•••")
    assert shown["says"] == "Thomas Edison"
    assert variable(failure, "planet")["text"] == "Planet(name='Mars', password=•••)"
    assert variable(failure, "password")["text"] == "•••"
    assert "sesame" not in str(failure)
    assert "pbkdf2" not in str(failure)
    assert "scrypt" not in str(failure)


def test_the_message_of_an_exception_is_a_student_s_too(broken):
    class Odd(Exception):
        def __str__(self):
            raise ValueError("no words")

    def handler():
        raise Odd

    failure = broken(handler)["failure"]
    assert (failure["kind"], failure["message"]) == ("Odd", "<its __str__ raised ValueError>")


def test_no_object_of_what_failed_is_held(broken, monkeypatch):
    monkeypatch.setattr(log, "disabled", True)  # as pytest holds what is in the log

    class Moon:
        pass

    moons = []

    def handler():
        moon = Moon()
        moons.append(weakref.ref(moon))
        raise ValueError("moon")

    record = broken(handler)
    gc.collect()
    assert record["failure"]
    assert moons[0]() is None


def test_the_trace_of_a_debugger_goes_on(broken):
    def handler():
        planet = Own(lambda: "Mars")
        raise ValueError(type(planet))

    def trace(*_):
        return None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        broken(handler)
        assert sys.gettrace() is trace
    finally:
        sys.settrace(before)


def test_what_answers_for_its_class_in_an_odd_way_changes_no_answer(broken):
    class Odd:
        def __getattribute__(self, name):
            raise ValueError(name)

    def take(_odd):
        return {"fine": True}

    assert broken(lambda: take(Odd()), status=200)["failure"] is None


def test_a_handler_that_starts_threads_fails_as_any_other(broken):
    def handler():
        threads()
        raise ValueError("after a thread")

    assert broken(handler)["failure"]["message"] == "after a thread"


def test_with_lab_on_only_an_admin_who_has_logged_in_is_led_there(site):
    browser = site(sample_data="locked", lab="on")
    section = Section()
    section.get("/broken", apply=everyone)(lambda: 1 / 0)
    browser.app.add(section)
    assert "/lab" not in browser.get("/broken", status=500)
    for uid, is_led in (("niko", False), ("toby", True)):
        with database.connection_context():
            _, token = Session.start(User.get(uid=uid), "browser")
        browser.set_cookie("session", token)
        assert ("#failure" in browser.get("/broken", status=500)) == is_led
