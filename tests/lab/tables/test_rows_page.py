"""The rows of a table as they are stored: in pages, sorted, filtered, with links both ways, and no secret in sight."""

import sqlite3
from contextlib import closing
from urllib.parse import urlencode

import pytest

from lab.tables.asked import MOST_FILTERS
from models.shared.database import database
from models.shared.tokens import new_token

NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) "


@pytest.fixture
def things(here):
    """Sixty rows of a table with a key, every tenth without a value; a table without one; a view; all in one."""
    run(
        "CREATE TABLE things (id INTEGER PRIMARY KEY, size INTEGER, name TEXT)",
        f"{NUMBERS}INSERT INTO things SELECT i, CASE WHEN i % 10 THEN i % 7 END, 'thing ' || i FROM n",
        "CREATE TABLE loose (a, b)",
        f"{NUMBERS}INSERT INTO loose SELECT i, i % 3 FROM n",
        "CREATE VIEW small AS SELECT * FROM things WHERE id <= 10",
    )
    return here


def run(*statements):
    with closing(sqlite3.connect(database.database)) as connection:
        for each in statements:
            connection.execute(each)
        connection.commit()


def ask(browser, table, status=200, **asked):
    return browser.get(f"/lab/tables/{table}?{urlencode(asked)}", status=status)


def column(answer, name):
    """The texts of a column."""
    heads = [each.text.strip() for each in answer.html.select(".lab-rows thead th")]
    place = heads.index(name)
    return [each.select("th, td")[place].text.strip() for each in answer.html.select(".lab-rows tbody tr")]


def facts(answer):
    """A row that stands alone."""
    return {each.dt.code.text: each.dd.text for each in answer.html.select(".lab-one-row > div")}


def alert(answer):
    return " ".join(answer.html.select_one("[role=alert]").text.split())


def test_rows_come_in_pages_from_both_ends_and_each_once(things):
    answer, seen = ask(things, "things", limit=15), []
    while True:
        seen += map(int, column(answer, "id"))
        following = answer.html.find("a", rel="next")
        if not following:
            break
        answer = things.get(following["href"])
    assert seen == list(range(1, 61))
    assert "Rows 46–60 of 60" in answer
    assert column(answer.click("^Previous$"), "id")[-1] == "45"
    assert column(answer.click("^First$").click("^Last$"), "id") == column(answer, "id")


@pytest.mark.parametrize("sort", ["size", "-size", "name", "-id"])
def test_each_row_is_on_one_page_in_each_order_and_null_comes_last(things, sort):
    pages = [ask(things, "things", sort=sort, limit=20, page=number) for number in (1, 2, 3)]
    assert len({each for page in pages for each in column(page, "id")}) == 60
    name = sort.removeprefix("-")
    texts = [each for page in pages for each in column(page, name)]
    values = [int(each) if name != "name" else each for each in texts if each != "NULL"]
    assert values == sorted(values, reverse=sort.startswith("-"))
    assert "NULL" not in texts[: len(values)]


@pytest.mark.parametrize("table", ["loose", "small"])
def test_a_table_without_a_key_and_a_view_can_be_read_too(things, table):
    first, second = (ask(things, table, limit=6, page=number) for number in (1, 2))
    name = "a" if table == "loose" else "id"
    assert column(first, name) == ["1", "2", "3", "4", "5", "6"]
    assert column(second, name)[:4] == ["7", "8", "9", "10"]
    alone = things.get(second.html.select_one("tbody th a")["href"])
    assert facts(alone)[name] == "7"
    assert facts(alone.click("^Next$"))[name] == "8"


def test_the_head_of_a_column_sorts_by_it_up_and_down(here):
    up = here.get("/lab/tables/users").click("^_uid$")
    assert column(up, "_uid")[0] == "fred"
    assert up.html.find("th", attrs={"aria-sort": "ascending"}).text.strip() == "_uid"
    assert column(up.click("^_uid$"), "_uid")[0] == "wilma"


