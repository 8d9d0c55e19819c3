"""The page of SQL, for people and for programs."""

import pytest

JSON = {"Accept": "application/json"}


@pytest.fixture
def ask(here):
    """Call it with SQL for what a program is told."""

    def post(sql, status=200):
        return here.post("/lab/sql", {"sql": sql}, headers=JSON, status=status).json

    return post


def test_a_query_is_answered_with_its_rows_as_json(ask):
    answer = ask("select id, _uid from users order by id limit 2")
    assert (answer["columns"], answer["rows"]) == (["id", "_uid"], [[1, "toby"], [2, "niko"]])
    assert answer["plan"]["tree"].startswith("QUERY PLAN")
    assert answer["ms"] >= 0
    assert "changes" not in answer


def test_to_delete_all_users_shows_them_their_posts_and_their_logins_and_deletes_none(here, ask, counted):
    here.post("/login", {"uid": "niko", "password": "123niko"}, status=303)
    before = {table: counted(table) for table in ("users", "posts", "sessions", "known_browsers")}
    answer = ask("DELETE FROM users")
    for table, count in before.items():
        assert len(answer["changes"][table]["gone"]) == count > 0
        assert answer["changes"][table]["counts"] == {
            "gone": count,
            "new": 0,
            "changed": 0,
            "before": count,
            "after": 0,
        }
    assert {table: counted(table) for table in before} == before
    assert answer["touches"][0][0] == {"table": "users", "what": "rows go", "by": ""}
    assert {"posts", "sessions", "known_browsers", "drafts"} < {each["table"] for each in answer["touches"][0]}


def test_the_page_shows_the_same_and_says_that_it_did_not_happen(here, counted):
    form = here.get("/lab/sql").forms["sql-form"]
    form["sql"] = "DELETE FROM users"
    html = form.submit().html
    assert html.select_one(".rehearsal").text.startswith("This did not happen.")
    assert "10 rows gone; 10 before, 0 afterwards" in html.text
    assert "posts: rows go, as they refer to users" in " ".join(html.text.split())
    assert len(html.select(".sql-gone")) == 10 + counted("posts")
    assert html.select_one("textarea").text.strip() == "DELETE FROM users"


def test_a_trigger_is_named_before_what_it_did(here, counted):
    html = here.post("/lab/sql", {"sql": "update users set _name = 'N' where id = 2"}).html
    touched = html.select_one(".sql-touches").text
    assert "users: rows change" in touched
    assert "the copies for the search, in folded, by the trigger folded_users_" in touched
    assert "the history, in changed_rows, by " in touched
    assert html.text.index("What it touches") < html.text.index("What would change")
    assert [cell.text for cell in html.select_one(".sql-changed").select("td")] == ["_name", "Nikola Tesla", "N"]
