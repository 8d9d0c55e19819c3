"""Twins in the browser: side by side, run on copies; and a box for an expression of one's own."""

import sqlite3
from contextlib import closing

import pytest

from models.shared.database import database
from models.user import User

JSON = {"Accept": "application/json"}


def sides_of(answer, name):
    """The three texts of a twin."""
    boxes = answer.html.select(f"#{name} .twin-sides > div")
    return [[code.text for code in box.select(":scope > pre")] for box in boxes]


def tried(browser, text, **options):
    return browser.post("/lab/twins", {"expression": text}, **options)


@pytest.fixture
def counted(settings):
    """Call it for how many rows the live table has, as another program sees them."""

    def count(table="users"):
        with closing(sqlite3.connect(settings.database_path)) as program:
            return program.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

    return count


def test_the_lessons_verbs_stand_side_by_side(here):
    answer = here.get("/lab/twins")
    assert answer.html.h1.text == "Twins"
    python, peewee, person = sides_of(answer, "create")
    assert python == ['User.create(name="Ada Lovelace", uid="ada", dob="1815-12-10")']
    assert 'INSERT INTO "users"' in peewee[-1]
    assert "'Ada Lovelace', 'ada', NULL, '1815-12-10', 'user'" in peewee[-1]
    assert person[0].startswith("INSERT INTO users (_name, _uid, _dob, _role)")
    shown = [each["id"] for each in answer.html.select("section.twin")]
    assert shown == [
        *("create", "read", "update", "delete", "all", "filter", "contains", "from", "null"),
        *("sort", "count", "group", "join", "n-plus-1", "cure"),
    ]


def test_what_peewee_asks_was_read_by_running_it(here):
    answer = here.get("/lab/twins/posts")
    _, asked, _ = sides_of(answer, "n-plus-1")
    assert [each.partition("\nFROM ")[2].partition(" AS")[0] for each in asked] == ['"posts"', '"users"']
    assert "… and 9 more like this, with other values" in answer.html.select_one("#n-plus-1").text
    assert len(sides_of(answer, "cure")[1]) == 1
    assert "of the site’s own" in answer.html.select_one("#update").text


def test_each_model_of_ones_own_has_its_page_and_others_have_none(here):
    links = [each["href"] for each in here.get("/lab/twins").html.select("nav[aria-label='Models'] a[href^='/']")]
    assert links == ["/lab/twins/users", "/lab/twins/posts", "/lab/twins/jokes"]
    assert "Joke refers to no other model" in here.get("/lab/twins/jokes")
    for name in ("sessions", "nothing", "User", "users'"):
        assert "There are twins of users, posts, jokes" in here.get(f"/lab/twins/{name}", status=404)


def test_without_rows_the_page_says_what_it_lacks(here):
    with database.connection_context():
        database.execute_sql("DELETE FROM jokes")
    answer = here.get("/lab/twins/jokes")
    assert "There is no row in jokes yet." in " ".join(answer.html.main.text.split())
    assert not answer.html.select_one("#delete")


def test_all_three_are_run_and_nothing_happens(here, counted):
    answer = here.get("/lab/twins").html
    form = answer.select_one("#delete form")
    assert (form["action"], form["method"]) == ("/lab/twins/users/delete", "post")
    answer = here.post("/lab/twins/users/delete")
    assert "All three change the same rows. This did not happen" in answer.html.select_one(".success").text
    assert sorted(each.text for each in answer.html.select("h3 code")) == ["posts", "users"]
    assert "Fred Flintstone" in answer
    assert counted() == 10


def test_the_loop_and_its_cure_say_how_often_they_asked(here):
    for name, count in (("n-plus-1", "11"), ("cure", "1")):
        answer = here.post(f"/lab/twins/users/{name}")
        assert "Python and the person’s SQL give the same rows." in answer
        assert [each.text for each in answer.html.select(".twin-times tr td:first-of-type")] == [count, count, "1"]


def test_read_shows_the_dictionary_and_no_hash(here):
    answer = here.post("/lab/twins/users/read")
    assert '"uid": "toby"' in answer.html.select("pre.twin-python")[-1].text
    assert "•••" in answer.html.select_one(".twin-rows").text
    assert "pbkdf2" not in answer


def test_one_that_the_class_refuses_is_said_beside_what_sql_would_do(here, monkeypatch):
    with database.connection_context():
        User.update(role="user").execute()
        User.update(role="admin").where(User.id == 10).execute()  # the last one, who stays
    answer = here.post("/lab/twins/users/delete")
    assert "They do not change the same rows." in answer.html.select_one(".alert").text
    assert "Invalid" in answer
    assert "1 row gone" in answer


def test_programs_get_the_same(here):
    twins = here.get("/lab/twins/jokes.json").json["twins"]
    assert {"name", "title", "python", "peewee", "sql", "problem"} <= twins[0].keys()
    assert {each["problem"] for each in twins} == {""}
    found = here.post("/lab/twins/jokes/update", headers=JSON).json
    assert found["same"] is True
    (row,) = found["python"]["changes"]["jokes"]
    assert row["before"]["joke"] != row["after"]["joke"]
    assert any(each["sql"].startswith('UPDATE "jokes"') for each in found["peewee"]["statements"])
    here.post("/lab/twins/jokes/nothing", headers=JSON, status=404)