@pytest.mark.parametrize(
    ("way", "value", "found"),
    [
        ("=", "toby", {"toby"}),
        ("contains", "OB", {"toby"}),
        ("contains", "%", set()),
        ("contains", "_", set()),
        ("<", "hedy", {"fred", "heddy"}),
        (">=", "whit", {"whit", "wilma"}),
        ("<>", "toby", None),
        ("IS NULL", "", set()),
        ("IS NOT NULL", "", None),
    ],
)
def test_a_filter_says_what_a_column_must_be(here, way, value, found):
    answer = ask(here, "users", **{"column": "_uid", "is": way, "value": value, "limit": 200})
    rows = {facts(answer)["_uid"]} if facts(answer) else set(column(answer, "_uid")) if found != set() else set()
    assert rows == found if found is not None else len(rows) == (9 if way == "<>" else 10)


def test_filters_add_up_and_their_form_keeps_them_and_the_order(here):
    answer = ask(
        here, "users", column="_role", value="user", column2="_dob", is2="<", value2="1800-01-01", sort="-_dob"
    )
    assert column(answer, "_uid") == ["whit", "wilma", "fred"]
    form = answer.forms["filter"]
    form["column3"], form["is3"], form["value3"] = "_name", "contains", "flint"
    assert column(form.submit(), "_uid") == ["wilma", "fred"]
    assert "Show all" in form.submit()


def test_there_is_an_end_of_filters(here):
    answer = ask(here, "users", **{f"column{n or ''}": "id" for n in (0, *range(2, MOST_FILTERS + 3))})
    assert len(answer.html.select("#filter fieldset")) == MOST_FILTERS


def test_a_value_is_found_whatever_kind_sqlite_has_given_it(here):
    run("CREATE TABLE kinds (a)", "INSERT INTO kinds VALUES (3), ('3'), (3.0), (x'33'), ('three'), (NULL)")
    assert column(ask(here, "kinds", column="a", value="3"), "a") == ["3", "3", "3.0"]
    assert column(here.get("/lab/tables/kinds"), "a") == ["3", "3", "3.0", "1 bytes", "three", "NULL"]


def test_a_foreign_key_leads_to_its_row_and_that_leads_back(here):
    post = here.get("/lab/tables/posts").click("^2$", href="/lab/tables/users", index=0)
    assert facts(post)["_uid"] == "niko"
    back = post.click("posts.userID")
    assert column(back, "userID") == ["2", "2"]
    assert "posts.userID 3" in " ".join(here.get("/lab/tables/users").text.split())


def test_a_key_of_several_columns_is_followed_both_ways(here):
    run(
        "CREATE TABLE seats (row INTEGER, seat INTEGER, PRIMARY KEY (row, seat))",
        "CREATE TABLE guests (id INTEGER PRIMARY KEY, r INTEGER, s INTEGER, FOREIGN KEY (r, s) REFERENCES seats)",
        "INSERT INTO seats VALUES (1, 1), (1, 2)",
        "INSERT INTO guests VALUES (7, 1, 2)",
    )
    seat = here.get("/lab/tables/guests").click("^1$", href="seats")
    assert facts(seat) == {"row": "1", "seat": "2"}
    assert facts(seat.click("guests.r, s"))["id"] == "7"


def test_what_refers_to_itself_is_followed_both_ways(here):
    run(
        "CREATE TABLE nodes (id INTEGER PRIMARY KEY, up INTEGER REFERENCES nodes)",
        "INSERT INTO nodes VALUES (1, NULL), (2, 1)",
    )
    up = here.get("/lab/tables/nodes").click("^1$", href="nodes")
    assert facts(up) == {"id": "1", "up": "NULL"}
    assert facts(up.click("nodes.up"))["id"] == "2"


