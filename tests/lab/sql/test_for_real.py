"""What was tried on a copy is done for real, and nothing else."""

import sqlite3
from contextlib import closing

import pytest
from webtest import TestApp

from lab.sql import for_real
from lab.sql.for_real import require_same_effect
from models.session import Session
from models.shared.database import database
from models.user import User

MINE = "update users set _name = 'Nik' where id = 2"
READ_SECRETS = [
    "update users set _name = _password",
    "update users set _name = (select _password from users where id = 1) where id = 2",
    "update users set _name = 'x' where _password like 'pbkdf2%'",
    "insert into jokes (joke, haha, boohoo) select digest, 0, 0 from sessions",
    "insert into jokes (joke, haha, boohoo) select group_concat(x), 0, 0 from (select * from receipts) as t(x)",
    "with p as (select * from users) update users set _name = (select _password from p) where id = 2",
    "update users set _name = 'x' where id in "
    "(select a.id from users a join (select 'h' as _password) using (_password))",
    "update users set _name = t._password from users as t where t.id = users.id",
    "delete from users where exists (select 1 from users as other where other.[_password] > 'a' and other.id = 5)",
    'update users set _name = "_password"',
    "insert into users (id, _name, _uid, _role) values (2, 'n', 'niko', 'user') "
    "on conflict do update set _name = users._password",
]
NOT_FOR_REAL = [
    ("update users set _password = null where id = 2", "_password, which is blank in the copy"),
    ("insert into users values (90, 'A', 'a', 'a hash', null, 'user', null, null, null, null)", "writes a secret"),
    ("alter table users add column x", "they follow the classes"),
    ("drop table jokes", "they follow the classes"),
    ("create table mine (id integer)", "they follow the classes"),
    ("pragma foreign_keys = 0; delete from users where id = 7", "A PRAGMA is not set here for real."),
    ("savepoint a; delete from jokes; release a", "For real all of it is one transaction"),
    ("select 1; begin; delete from jokes; commit", "For real all of it is one transaction"),
    ("delete from jokes where id = 999", "Nothing would change"),
    ("update jokes set haha = abs(random() % 9) + 1 where id = 1", "another thing each time"),
    ("delete from jokes where id = 1 returning joke", "leave out RETURNING"),
]
TAKEN_BACK = [
    ("delete from users", "Nobody would be an admin"),
    ("update users set _role = 'user'", "Nobody would be an admin"),
    (
        "update sessions set kind = 'script'",
        "That is not done here: sessions.kind. For real a statement writes no table of",
    ),
    ("insert into sign_ups (address, created) values ('here', 'now')", "That is not done here: sign_ups"),
]


@pytest.fixture
def tried(here):
    """Call it with SQL for the page of what it would change."""

    def run(sql, browser=here):
        return browser.post("/lab/sql", {"sql": sql})

    return run


@pytest.fixture
def names():
    """Call it for what users are called, by their numbers."""

    def read():
        with database.connection_context():
            return {user.id: user.name for user in User.select()}

    return read


def by_hand(settings, sql):
    with closing(sqlite3.connect(settings.database_path)) as program, program:
        program.execute("PRAGMA foreign_keys = 1")
        program.execute(sql)


def test_it_is_done_and_the_page_says_what(tried, names):
    answer = tried(MINE).forms["real"].submit(status=303).follow()
    assert names()[2] == "Nik"
    assert answer.html.select_one(".success").text == "It is done. users: 1 row changed."
    assert "real" not in answer.forms


def test_what_is_sent_twice_is_done_once(tried, here, settings):
    form = tried("update jokes set haha = haha + 1 where id = 1").forms["real"]
    first, second = form.submit(status=303), form.submit(status=303)
    assert first.location == second.location
    with closing(sqlite3.connect(settings.database_path)) as program:
        assert program.execute("select haha from jokes where id = 1").fetchone() == (1,)


def test_rows_that_refer_to_it_go_along_and_the_search_follows(tried, here, names, counted):
    tried("delete from users where id = 3").forms["real"].submit(status=303)
    assert 3 not in names()
    assert counted("posts where userID = 3") == 0
    tried(MINE.replace("Nik", "Zoë")).forms["real"].submit(status=303)
    assert [each["id"] for each in here.get("/api/users?search=zoe").json["users"]] == [2]


def test_nothing_is_done_when_other_rows_would_change_by_now(tried, settings, names):
    form = tried("update users set _name = 'X' where _name like 'N%'").forms["real"]
    by_hand(settings, "update users set _name = 'Nobody' where id = 5")
    assert "Somebody has written meanwhile" in form.submit(status=409)
    assert names()[2] == "Nikola Tesla"


def test_what_is_written_in_the_last_moment_is_seen(tried, settings, names, monkeypatch):
    form, tries = tried("update users set _name = 'X' where _name like 'N%'").forms["real"], []

    def and_somebody_writes(result):
        version = require_same_effect(result)
        if not tries:  # the second one is within the transaction
            by_hand(settings, "update users set _name = 'Nobody' where id = 5")
        tries.append(version)
        return version

    monkeypatch.setattr(for_real, "require_same_effect", and_somebody_writes)
    assert "Somebody has written meanwhile" in form.submit(status=409)
    assert (names()[2], names()[5]) == ("Nikola Tesla", "Nobody")


