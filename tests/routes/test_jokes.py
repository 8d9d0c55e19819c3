"""Jokes: the routes of their own beside those that every Resource has."""

import pytest

from models.joke import Joke
from models.shared.database import database


def test_a_visitor_laughs_and_groans_on_the_page_of_a_joke(visitor):
    page = visitor.get("/").click("^Jokes$", index=0).click("A teacher asked for a class", index=0)
    page = page.forms["haha"].submit(status=303).follow()
    page = page.forms["boohoo"].submit(status=303).follow()
    joke = visitor.get("/api/jokes/3").json
    assert (joke["haha"], joke["boohoo"]) == (1, 1)
    assert "routes/resources.py → models/joke.py → views/resources/show.tpl → views/jokes/show.tpl" in page


def test_any_joke_is_told(visitor):
    jokes = visitor.get("/api/jokes").json["jokes"]
    assert visitor.get("/api/jokes/random").json in jokes


def test_without_a_joke_there_is_none_to_tell(visitor):
    with database.connection_context():
        Joke.delete().execute()
    assert visitor.get("/api/jokes/random", status=404).json["title"] == "There is nothing here"
    assert "There are no jokes yet." in visitor.get("/jokes")


def test_a_joke_that_is_gone_is_not_found(visitor):
    for path in ("/api/jokes/99/haha", "/api/jokes/99/boohoo", "/jokes/99/haha", "/jokes/99/boohoo"):
        visitor.post(path, status=404)


def test_nobody_sends_how_many_laughed(admin):
    answer = admin.patch_json("/api/jokes/1", {"haha": 1000}, status=422)
    assert answer.json["problems"] == {"haha": "is read-only"}


def test_where_jokes_are_for_members_only_they_laugh(visit, member):
    visit(directory="members").post("/api/jokes/1/haha", status=401)
    member.post("/api/jokes/1/haha", status=200)


def test_a_page_of_another_site_laughs_for_nobody(visitor):
    visitor.post("/api/jokes/1/haha", headers={"Sec-Fetch-Site": "cross-site"}, status=403)


def test_a_visitor_laughs_in_the_list_and_stays_there(visitor):
    page = visitor.get("/jokes?sort=-id")
    form = page.html.select_one("#row-3 form[action$=haha]")
    assert form.button.text == "Haha to joke 3"
    answer = visitor.post(form["action"], {"back": form.input["value"]}, status=303)
    assert answer.headers["Location"] == "/jokes?sort=-id#row-3"
    assert visitor.get("/api/jokes/3").json["haha"] == 1


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", "jokes", "/é", ""])
def test_it_leads_nowhere_else(visitor, back):
    assert visitor.post("/jokes/1/boohoo", {"back": back}, status=303).headers["Location"] == "/jokes/1"


def test_the_list_with_its_buttons_is_remembered_for_all(visitor):
    assert visitor.get("/jokes").headers["Cache-Control"] == "no-cache"