def test_hashes_digests_and_tokens_are_dots_and_nowhere_on_a_page(here):
    token = new_token()
    run(
        f"INSERT INTO known_browsers (digest, user_id, last_used) VALUES ('{'ab' * 32}', 2, '2026-01-01')",
        "INSERT INTO receipts (digest, content, status, body, created) "
        f"VALUES ('d', 'c', 200, 'my {token}', '2026-01-01')",
        f"UPDATE posts SET note = 'my token {token}' WHERE id = 1",
        "CREATE TABLE lamps (id INTEGER PRIMARY KEY, api_key TEXT, note TEXT)",
        "INSERT INTO lamps VALUES (1, 'sesame', 'scrypt:32768:8:1$salt$0123')",
        "CREATE VIEW hashes AS SELECT _password AS p FROM users",
    )
    with closing(sqlite3.connect(database.database)) as connection:
        hashes = [row[0] for row in connection.execute("SELECT _password FROM users")]
    for table in ("users", "known_browsers", "receipts", "posts", "lamps", "hashes"):
        for asked in ("", "?limit=1", "?column=id&value=1"):
            text = here.get(f"/lab/tables/{table}{asked}", expect_errors=True).text
            assert not [each for each in (*hashes, "ab" * 32, token, "sesame", "$salt$") if each in text], (
                table,
                asked,
            )
    assert set(column(here.get("/lab/tables/users"), "_password")) == {"•••"}
    assert "my token •••" in here.get("/lab/tables/posts")


@pytest.mark.parametrize(
    "asked", ["sort=_password", "sort=-_password", "column=_password&value=x", "column2=_password&is2=IS+NULL"]
)
def test_nobody_guesses_a_hash_by_looking_for_it_or_sorting(here, asked):
    assert "Nothing is shown" in alert(here.get(f"/lab/tables/users?{asked}", status=422))
    assert "_password" not in here.get("/lab/tables/users").html.select_one("#filter").text


def test_a_secret_that_may_be_searched_is_no_secret_of_its_copies(here, monkeypatch):
    from models.joke import Joke

    monkeypatch.setattr(Joke, "searched", ("joke",))
    monkeypatch.setattr(Joke._meta.fields["joke"], "name", "secret_joke")
    monkeypatch.setattr(Joke, "searched", ("secret_joke",))
    assert set(column(here.get("/lab/tables/folded"), "text")) == {"•••"}


def test_a_long_text_is_cut_in_a_list_and_whole_alone_and_bytes_are_counted(here):
    run(
        "CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT, bytes BLOB)",
        f"INSERT INTO texts VALUES (1, '{'long ' * 2000}', x'00ff00'), (2, 'a' || char(0) || 'b', NULL)",
    )
    answer = here.get("/lab/tables/texts")
    assert [len(each) for each in column(answer, "text")] == [101, 3]
    assert column(answer, "bytes") == ["3 bytes", "NULL"]
    alone = here.get(answer.html.select_one("tbody th a")["href"])
    assert facts(alone)["text"] == "long " * 2000


def test_a_key_may_be_text_or_nothing_and_a_row_may_have_no_number(here):
    run(
        "CREATE TABLE tags (name TEXT PRIMARY KEY, rank INTEGER)",
        "INSERT INTO tags VALUES ('b', 1), (NULL, 2), ('a/?&', 3), (NULL, 4)",
        "CREATE TABLE pairs (a TEXT, b INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID",
        "INSERT INTO pairs VALUES ('x', 2), ('x', 1), ('w', 9)",
        "CREATE TABLE shadowed (rowid TEXT, value INTEGER)",
        "INSERT INTO shadowed VALUES ('one', 1), ('two', 2), (NULL, 3)",
    )
    assert column(here.get("/lab/tables/tags?sort=rank"), "rank") == ["1", "2", "3", "4"]
    assert len(column(here.get("/lab/tables/tags?limit=3"), "name")) == 3
    assert facts(here.get(here.get("/lab/tables/tags").html.select("tbody th a")[2]["href"]))["rank"] == "3"
    assert column(here.get("/lab/tables/pairs"), "b") == ["9", "1", "2"]
    assert column(here.get("/lab/tables/shadowed?sort=value"), "value") == ["1", "2", "3"]


def test_how_many_refer_is_not_counted_where_that_takes_long(here, monkeypatch):
    run(
        "CREATE TABLE fans (id INTEGER PRIMARY KEY, idol INTEGER REFERENCES users)",
        "INSERT INTO fans (idol) VALUES (1), (1), (2)",
    )
    counted = here.get("/lab/tables/users?column=id&value=1").html.select_one(".lab-others").text.split()
    assert counted == ["posts.userID", "3", "fans.idol", "2"]
    monkeypatch.setattr("lab.tables.links.MOST_LOOKED_THROUGH", 2)
    answer = here.get("/lab/tables/users?column=id&value=1")
    assert answer.html.select_one(".lab-others").text.split() == ["posts.userID", "3", "fans.idol"]
    assert column(answer.click("fans.idol"), "idol") == ["1", "1"]


