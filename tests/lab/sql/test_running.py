"""Statements that are run on a copy by a process of their own."""

from lab.sql.running import run_all_sql, run_sql

SECRETS = [
    "select _password from users",
    "select substr(_password, 1, 7) || '' from users",
    "select digest, content from receipts",
    "select digest from sessions union select digest from known_browsers",
    "select x from (select _password as x from users)",
]


def rows_of(sql, *values):
    result = run_sql(sql, values)
    assert result["problem"] == ""
    return result["statements"][-1]["rows"]


def test_a_query_gives_columns_rows_a_plan_and_its_time(here):
    result = run_sql("select id, _name from users where _uid = ?", ["niko"])
    (answer,) = result["statements"]
    assert (answer["columns"], answer["rows"]) == (["id", "_name"], [[2, "Nikola Tesla"]])
    assert answer["plan"]["words"] == ["searches users by the index on _uid"]
    assert answer["plan"]["tree"].splitlines()[0] == "QUERY PLAN"
    assert answer["ms"] >= 0
    assert result["changes"] is None


def test_several_are_run_in_one_go(here):
    result = run_all_sql([("select 1", []), ("select ?", ["two"]), ("select 'a;b' -- one; more\n; select 4", [])])
    assert [each["rows"] for each in result["statements"]] == [[[1]], [["two"]], [["a;b"]], [[4]]]


def test_what_a_statement_would_change_is_found_on_a_copy(here, counted):
    result = run_sql("update users set _name = upper(_name) where id < ?", [3])
    table = result["changes"]["tables"]["users"]
    assert (table["gone"], table["new"], table["changed"], table["before"], table["after"]) == (0, 0, 2, 10, 10)
    assert [row["after"]["_name"] for row in table["rows"]] == ["THOMAS EDISON", "NIKOLA TESLA"]
    assert rows_of("select _name from users where id = 1") == [["Thomas Edison"]]
    assert counted() == 10


def test_no_secret_is_in_the_copy(here):
    here.post("/login", {"uid": "niko", "password": "123niko"}, status=303)
    for sql in SECRETS:
        assert all(str(cell).startswith("•••") for row in rows_of(sql) for cell in row), sql
