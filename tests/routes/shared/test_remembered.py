"""What visitors were answered is answered again, for as long as nobody writes: the same bytes, and never old ones."""

import re
import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest
from playhouse.test_utils import assert_query_count
from webtest import TestApp

from models.user import User
from routes.shared import remembered
from routes.shared.access import everyone
from routes.shared.body import KEY_FIELD
from routes.shared.remembered import MOST_ANSWERS, MOST_BYTES, MOST_OF_ANSWER, Memory
from routes.shared.representation import Representation
from routes.shared.section import Section
from seed import __main__ as command
from tests.beside import readers_beside

PAGES = ("/", "/users", "/users/1", "/posts", "/jokes", "/login")
PATHS = (*PAGES, "/api/users", "/api/users/1", "/api/posts", "/api/jokes/1")
VARYING = (
    "/health",
    "/api/jokes/random",
    "/lesson/api/jokes/random",
    "/lesson/api/users",
    "/docs",
    "/static/style.css",
)
FOR_ONE = ("/users/new", "/jokes/1", "/users?added", "/nowhere", "/api/users?limit=0")
RENAME = "UPDATE users SET _name = 'Tom' WHERE id = 1"


@pytest.fixture
def shell(visitor, settings):
    with closing(sqlite3.connect(settings.database_path, isolation_level=None)) as shell:
        yield shell


def kept(visitor):
    return [key[1] for key in visitor.app.memory.answers]


@pytest.mark.parametrize("path", PATHS)
def test_the_same_is_answered_again_and_no_row_is_read(visitor, path):
    first = visitor.get(path)
    with assert_query_count(0):
        again = visitor.get(path)
    assert again.body == first.body
    assert again.headerlist == first.headerlist


def test_a_write_of_ours_is_seen_at_once(visitor, member):
    assert len(visitor.get("/api/posts?user=2").json["posts"]) == 2
    member.post_json("/api/posts", {"note": "A third one"}, status=201)
    assert len(visitor.get("/api/posts?user=2").json["posts"]) == 3


def test_a_write_of_another_program_is_seen_at_once(visitor, shell):
    assert visitor.get("/api/users/1").json["name"] == "Thomas Edison"
    shell.execute(RENAME)
    assert visitor.get("/api/users/1").json["name"] == "Tom"


def test_sample_rows_that_come_anew_are_seen_at_once(visitor, shell, settings, monkeypatch):
    monkeypatch.setenv("VOLUMES", str(settings.volumes))
    shell.execute(RENAME)
    assert visitor.get("/api/users/1").json["name"] == "Tom"
    command.main(["--yes"])
    assert visitor.get("/api/users/1").json["name"] == "Thomas Edison"


def test_what_was_taken_back_changes_nothing(visitor, shell):
    visitor.get("/api/users/1")
    shell.execute("BEGIN IMMEDIATE")
    shell.execute(RENAME)
    with assert_query_count(0):
        assert visitor.get("/api/users/1").json["name"] == "Thomas Edison"
    shell.execute("ROLLBACK")
    with assert_query_count(0):
        assert visitor.get("/api/users/1").json["name"] == "Thomas Edison"


def test_what_changed_between_reading_and_keeping_is_not_kept(visitor, shell):
    routes = Section()

    @routes.get("/slow", apply=everyone)
    def slow():
        name = User.get_by_id(1).name
        shell.execute(RENAME)  # just now
        return name

    visitor.app.add(routes)
    assert visitor.get("/slow").text == "Thomas Edison"
    assert kept(visitor) == []
    assert visitor.get("/slow").text == "Tom"


def test_every_page_and_every_list_is_what_a_site_without_memory_answers(visit, visitor, member):
    forgetful = visit(remember="no")
    addresses = [
        route.rule.replace("<id:int>", "2").replace("<path:path>", "style.css").replace("<name>", "none.png")
        for route in visitor.app.routes
        if route.method == "GET" and not route.config.get("varies")
    ]
    assert len(addresses) > 25
    for write in (
        lambda: None,
        lambda: member.post_json("/api/posts", {"note": "New"}, status=201),
        lambda: member.post_json("/api/jokes", {"joke": "New"}, status=201),
        lambda: visitor.post_json("/api/users", {"name": "New", "uid": "new"}, status=201),
    ):
        write()
        for path in addresses:
            answers = [site.get(path, expect_errors=True) for site in (visitor, visitor, forgetful)]
            first, second, fresh = ((answer.status, without_keys(answer.text)) for answer in answers)
            assert first == second == fresh, path


def without_keys(text):
    """Each form has a one-time key of its own."""
    return re.sub(f'name="{KEY_FIELD}"[^>]*>', "", text)


@pytest.mark.parametrize("path", VARYING + FOR_ONE)
def test_what_is_not_the_same_each_time_is_not_kept(visitor, path):
    visitor.get(path, expect_errors=True)
    assert kept(visitor) == []


def test_who_is_logged_in_gets_their_own_page_and_leaves_none_behind(visitor, member):
    assert "Log in" in visitor.get("/users")
    assert "Log out" in member.get("/users")
    assert "Log out" not in visitor.get("/users")
    member.get("/posts")
    assert kept(visitor) == ["/users"]


@pytest.mark.parametrize("headers", [{"Cookie": "session=rubbish"}, {"Authorization": "Bearer rubbish"}])
def test_what_is_no_login_gets_a_visitors_page_which_is_not_kept(visitor, headers):
    assert visitor.get("/users", headers=headers).body == visitor.get("/users").body
    with assert_query_count(3):
        visitor.get("/users", headers=headers)


