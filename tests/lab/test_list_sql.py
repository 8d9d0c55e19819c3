"""The foot of a list says the SQL that found its rows, in lesson mode."""

import pytest

from lab.list_sql import sql_of_list
from lab.literals import literal, with_literals
from lab.recording import Recording
from models.session import Session
from models.shared.database import database
from models.user import User
from routes.shared.state import STATE_KEY, RequestState


def sql_below(answer):
    """What the foot of the page says; nothing where it says nothing."""
    found = answer.html.select_one("footer .list-sql pre")
    return found.text if found else ""


def ids_found_by(sql):
    with database.connection_context():
        return [row[0] for each in sql.split(";\n\n") for row in database.execute_sql(each).fetchall()]


@pytest.mark.parametrize(
    "path",
    [
        "/users",
        "/users?sort=-dob&uid=niko",
        "/users?search=he",
        "/posts",
        "/posts?sort=-created&search=patent",
        "/jokes?before=end",
        "/jokes?search=no'body; was -- ?",
    ],
)
def test_it_finds_the_rows_of_the_list_wherever_it_is_run(here, path):
    found = ids_found_by(sql_below(here.get(path)))
    listed = next(iter(here.get(f"/api{path}").json.values()))
    assert sorted(found) == sorted(row["id"] for row in listed)
    assert bool(found) == ("no'body" not in path)


def test_it_leads_to_where_it_can_be_tried(site):
    here = site(prefix="/class")
    answer = here.get("/class/jokes?search=50%25 & 'more'")
    tried = answer.click("Try it on a copy")
    assert tried.request.path == "/class/lab/sql"
    assert tried.forms["sql-form"]["sql"].value.strip() == sql_below(answer)


def test_the_list_on_the_page_of_a_user_is_one_too(here):
    assert '("t1"."userID" = 2)' in sql_below(here.get("/users/2"))


def test_a_page_without_a_list_says_nothing(here):
    for path in ("/", "/users/new", "/jokes/1", "/login"):
        assert not sql_below(here.get(path)), path


def test_markup_in_a_value_stays_text(here):
    answer = here.get("/jokes?search=<script>x</script>")
    assert "LIKE '%<script>x</script>%'" in sql_below(answer)
    assert "<script>x" not in answer.text


def test_it_shows_no_secret_of_the_request(here):
    here.set_cookie("mine", "very-secret-cookie")
    answer = here.get("/jokes?search=very-secret-cookie")
    assert "•••" in sql_below(answer)
    assert "very-secret" not in sql_below(answer)


def test_a_query_that_only_looks_ahead_is_left_out():
    recording = Recording(1, {})
    recording.add('SELECT "id", COALESCE("id", ?) AS "stored_value" FROM "jokes" LIMIT ? OFFSET ?', (None, 1, 60), None)
    recording.add('SELECT "id", COALESCE("id", ?) AS "stored_value" FROM "jokes" LIMIT ?', (None, 21), None)
    said = sql_of_list(recording, {STATE_KEY: RequestState(None)})
    assert said == 'SELECT "id", COALESCE("id", NULL) AS "stored_value"\nFROM "jokes"\nLIMIT 21;'


def test_of_a_long_one_the_beginning_is_said():
    recording = Recording(1, {})
    recording.add(f'SELECT "id" AS "stored_value" FROM "jokes" WHERE "id" IN ({"?, " * 2000}?)', (1,) * 2001, None)
    said = sql_of_list(recording, {STATE_KEY: RequestState(None)})
    assert said.endswith("?,…")


def test_it_is_for_whoever_sits_at_this_machine(here):
    forwarded = here.get("/users", headers={"X-Forwarded-For": "127.0.0.1"}, status="*")
    assert not forwarded.html.select_one(".list-sql")
    assert sql_below(here.get("/users"))


@pytest.mark.parametrize(("sample_data", "is_said"), [("lesson", True), ("locked", False)])
def test_admins_see_it_where_the_lab_is_for_them_and_the_site_is_a_lesson(site, sample_data, is_said):
    browser = site(lab="on", sample_data=sample_data)
    with database.connection_context():
        _, token = Session.start(User.get(uid="toby"), "browser", "A browser")
    assert not sql_below(browser.get("/users"))
    browser.set_cookie("session", token)
    assert bool(sql_below(browser.get("/users"))) == is_said


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "NULL"),
        (float("nan"), "NULL"),
        (float("-inf"), "-9e999"),
        (True, "TRUE"),
        (-3, "-3"),
        (0.5, "0.5"),
        (b"\x00a", "X'0061'"),
        ("it's", "'it''s'"),
    ],
)
def test_each_kind_of_value_is_written_as_sql_has_it(value, written):
    assert literal(value) == written


def test_a_question_mark_in_a_text_or_a_name_is_no_place():
    sql = """SELECT '?', "a?" FROM t WHERE x = ? AND y = ? AND z = ?"""
    assert with_literals(sql, [1, "?"]) == """SELECT '?', "a?" FROM t WHERE x = 1 AND y = '?' AND z = ?"""