def test_it_is_done_when_somebody_has_written_elsewhere_meanwhile(tried, settings, names):
    form = tried(MINE).forms["real"]
    by_hand(settings, "update jokes set haha = 5 where id = 2")
    form.submit(status=303)
    assert names()[2] == "Nik"


def test_a_row_that_has_another_value_meanwhile_is_not_what_was_shown(tried, settings):
    form = tried("update jokes set haha = haha + 1 where id = 2").forms["real"]
    by_hand(settings, "update jokes set haha = 40 where id = 2")
    assert "Somebody has written meanwhile" in form.submit(status=409)


def test_the_history_says_who_did_it(here, settings):
    here.post("/login", {"uid": "toby", "password": "123toby"}, status=303)
    here.post("/lab/sql", {"sql": f"-- so\n{MINE}"}).forms["real"].submit(status=303)
    with closing(sqlite3.connect(settings.database_path)) as program:
        (row,) = program.execute(
            "select person, command, table_name, row_id, done from changed_rows "
            "join changes on changes.id = change_id where table_name = 'users' and after like '%Nik%'"
        ).fetchall()[-1:]
    assert (row[0], *row[2:]) == (1, "users", 2, "update")
    assert row[1].startswith("POST /lab/sql/results/")


def test_no_secret_comes_into_another_column(here, names):
    here.post("/login", {"uid": "niko", "password": "123niko"}, status=303)
    before = names()
    for sql in READ_SECRETS:
        assert "real" not in here.post("/lab/sql", {"sql": sql}, expect_errors=True).forms, sql
    assert names() == before


def test_a_table_of_the_statement_is_not_taken_for_a_trigger_of_the_same_name(tried, settings, names):
    with closing(sqlite3.connect(settings.database_path)) as program:
        ((trigger,), *_) = program.execute("select name from sqlite_master where type = 'trigger'").fetchall()
    before = names()
    for name in (trigger, f'"{trigger}"', f"[{trigger}]", f"'{trigger}'"):
        sql = f"with {name}(a,b,c,d,e,f,g,h,i,j) as (select * from users) "
        page = tried(f'{sql}update users set _name = (select d from "{trigger}" limit 1) where id = 2')
        assert "_password, which is blank in the copy" in page.text, name
        assert "real" not in page.forms
    assert names() == before


def test_what_is_done_is_not_done_again_from_another_page(tried, here, settings):
    form = tried("update jokes set haha = haha + 1 where id = 1").forms["real"]
    form.submit(status=303)
    assert "It was done already" in here.post(form.action, status=409)
    with closing(sqlite3.connect(settings.database_path)) as program:
        assert program.execute("select haha from jokes where id = 1").fetchone() == (1,)


def test_what_is_not_done_for_real_says_why(here):
    for sql, reason in NOT_FOR_REAL:
        page = here.post("/lab/sql", {"sql": sql}, expect_errors=True)
        assert reason in page.text, sql
        assert "real" not in page.forms


def test_what_the_site_itself_would_not_do_is_taken_back(tried, here, names):
    here.post("/login", {"uid": "niko", "password": "123niko"}, status=303)
    before = names()
    for sql, said in TAKEN_BACK:
        answer = tried(sql).forms["real"].submit(status=409)
        assert said in answer, sql
        assert answer.html.h1.text == "That cannot be done now"
    assert names() == before


def test_where_there_was_no_admin_there_need_be_none(here, settings, tried, names):
    by_hand(settings, "update users set _role = 'user'")
    tried(MINE).forms["real"].submit(status=303)
    assert names()[2] == "Nik"


def test_logins_may_be_ended_and_a_transaction_around_all_is_the_sites_own(tried, here, counted):
    here.post("/login", {"uid": "niko", "password": "123niko"}, status=303)
    assert counted("sessions") == 1
    tried("begin; delete from sessions; -- all\n commit;").forms["real"].submit(status=303)
    assert counted("sessions") == 0


def test_it_is_the_sites_writer_and_its_connection_is_as_before(tried, here, names):
    tried(MINE).forms["real"].submit(status=303)
    here.post_json("/api/users", {"name": "Ada", "uid": "ada", "password": "correct horse"}, status=201)
    with database.connection_context():
        assert database.execute_sql("select count(_password) from users").fetchone() == (11,)
        assert database.execute_sql("pragma database_list").fetchone()[1] == "main"


def test_only_who_sees_the_lab_does_it(site, names):
    browser = site(sample_data="locked", lab="on")
    cookies = {}
    for uid in ("toby", "niko"):
        with database.connection_context():
            cookies[uid] = Session.start(User.get(uid=uid), "browser")[1]
    admin, member = (
        TestApp(browser.app, extra_environ={"HTTP_COOKIE": f"session={each}"}) for each in cookies.values()
    )
    form = admin.post("/lab/sql", {"sql": MINE}).forms["real"]
    member.post(form.action, status=403)
    browser.post(form.action, {}, extra_environ={"HTTP_ORIGIN": "https://evil.example"}, status=403)
    assert names()[2] == "Nikola Tesla"
    admin.post(form.action, status=303)
    assert names()[2] == "Nik"


def test_a_result_that_is_forgotten_is_not_done(here):
    here.post("/lab/sql/results/unknown/real", status=404)
    here.get("/lab/sql/results/unknown.csv", status=404)