def test_other_cookies_say_nothing(visitor):
    visitor.get("/users")
    with assert_query_count(0):
        visitor.get("/users", headers={"Cookie": "browser=x; theme=dark"})


def test_a_made_up_host_reaches_nobody_else(visitor):
    for path in (*PATHS, "/docs", "/api/openapi.json"):
        visitor.get(path, headers={"Host": "evil.example"})
        assert "evil.example" not in visitor.get(path)


def test_a_made_up_prefix_reaches_nobody_else(visitor):
    there = TestApp(visitor.app, extra_environ={"SCRIPT_NAME": "/class"})
    assert 'href="/class/users"' in there.get("/users")
    assert 'href="/class/users"' not in visitor.get("/users")


def test_two_slashes_at_the_start_lead_nowhere_whatever_is_remembered(visitor):
    visitor.get("/users")
    visitor.get("/users", extra_environ={"REQUEST_URI": "//users"}, status=404)


def test_head_and_get_take_turns(visitor):
    for path in ("/users", "/api/users/1", "/static/style.css", "/health"):
        heads = [visitor.head(path) for _ in range(2)]
        whole = visitor.get(path)
        heads += [visitor.head(path)]
        assert [head.body for head in heads] == [b"", b"", b""]
        assert whole.content_length == len(whole.body)
        assert {head.headers["Content-Length"] for head in heads} == {str(len(whole.body))}


def test_part_of_a_page_is_the_whole_page(visitor):
    whole = visitor.get("/users").body
    for _ in range(2):
        assert visitor.get("/users", headers={"Range": "bytes=0-9"}, status=200).body == whole


def test_a_name_that_comes_twice_is_refused_each_time(visitor):
    for _ in range(2):
        visitor.get("/api/users?sort=id&sort=name", status=422)


def test_a_new_day_has_answers_of_its_own(visitor, monkeypatch):
    visitor.get("/api/users/1")

    class Tomorrow(date):
        @classmethod
        def today(cls):
            return date.today() + timedelta(days=1)

    monkeypatch.setattr(remembered, "date", Tomorrow)
    with assert_query_count(2):
        visitor.get("/api/users/1")


def test_a_site_may_be_told_to_remember_nothing(visit):
    visitor = visit(remember="no")
    for _ in range(2):
        with assert_query_count(2):
            visitor.get("/users")


def test_in_lesson_mode_what_is_remembered_is_for_this_machine_too(visit):
    visitor = visit(sample_data="lesson", lab="off")
    here = {"REMOTE_ADDR": "127.0.0.1"}
    visitor.get("/users", extra_environ=here)
    assert kept(visitor) == ["/users"]
    visitor.get("/users", extra_environ={"REMOTE_ADDR": "10.0.0.1"}, status=403)
    visitor.get("/users", extra_environ=here | {"HTTP_HOST": "evil.example"}, status=403)


def test_members_of_a_closed_site_are_asked_to_log_in_whoever_was_there_before(visit, settings):
    visitor = visit(directory="members")
    for _ in range(2):
        visitor.get("/api/users", status=401)
    assert kept(visitor) == []


# Within limits


def answer(size):
    return Representation([], b"x" * size, "tag", can_be_packed=True)


def test_ten_thousand_addresses_stay_within_the_limit_and_the_oldest_go_first():
    memory = Memory()
    for number in range(10_000):
        memory.keep(1, ("", "/users", f"n={number}"), answer(10))
        memory.find(1, ("", "/users", "n=0"))
    assert len(memory.answers) == MOST_ANSWERS
    assert memory.find(1, ("", "/users", "n=0")), "it is asked for all the time"
    assert not memory.find(1, ("", "/users", "n=1"))


def test_large_answers_and_long_addresses_stay_within_the_limit():
    memory = Memory()
    memory.keep(1, ("/huge",), answer(MOST_OF_ANSWER + 1))
    assert not memory.answers
    for number in range(300):
        memory.keep(1, (f"/{number}" + "n" * 50_000,), answer(MOST_OF_ANSWER // 2))
        memory.keep(1, (f"/{number}" + "n" * 50_000,), answer(MOST_OF_ANSWER // 2))
    assert sum(2 * len(each.body) + len(key[0]) for key, each in memory.answers.items()) < MOST_BYTES
    assert 20 < len(memory.answers) < 70


def test_another_version_begins_with_nothing():
    memory = Memory()
    memory.keep(1, ("/a",), answer(10))
    memory.keep(2, ("/b",), answer(10))
    assert memory.find(1, ("/a",)) is memory.find(2, ("/a",)) is None
    assert len(memory.answers) == 1


# While others write


@pytest.mark.parametrize("mode", ["locked", "lesson"])
def test_nobody_reads_what_is_older_than_what_was_acknowledged(visit, settings, mode):
    visitor = visit(sample_data=mode)
    stale, done = readers_beside(visitor, lambda: writes_of_a_shell(settings.database_path))
    assert stale == []
    assert done["read"] > 20
    assert done["written"] > 20


def writes_of_a_shell(path):
    with closing(sqlite3.connect(path, isolation_level=None, timeout=10)) as shell:
        for number in range(1, 1_000_000):
            shell.execute("UPDATE users SET _name = ? WHERE id = 1", (str(number),))
            yield number
