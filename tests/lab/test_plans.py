"""How the database finds the rows, in words. It is asked without running the statement."""

import pytest

from lab.plans import Plans
from models.shared.database import database
from tests.lab.planted import plant

WORDS = {
    'SELECT * FROM "users" AS "t1" WHERE "t1"."id" = ?': "searches users by its id",
    'SELECT * FROM "users" AS "t1" WHERE "t1"."_uid" = ?': "searches users by the index on _uid",
    "SELECT * FROM posts": "reads every row of posts",
    "SELECT * FROM posts LIMIT 3": "reads rows of posts until there are enough",
    "SELECT * FROM users ORDER BY _dob": "goes through the index of users on _dob",
    "SELECT * FROM users ORDER BY _role": "reads every row of users; puts them in order, as no index has that order",
    "SELECT note, COUNT(*) FROM posts GROUP BY note": (
        "reads every row of posts; puts them in groups, as no index has that order"
    ),
    "SELECT id, (SELECT COUNT(*) FROM posts WHERE userID = u.id) FROM users u WHERE u.id < ?": (
        "searches users by its id; each time searches posts by the index on userID"
    ),
    "SELECT * FROM users a JOIN posts b ON b.alt = a._role WHERE a.id = ?": (
        "searches users by its id; reads every row of posts"
    ),
    "UPDATE users SET _name = ? WHERE _uid = ?": "searches users by the index on _uid",
    "DELETE FROM posts WHERE id = ?": "searches posts by its id",
    'INSERT INTO users ("_name") VALUES (?)': "",
    "SELECT 1": "",
    "SELECT ? + ?, '?'": "",
    "BEGIN": "",
    "PRAGMA user_version = 3": "",
}


@pytest.mark.parametrize("sql", WORDS)
def test_a_plan_is_told_in_words(here, sql):
    assert Plans().of([sql])[sql].text == WORDS[sql]


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM posts",
        "UPDATE users SET _name = 'x'",
        "INSERT INTO posts (note, userID, created) VALUES ('x', 1, '2026-01-01')",
        "SELECT 1; DELETE FROM posts",
        "SELECT 1;\nCOMMIT;DELETE FROM posts;",
        "DELETE FROM posts --",
        "PRAGMA foreign_keys = 0",
        "DROP TABLE posts",
        "ATTACH 'other.db' AS other",
        "VACUUM INTO 'copy.db'",
    ],
)
def test_a_statement_is_never_run(here, settings, sql):
    before = (settings.volumes / "sqlite.db").read_bytes()
    Plans().of([sql])
    assert (settings.volumes / "sqlite.db").read_bytes() == before
    assert not (settings.volumes.parent / "copy.db").exists()


@pytest.mark.parametrize(
    "sql", ["SELECT * FROM nowhere", "SELEKT", "SELECT * FROM users WHERE id = ? AND (", "SELECT 1; SELECT 2", "WITH x"]
)
def test_a_plan_that_cannot_be_had_says_so(here, sql):
    plan = Plans().of([sql])[sql]
    assert plan.problem.startswith("The plan cannot be had") or sql == "SELEKT"


def test_a_statement_that_was_cut_says_so(here, last):
    plant(here, "return str(database.execute_sql('SELECT 1 /* ' + 'x' * 5000 + ' */').fetchone())")
    here.get("/planted")
    assert last(here)["statements"][0]["plan"].startswith("The plan cannot be had, as the statement is too long")


def test_a_database_that_is_gone_is_no_failure_of_the_page(here, settings):
    here.get("/users")
    database.close_all()
    (settings.volumes / "sqlite.db").rename(settings.volumes / "away.db")
    (plan,) = Plans().of(["SELECT * FROM users"]).values()
    assert plan.text == "The plan cannot be had, as the database does not answer."


def test_a_plan_follows_a_new_index(here):
    plans, sql = Plans(), "SELECT * FROM users WHERE _role = ?"
    assert plans.of([sql])[sql].text == "reads every row of users"
    with database.connection_context():
        database.execute_sql("CREATE INDEX by_role ON users (_role)")
    assert plans.of([sql])[sql].text == "searches users by the index on _role"


def test_a_plan_is_asked_for_once(here):
    plans = Plans()
    first = plans.of(["SELECT * FROM users"])
    assert plans.of(["SELECT * FROM users"])["SELECT * FROM users"] is first["SELECT * FROM users"]


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        ("User.create(name='Ada', uid='ada')", "users 11 is added"),
        ("User.get_by_id(4).update(name='B')", "users 4 is changed"),
        ("User.update(role='user').where(User.id > 8).execute()", "2 rows of users are changed"),
        ("User.update(role='user').where(User.id.in_([3, 4])).execute()", "users 3, 4 are changed"),
        ("Post.delete().where(Post.id == 999).execute()", "no row of posts is deleted"),
        ("Post.delete().where(Post.id == 1).execute()", "posts 1 is deleted"),
    ],
)
def test_a_statement_says_which_rows_it_has_changed(here, last, line, changed):
    plant(here, line, "return ''")
    here.post("/planted")
    record = last(here)
    assert changed in [each["changed"] for each in record["statements"]]
    assert changed in here.get("/lab/requests/1").text
