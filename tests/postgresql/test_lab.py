"""The lab on PostgreSQL: plans in words, which a statement that is never run is made of, and new ids."""

import pytest
from webtest import TestApp

from app import create_app
from config import Settings
from models.shared.database import database
from models.user import User
from tests.postgresql.test_postgresql import URL, _empty_database  # noqa: F401 - a fixture

Plans = pytest.importorskip("lab.plans").Plans  # the lab can be taken away
HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost"}
WORDS = {
    'SELECT * FROM "users" AS "t1" WHERE "t1"."id" = %s': "searches users by its id",
    'SELECT * FROM "users" WHERE "_uid" = %s': "searches users by the index on _uid",
    "SELECT * FROM posts": "reads every row of posts",
    "SELECT * FROM posts WHERE note LIKE 'a%%'": "reads every row of posts",
    "SELECT * FROM users ORDER BY _role": "puts them in order, as no index has that order; reads every row of users",
    "DELETE FROM posts WHERE id = %s": "searches posts by its id",
    "INSERT INTO users (_name, _uid, _role) VALUES (%s, %s, %s)": "",
    "SELECT 1": "",
    "SHOW server_version": "",
}


@pytest.fixture
def here(tmp_path):
    app = create_app(Settings(volumes=tmp_path, database_url=URL, sample_data="lesson"))
    with database.connection_context():
        database.execute_sql("SET enable_seqscan = off")
    return TestApp(app, extra_environ=HERE)


@pytest.mark.parametrize("sql", WORDS)
def test_a_plan_is_told_in_words(here, sql):
    assert Plans().of([sql])[sql].text == WORDS[sql]


@pytest.mark.parametrize(
    "sql",
    ["DELETE FROM posts", "UPDATE users SET _name = 'x'", "SELECT 1; COMMIT; DELETE FROM posts", "DROP TABLE posts"],
)
def test_a_statement_is_never_run(here, sql):
    before = counted_rows()
    Plans().of([sql])
    assert counted_rows() == before


def counted_rows():
    with database.connection_context():
        return database.execute_sql("SELECT COUNT(*), MAX(_name), (SELECT COUNT(*) FROM posts) FROM users").fetchone()


def test_a_plan_that_cannot_be_had_says_so_and_leaves_the_connection_as_it_was(here):
    plans = Plans()
    for sql in ("SELECT * FROM nowhere", "SELECT %s + %s", "SELECT 1; SELECT 2"):
        assert plans.of([sql])[sql].text.startswith("The plan cannot be had")
    assert plans.of(["SELECT * FROM posts"])["SELECT * FROM posts"].words
    here.post_json("/api/users", {"name": "Ada", "uid": "ada"}, status=201)


def test_adding_a_user_shows_which_row_is_new(here):
    here.post_json("/api/users", {"name": "Ada", "uid": "ada", "password": "correct horse battery"})
    record = here.get("/lab/requests/1.json").json
    changed = [each["changed"] for each in record["statements"] if each["sql"].startswith('INSERT INTO "users"')]
    with database.connection_context():
        assert changed == [f"users {User.get(uid='ada').id} is added"]
    assert "correct horse" not in str(record)
    here.get("/lab/requests/1")


def test_a_long_list_without_an_index_is_named(here):
    with database.connection_context():
        database.execute_sql("INSERT INTO jokes (joke, haha, boohoo) SELECT n, 0, 0 FROM generate_series(1, 400) n")
        database.execute_sql("ANALYZE jokes")
    here.get("/api/jokes?sort=haha")
    warnings = here.get("/lab/requests/1.json").json["warnings"]
    assert [each["cure"] for each in warnings if each["kind"] == "no index"] == [
        "Give Joke an index: haha = IntegerField(index=True)"
    ]
