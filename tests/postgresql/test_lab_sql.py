"""SQL of the lab on PostgreSQL: queries only, by a role that may read no secret and write nothing."""

from urllib.parse import urlsplit

import psycopg
import pytest
from webtest import TestApp

from app import create_app
from config import Settings
from models.shared.database import database
from tests.postgresql.test_postgresql import URL, _empty_database  # noqa: F401 - a fixture

pytest.importorskip("lab.sql.postgresql")  # the lab can be taken away
HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost"}
SITE_ROLE = urlsplit(URL).username
JSON = {"Accept": "application/json"}


NOT_DONE = {
    "select _password from users": "permission denied",
    "select * from users": "permission denied",
    "select digest from sessions": "permission denied",
    "delete from jokes": "On PostgreSQL only queries",
    "with a as (delete from jokes returning 1) select * from a": "PostgreSQL says",
    "select 1; drop table jokes": "On PostgreSQL only queries",
    "copy jokes to program 'id'": "PostgreSQL says",
    "select pg_read_file('/etc/passwd')": "permission denied",
    "select setval('jokes_id_seq', 1)": "PostgreSQL says",
    "select set_config('statement_timeout', '0', false); select pg_sleep(60)": "so it was stopped",
    "select repeat('x', 1000000000)": "",
    "select 'half": "PostgreSQL says",
    "": "There is no statement",
}
TOO_MUCH = [  # what the role is given, how it is taken back, and why it is refused
    ("ALTER ROLE lab SUPERUSER", "ALTER ROLE lab NOSUPERUSER", "a superuser"),
    ("ALTER ROLE lab CREATEROLE", "ALTER ROLE lab NOCREATEROLE", "rolcreaterole"),
    ("GRANT SELECT (digest) ON sessions TO lab", "REVOKE SELECT (digest) ON sessions FROM lab", "sessions.digest"),
    ("GRANT INSERT ON jokes TO lab", "REVOKE INSERT ON jokes FROM lab", "may write jokes"),
    ("GRANT UPDATE (haha) ON jokes TO lab", "REVOKE UPDATE (haha) ON jokes FROM lab", "may write jokes"),
    ("GRANT pg_read_all_data TO lab", "REVOKE pg_read_all_data FROM lab", "belongs to pg_read_all_data"),
    (f'GRANT "{SITE_ROLE}" TO lab', f'REVOKE "{SITE_ROLE}" FROM lab', "the site's own, or belongs to it"),
]


def url_as(role):
    return urlsplit(URL)._replace(netloc=f"{role}:secret@{URL.rpartition('@')[2].partition('/')[0]}").geturl()


@pytest.fixture
def site(tmp_path):
    """Call it with the URL of the lab's role for somebody at this machine."""

    def start(url=""):
        settings = Settings(volumes=tmp_path, database_url=URL, sample_data="lesson", lab_database_url=url)
        return TestApp(create_app(settings), extra_environ=HERE)

    return start


@pytest.fixture
def role(site):
    """Call it with SQL for a new role with the lines that the page gives, and that SQL; the site with it."""
    names = []

    def make(more=""):
        lines = site().get("/lab/sql").html.select_one("pre.taken").text
        names.append("lab")
        with psycopg.connect(URL, autocommit=True) as server:
            server.execute("DROP ROLE IF EXISTS lab")
            server.execute(lines + more)
        return site(url_as("lab"))

    yield make
    database.close_all()
    with psycopg.connect(URL, autocommit=True) as server:
        for name in names:
            server.execute(f"DROP OWNED BY {name}; DROP ROLE {name}")


def asked(browser, sql, status=200):
    return browser.post("/lab/sql", {"sql": sql}, headers=JSON, status=status).json


def test_without_a_role_it_is_off_and_the_page_says_how_to_make_one(site):
    browser = site()
    html = browser.get("/lab/sql").html
    assert "SQL is off here until LAB_DATABASE_URL names a role" in html.text
    lines = html.select_one("pre.taken").text
    assert "_password" not in lines
    assert "digest" not in lines
    assert 'GRANT SELECT ON "public"."jokes" TO lab;' in lines
    assert "SQL is off here" in asked(browser, "select 1", 422)["detail"]


def test_a_query_gives_rows_a_plan_and_its_time(role):
    browser = role()
    answer = asked(browser, "select id, _name, _dob from users where id = 2")
    assert answer["columns"] == ["id", "_name", "_dob"]
    assert answer["rows"] == [[2, "Nikola Tesla", "1856-07-10"]]
    assert answer["plan"]["words"]
    assert "users" in answer["plan"]["tree"]
    assert asked(browser, "select generate_series(1, 5000) as n; select 1.5 as a, true as b")["rows"] == [["1.5", True]]
    browser.post("/lab/sql", {"sql": "select generate_series(1, 5000)"}).mustcontain("Only the first 1,000 rows")


def test_what_it_may_not_do_is_refused_with_a_reason(role):
    browser = role()
    for sql, reason in NOT_DONE.items():
        assert reason in asked(browser, sql, 422)["detail"], sql
    with database.connection_context():
        assert database.execute_sql("select count(*) from jokes").fetchone()[0] > 0


def test_a_role_that_may_do_more_is_refused(role):
    browser = role()
    for more, back, reason in TOO_MUCH:
        with psycopg.connect(URL, autocommit=True) as server:
            server.execute(more)
            assert reason in asked(browser, "select 1", 422)["detail"]
            server.execute(back)
    asked(browser, "select 1")


def test_the_sites_own_role_is_refused(site):
    detail = asked(site(URL), "select 1", 422)["detail"]
    assert detail.startswith("LAB_DATABASE_URL must name another role")


def test_a_server_that_does_not_answer_is_told_without_its_address(site):
    detail = asked(site("postgresql://lab:hidden@127.0.0.1:1/nothing"), "select 1", 422)["detail"]
    assert detail == "PostgreSQL says: the connection failed"