def test_a_wide_table_is_shown_whole(here):
    names = [f"c{n}" for n in range(64)]
    run(f"CREATE TABLE wide ({', '.join(names)})", f"INSERT INTO wide VALUES ({', '.join('1' * 64)})")
    answer = here.get("/lab/tables/wide")
    assert column(answer, "c63") == ["1"]
    assert len(facts(ask(here, "wide", limit=1))) == 64


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("sort=nothing", "sort is no column"),
        ("column=nothing&value=1", "column is no column"),
        ("column=id&is=like&value=1", "is must be one of"),
        ("column=id&value=%00", "value has a NUL"),
        ("limit=0", "limit must be a whole number from 1 to 200"),
        ("limit=99999", "limit must be a whole number from 1 to 200"),
        ("page=0", "page must be a whole number"),
        ("page=-1", "page must be a whole number"),
        ("page=1e3", "page must be a whole number"),
        ("sort=id&sort=_uid", "sort must be given once"),
    ],
)
def test_what_makes_no_sense_is_told(here, asked, words):
    assert words in alert(here.get(f"/lab/tables/users?{asked}", status=422))


@pytest.mark.parametrize("value", ["'", "1; DROP TABLE users", "' OR 1=1 --", "9" * 400, "x" * 5000, "\u202e"])
def test_a_value_is_never_a_part_of_the_statement(here, value):
    assert "No row fits that." in ask(here, "users", column="id", value=value)
    assert "10 rows" in here.get("/lab/tables/users")


def test_a_page_behind_the_last_one_is_empty_and_leads_back(here):
    answer = ask(here, "users", page=10**9)
    assert "No row is here." in answer
    assert column(answer.click("^Previous$"), "id")[0] == "1"


@pytest.mark.parametrize("name", ["nothing", "users;", "Users", "sqlite_master", "../users", "%2e%2e", "a%00b"])
def test_what_is_no_table_is_not_found(here, name):
    here.get(f"/lab/tables/{name}", status=404)


def test_the_sql_of_the_page_finds_its_rows(things):
    asked = {"column": "name", "is": "contains", "value": "THING", "column2": "size", "value2": "3"}
    answer = ask(things, "things", **asked, sort="-name", limit=2, page=2)
    with closing(sqlite3.connect(database.database)) as connection:
        rows = connection.execute(answer.html.select_one(".lab-sql code").text).fetchall()
    assert [str(row[0]) for row in rows] == column(answer, "id") != []
    assert "SELECT *" in answer.click("Try it on a copy").html.find("textarea").text
    quoted = ask(things, "things", column="name", value="it's").html.select_one(".lab-sql code").text
    assert "\"name\" = 'it''s'" in quoted


def test_what_takes_too_long_is_stopped_with_words(here, monkeypatch):
    monkeypatch.setattr("lab.tables.reader.MOST_SECONDS_TO_READ", 0.25)
    run("CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n")
    assert "it was stopped" in alert(ask(here, "endless", status=422, sort="i"))
    assert "of more than can be counted in a moment" in ask(here, "endless")
    monkeypatch.setattr("lab.tables.reader.MOST_SECONDS_TO_READ", -1)
    assert "so it was stopped" in here.get("/lab/tables", status=503)


def test_nothing_is_written_by_looking(things):
    def state():
        with closing(sqlite3.connect(database.database)) as connection:
            return list(connection.iterdump())

    before = state()
    for path in ("", ".svg", ".mmd", "/things?sort=-size&page=2", "/users", "/small", "/folded"):
        things.get(f"/lab/tables{path}")
    assert state() == before


def test_rows_are_read_while_another_program_writes(here):
    with closing(sqlite3.connect(database.database)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM posts")
        assert "19 rows" in here.get("/lab/tables/posts")
        other.rollback()
