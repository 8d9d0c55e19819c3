"""The picture of the tables and their rows, on PostgreSQL."""

from xml.etree import ElementTree

import pytest
from webtest import TestApp

from app import create_app
from config import Settings
from models.shared.database import database
from tests.postgresql.test_postgresql import URL, _empty_database  # noqa: F401 - a fixture

pytest.importorskip("lab.tables")  # the lab can be taken away
HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost"}
ODD = 'odd "name" 100%s'
QUOTED = '"odd ""name"" 100%s"'
MADE = f"""
CREATE TABLE {QUOTED} ("a ""b"" %s" serial PRIMARY KEY, "x/y" integer REFERENCES users, doc jsonb,
bytes bytea, number numeric(10, 2), day date, twice integer GENERATED ALWAYS AS (2) STORED, CHECK (number > 0));
CREATE TABLE loose (a integer, b text);
CREATE VIEW writers AS SELECT _name, count(*) AS posts FROM users JOIN posts ON "userID" = users.id GROUP BY _name
"""
FILLED = f"""INSERT INTO {QUOTED} ("x/y", doc, bytes, number, day) VALUES (2, '{{}}', '\\x00ff', 3.5, 'infinity')"""
DROPPED = f"DROP TABLE IF EXISTS {QUOTED}, loose; DROP VIEW IF EXISTS writers, slow"


@pytest.fixture
def here(tmp_path):
    app = create_app(Settings(volumes=tmp_path, database_url=URL, sample_data="lesson"))
    run(DROPPED, *MADE.split(";\n"), FILLED, "INSERT INTO loose SELECT i, i % 3 FROM generate_series(1, 50) i")
    yield TestApp(app, extra_environ=HERE)
    run(DROPPED)


def run(*statements):
    with database.connection_context():
        for each in statements:
            database.execute_sql(each.replace("%", "%%"))


def texts(answer):
    return [each.text for each in answer.html.select(".lab-schema text")]


def column(answer, name):
    heads = [each.text.strip() for each in answer.html.select(".lab-rows thead th")]
    place = heads.index(name)
    return [each.select("th, td")[place].text.strip() for each in answer.html.select(".lab-rows tbody tr")]


def test_each_table_is_drawn_and_a_fresh_database_differs_in_nothing_but_what_has_no_class(here):
    answer = here.get("/lab/tables")
    assert {"users", "_uid", "VARCHAR(64)", "User.uid", ODD, 'a "b" %s', "NUMERIC(10,2) NULL"} <= set(texts(answer))
    differences = [each.strong.text for each in answer.html.select(".lab-difference")[1:]]
    assert differences == ["No class has the table loose.", f"No class has the table {ODD}."]
    ElementTree.fromstring(here.get("/lab/tables.svg").body)
    assert '"users" ||--o{ "posts" : "userID"' in here.get("/lab/tables.mmd").text


def test_a_statement_is_put_together_that_would_make_the_table(here):
    cards = {each.h3.code.text: each for each in here.get("/lab/tables").html.select(".lab-table")}
    users, folded, odd = (cards[name].pre.text for name in ("users", "folded", ODD))
    assert '"_uid" character varying(64) NOT NULL' in users
    assert 'CONSTRAINT "users_pkey" PRIMARY KEY (id)' in users
    assert "CREATE UNIQUE INDEX users__uid" in users
    assert '"start" character varying(100) COLLATE "C"' in folded
    assert "CHECK ((number > (0)::numeric))" in odd
    assert "GENERATED ALWAYS AS (2) STORED" in odd
    assert "10 rows" in cards["users"].text
    assert "KiB" in cards["users"].text


def test_what_differs_is_told(here):
    run("ALTER TABLE jokes ALTER haha TYPE text, DROP boohoo; ALTER TABLE posts ADD stars integer")
    answer = here.get("/lab/tables")
    differences = [each.strong.text for each in answer.html.select(".lab-difference")]
    assert "The table jokes has haha as TEXT, not as INTEGER." in differences
    assert "The table jokes has no column boohoo, and the class has the field boohoo." in differences
    assert "The table posts has a column stars, and the class has no such field." in differences


@pytest.mark.parametrize(("sort", "first"), [("a", "1"), ("-a", "50")])
def test_rows_come_in_pages_from_both_ends_also_without_a_key(here, sort, first):
    pages = [here.get(f"/lab/tables/loose?sort={sort}&limit=10&page={number}") for number in range(1, 6)]
    rows = [each for page in pages for each in column(page, "a")]
    assert rows[0] == first
    assert len(set(rows)) == 50
    assert column(here.get("/lab/tables/writers?sort=-posts"), "posts")[0] == "3"


def test_values_of_every_kind_are_shown_and_links_lead_both_ways(here):
    rows = here.get("/lab/tables").click(href="odd")
    assert [column(rows, name)[0] for name in ("doc", "bytes", "number", "day", "twice")] == [
        *("{}", "2 bytes", "3.50", "infinity", "2")
    ]
    user = rows.click("^2$", href="users")
    assert "niko" in user
    assert "posts.userID" in user
    assert column(user.click("posts.userID"), "userID") == ["2", "2"]


def test_a_filter_finds_and_one_that_makes_no_sense_is_told_in_the_words_of_the_server(here):
    assert column(here.get("/lab/tables/users?column=_uid&is=contains&value=H&sort=_uid"), "_uid")[0] == "heddy"
    assert "No row fits" in here.get("/lab/tables/users?column=_uid&is=contains&value=%25")
    refused = here.get("/lab/tables/users?column=id&value=one", status=422)
    assert "invalid input syntax for type integer" in refused
    assert "10 rows" in here.get("/lab/tables/users")


def test_hashes_are_dots_and_what_takes_too_long_is_stopped(here, monkeypatch):
    assert set(column(here.get("/lab/tables/users"), "_password")) == {"•••"}
    assert "pbkdf2" not in here.get("/lab/tables/users")
    monkeypatch.setattr("lab.tables.reader.MOST_SECONDS_TO_READ", 0.1)
    run("CREATE VIEW slow AS SELECT pg_sleep(5) IS NULL AS a")
    assert "it was stopped" in here.get("/lab/tables/slow", status=422)
    here.get("/lab/tables")
