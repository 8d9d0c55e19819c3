"""Whatever came with a request, or was said about it, is written as text."""

from urllib.parse import quote

import pytest

from models.shared.database import database
from tests.lab.planted import plant

MARKUP = "<script>alert(1)</script>"
WAYS = {
    "SQL": f"database.execute_sql({f'SELECT 1 /* {MARKUP} */'!r}).fetchone()",
    "a value": f"database.execute_sql('SELECT ?', ({MARKUP!r},)).fetchone()",
    "an error": f"database.execute_sql({f'SELECT 1 FROM `{MARKUP}`'!r})",
    "a plan": f"database.execute_sql({f'SELECT * FROM [{MARKUP}]'!r}).fetchall()",
    "what stands for an argument": f"(lambda: None)() or shown({{'note': {MARKUP!r}}})",
    "a row": f"list(User.select().where(User.name == {MARKUP!r}))",
}


@pytest.mark.parametrize("way", WAYS)
def test_markup_in_it_is_shown_as_text(here, way):
    with database.connection_context():
        database.execute_sql(f"CREATE TABLE [{MARKUP}] (x INTEGER)")
    plant(here, "def shown(given): return given", "try:", f"    return str({WAYS[way]})", "except Exception: return ''")
    here.get("/planted")
    for path in ("/lab/requests", "/lab/requests/1", "/lab/requests/1/steps/1", "/lab/requests/1/statements/0"):
        answer = here.get(path, expect_errors=True)
        assert MARKUP not in answer.text
        assert not answer.html.find("script", string="alert(1)")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in here.get("/lab/requests/1").text


def test_markup_in_an_address_a_field_an_origin_and_a_header_is_shown_as_text(site):
    here = site(origins=("https://page.example",))
    here.get(f"/{quote(MARKUP)}?{quote(MARKUP)}={quote(MARKUP)}", headers={"User-Agent": MARKUP}, status=404)
    here.post("/login", {MARKUP: MARKUP, "uid": MARKUP}, headers={"X-Odd": MARKUP}, expect_errors=True)
    here.get("/api/users", headers={"Origin": MARKUP})
    for path in ("/lab/requests", "/lab/requests/1", "/lab/requests/2", "/lab/requests/3"):
        answer = here.get(path)
        assert MARKUP not in answer.text
        assert "&lt;script&gt;" in answer.text


def test_a_user_who_is_called_script_is_one_like_others(here):
    form = here.get("/users/new").forms[0]
    form["name"], form["uid"] = MARKUP, "script"
    form.submit()
    answer = here.get("/lab/requests/2")
    assert MARKUP not in answer.text
    assert "users 11 is added" in answer
