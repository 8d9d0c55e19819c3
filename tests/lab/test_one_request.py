"""One request as a picture: its way from the browser to the row, each step with its lines of code."""

import os
import time

import pytest

from lab import sources
from lab.places import SourceLine
from tests.lab.planted import FIRST, plant
from tests.server import HOUSE


def add_ada(browser):
    form = browser.get("/users/new").forms[0]
    form["name"], form["uid"], form["password"] = "Ada Lovelace", "ada", "correct horse battery"
    return form.submit()


def way(answer):
    """The steps that are not folded, in their order."""
    return [
        each.select_one("code").text
        for each in answer.html.select(".lab-picture > ol > li > .lab-row > .lab-what > .lab-title")
    ]


def test_adding_a_user_shows_its_way_from_the_browser_to_the_row_and_back(here):
    add_ada(here)
    answer = here.get("/lab/requests/2")
    shown = way(answer)
    expected = [
        "POST /users",
        "POST /users",
        "sign_up_only",
        "add_user",
        "User.create",
        "User.problems",
        'INSERT INTO "users" …',
        "COMMIT",
        "303 See Other",
    ]
    assert [each for each in shown if each in expected] == expected
    assert "users 11 is added" in answer
    assert "the browser goes on to /users/11?added" in answer
    assert "its rules: Nobody is born tomorrow" in answer
    assert "password=•••" in answer
    assert "correct horse" not in answer
    assert "own: Session.of_tokens, SignUp.begin" in answer


def test_each_step_stands_on_a_time_line_that_can_be_heard(here):
    here.get("/users")
    answer = here.get("/lab/requests/1")
    scale = answer.html.select_one(".lab-scale")
    assert scale.title.text == "The time line"
    assert "The marks below are the 2 statements" in scale.desc.text
    bars = answer.html.select(".lab-bar")
    assert len(bars) > 5
    assert all(" ms after the start, for " in bar.title.text for bar in bars)
    assert not answer.html.select("[style]")


def test_what_is_much_alike_is_told_once_and_folded(here):
    here.get("/users")
    answer = here.get("/lab/requests/1")
    assert way(answer).count("User.age") == 1
    assert "19 more like this" in answer


def test_a_step_opens_its_lines_with_its_own_marked_and_what_it_asked_beside_it(here, last):
    add_ada(here)
    record = last(here)
    (step,) = [each for each in record["calls"] if each["name"] == "add_user"]
    answer = here.get(f"/lab/requests/2/steps/{step['number']}")
    assert answer.html.select_one("mark").text.strip() == "def add_user() -> str | HTTPResponse:"
    lines = [each.text for each in answer.html.select(".lab-source code")]
    assert lines[0] == '@routes.post("/users", apply=sign_up_only)'
    assert lines[-1] == "    return answer"
    (inserted,) = [each for each in answer.html.select(".lab-source li") if "INSERT" in each.text]
    assert "user = User.create(" in inserted.text
    assert answer.click("INSERT INTO").html.h1


def test_from_step_to_step_one_walks_through_the_request(here):
    here.get("/users/2")
    answer = here.get("/lab/requests/1").click("show_user", index=0, href="/steps/")
    walked = [answer.html.h1.text]
    while answer.html.select(".neighbours a")[-1].text.endswith("→"):
        answer = answer.click(href=answer.html.select(".neighbours a")[-1]["href"])
        walked.append(answer.html.h1.text)
    assert walked[:2] == ["show_user", "Session.of_tokens"]
    assert {"User.age", "User.age_on", "Post.thumbnail_size"} <= set(walked)
    assert len(answer.html.select(".neighbours a")) == 1


def test_a_statement_opens_the_line_that_asked_for_it(here, last):
    add_ada(here)
    statements = [each["sql"] for each in last(here)["statements"]]
    (number,) = [number for number, sql in enumerate(statements) if sql.startswith('INSERT INTO "users"')]
    answer = here.get(f"/lab/requests/2/statements/{number}")
    assert answer.html.select_one("mark").text.strip() == "user = User.create(**User.from_form(texts))"


@pytest.mark.parametrize(
    ("part", "line"),
    [
        ("guards/0", "def readers_only() -> None:"),
        ("handler", "def show_users() -> str:"),
        ("view", "<h1>Users</h1>"),
    ],
)
def test_the_guard_the_handler_and_the_view_are_opened_too(here, part, line):
    here.get("/users")
    answer = here.get(f"/lab/requests/1/{part}")
    assert line in [each.text.strip() for each in answer.html.select(".lab-source code")]