def test_an_expression_gives_its_sql_its_rows_and_its_plan(here):
    answer = tried(here, "User.select(User.uid).where(User.dob.is_null(False)).order_by(User.id).limit(2)")
    assert answer.html.select_one("#result .twin-sql").text.endswith("LIMIT 2")
    assert [each.text for each in answer.html.select("#result td")] == ["toby", "niko"]
    assert "SCAN" in answer.html.select_one("#result").text
    found = tried(here, "User.select(User.uid).where(User.uid == 'niko')", headers=JSON).json
    assert found["sql"] == """SELECT "t1"."_uid" FROM "users" AS "t1" WHERE ("t1"."_uid" = 'niko')"""
    assert (found["columns"], found["rows"]) == (["_uid"], [["niko"]])
    assert found["plan"]["words"] == ["searches users by the index on _uid"]


def test_an_expression_as_json_is_taken_too(here):
    found = here.post_json("/lab/twins", {"expression": "Joke.select().count()"}, headers=JSON).json
    assert found["rows"] == [[7]]
    here.post_json("/lab/twins", {"expression": 7}, headers=JSON, status=400)


def test_an_expression_that_changes_rows_shows_which_and_changes_none(here, counted):
    answer = tried(here, "User.delete().where(User.id == 3)")
    assert "1 row gone" in answer
    assert "This did not happen." in answer
    assert counted() == 10


def test_one_that_may_not_be_typed_comes_back_with_the_reason_and_its_text(here):
    answer = tried(here, "User.__class__", status=422)
    assert "User has no __class__" in answer.html.select_one("#expression-problem").text
    assert answer.forms["expression-form"]["expression"].value == "User.__class__"
    assert answer.html.select_one("#expression")["aria-invalid"] == "true"
    answer = tried(here, "open('/etc/passwd')", headers=JSON, status=422)
    assert answer.content_type == "application/problem+json"
    assert "only methods can be called" in answer.json["detail"]


def test_what_is_typed_is_shown_as_text(here):
    answer = tried(here, "User.select().where(User.name == '<script>x</script>')")
    assert "<script>x" not in answer
    assert "<script>x" not in here.get("/lab/twins?expression=%3Cscript%3Ex")


def test_no_secret_is_in_any_answer(here):
    here.post("/login", {"uid": "niko", "password": "123niko"}, status=303)
    for text in (
        "User.select(User.password_hash)",
        "User.select(fn.LOWER(User.password_hash), fn.SUBSTR(User.password_hash, 1, 9))",
        "Session.select(Session.digest)",
        "User.select(User.password_hash.concat('x'))",
    ):
        rows = tried(here, text, headers=JSON).json["rows"]
        assert all(str(cell).startswith(("•••", "None")) for row in rows for cell in row), text


def test_a_twin_links_to_the_boxes_in_which_it_can_be_changed(here):
    answer = here.get("/lab/twins/jokes")
    (python, sql) = answer.html.select("#count .twin-more a")
    assert here.get(python["href"]).forms["expression-form"]["expression"].value == "Joke.select().count()"
    assert here.get(sql["href"]).forms["sql-form"]["sql"].value.strip() == "SELECT COUNT(*)\nFROM jokes"
    assert len(answer.html.select("#create .twin-more a")) == 1


def test_the_page_stays_with_the_model_of_which_it_is(here):
    form = here.get("/lab/twins/jokes").forms["expression-form"]
    form["expression"] = "Joke.select()"
    assert form.submit().html.select_one("nav[aria-label='Models'] [aria-current]").text == "Joke"


def test_pictures_of_a_row_that_would_go_stay(here, settings):
    before = sorted(each.name for each in (settings.volumes / "uploads").iterdir())
    with database.connection_context():
        database.execute_sql("UPDATE posts SET image = (SELECT image FROM posts WHERE id = 2) WHERE id = 19")
        database.execute_sql("UPDATE posts SET image = NULL WHERE id = 2")
    assert "1 row gone" in here.post("/lab/twins/posts/delete")
    assert sorted(each.name for each in (settings.volumes / "uploads").iterdir()) == before


def test_of_many_rows_and_of_long_ones_the_first_are_compared(here):
    with database.connection_context():
        database.execute_many(
            "INSERT INTO jokes (joke, haha, boohoo) VALUES (?, 0, 0)", [(f"Joke {n}",) for n in range(1100)]
        )
        database.execute_many("UPDATE posts SET note = ? WHERE id = ?", [("x" * 90_000, n) for n in range(1, 20)])
        notes = [("y" * 90_000, 1, "2026-01-01 00:00:00")] * 30
        database.execute_many("INSERT INTO posts (note, userID, created) VALUES (?, ?, ?)", notes)
    for table in ("jokes", "posts"):
        assert {each["problem"] for each in here.get(f"/lab/twins/{table}.json").json["twins"]} == {""}
        answer = here.post(f"/lab/twins/{table}/all")
        assert "All three give the same rows." in answer
        assert "rows. Only the first" in answer


def test_nothing_is_left_where_copies_are_made(here, copies):
    here.get("/lab/twins")
    here.post("/lab/twins/jokes/create")
    assert len([*copies.iterdir()]) == 1