@pytest.mark.parametrize(
    "part",
    ["steps/99", "statements/99", "guards/9", "steps/-1", "steps/../../config.py", "steps/x", "steps/models/user.py"],
)
def test_a_step_is_opened_by_its_number_and_never_by_a_path(here, part):
    here.get("/users")
    here.get(f"/lab/requests/1/{part}", status=404)


def test_where_nothing_answered_there_is_nothing_to_open(here):
    here.get("/nothing", status=404)
    assert "nothing here has this address" in here.get("/lab/requests/1")
    for part in ("handler", "view", "guards/0"):
        here.get(f"/lab/requests/1/{part}", status=404 if part != "view" else 200)


@pytest.fixture
def file_of_ours(tmp_path):
    """A file in the house that nobody has read yet; it is gone afterwards."""
    file = HOUSE / "models" / f"_only_here_{os.getpid()}.py"
    yield file
    file.unlink(missing_ok=True)
    sources.kept_lines.pop(f"models/{file.name}", None)


def test_lines_stay_as_they_were_when_the_request_ran(file_of_ours):
    place = SourceLine(f"models/{file_of_ours.name}", 1)
    file_of_ours.write_text("first = 1\n")
    os.utime(file_of_ours, (1, 1))
    assert sources.of_line(place).lines == ("first = 1",)
    file_of_ours.write_text("second = 2\n")
    assert sources.of_line(place).lines == ("first = 1",)


def test_a_file_that_was_changed_after_the_start_says_so_instead_of_showing_wrong_lines(file_of_ours):
    file_of_ours.write_text("other = 1\n")
    os.utime(file_of_ours, (time.time() + 5,) * 2)
    found = sources.of_line(SourceLine(f"models/{file_of_ours.name}", 1))
    assert not found.lines
    assert "has been changed since the site was started" in found.problem


@pytest.mark.parametrize("name", ["volumes/sqlite.db", "config.py", "../secret", "/etc/passwd", "tests/conftest.py"])
def test_only_files_of_code_are_read(name):
    assert not sources.kept_lines_of(name)


def test_code_without_a_file_says_so(here, last):
    plant(here, "return str(User.get_by_id(1))")
    here.get("/planted")
    assert last(here)["statements"][0]["by"] == f"routes/planted.py:{FIRST}"
    assert "are not there to be read" in here.get("/lab/requests/1/statements/0")


def test_one_that_is_gone_says_why(here):
    answer = here.get("/lab/requests/7", status=404)
    assert "Only the last 200 requests are remembered" in answer
    here.get("/lab/requests/7/steps/0", status=404)
    here.post("/lab/requests/7/keep", {"keep": "yes"}, status=404)


def test_for_programs_one_that_is_gone_says_why_in_json(here):
    answer = here.get("/lab/requests/7.json", status=404)
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == 404
    assert "Only the last 200" in answer.json["detail"]


def test_programs_get_all_of_it(here, last):
    here.get("/users/2")
    record = last(here)
    assert {"method", "path", "status", "ms", "calls", "statements", "warnings"} <= record.keys()
    for each in record["statements"]:
        assert {"sql", "values", "ms", "rows", "plan", "by"} <= each.keys()
    assert record["statements"][0]["plan"].startswith(
        "searches users by its id; each time searches posts by the index on userID"
    )


def test_what_was_answered_from_memory_says_so(here):
    here.get("/api/users")
    here.get("/api/users")
    answer = here.get("/lab/requests/2")
    assert "the same was answered before" in answer
    assert way(answer) == ["GET /api/users", "memory", "200 OK"]


def test_two_thousand_calls_and_five_hundred_statements_stay_a_page_that_can_be_read(here):
    plant(
        here,
        "def one(number): return User.get_or_none(User.id == number)",
        "def two(number): return one(number)",
        "for number in range(700): two(number)",
        "return ''",
    )
    here.get("/planted")
    began = time.perf_counter()
    answer = here.get("/lab/requests/1")
    assert time.perf_counter() - began < 5
    assert len(way(answer)) < 30
    assert "calls and 200 statements are only counted" in answer


def test_a_deep_recursion_is_folded(here):
    plant(here, "def deeper(number): return number and deeper(number - 1)", "return str(deeper(500))")
    here.get("/planted")
    answer = here.get("/lab/requests/1")
    assert len(way(answer)) < 20
    assert "492 calls inside" in answer


def test_much_that_is_different_is_cut(here):
    plant(
        here,
        *[f"def f{number}(): pass" for number in range(300)],
        *[f"f{number}()" for number in range(300)],
        "return ''",
    )
    here.get("/planted")
    answer = here.get("/lab/requests/1")
    assert len(way(answer)) < 210
    assert "104 more steps" in answer
