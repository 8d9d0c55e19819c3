"""The first page: what this site has. Each card says what its list says, and nothing of what one may not read."""

import json
import sqlite3
from contextlib import closing

import pytest
from playhouse.test_utils import assert_query_count

from models.shared import totals


def cards(browser):
    """What each card says, by its title."""
    return {card.h3.text: words(card) for card in browser.get("/").html.select(".cards li")}


def words(card):
    return " ".join(" ".join(part.text.split()) for part in card.select("h3, p:not(.ways)"))


def test_each_table_has_its_total_and_its_newest_row(visitor):
    assert cards(visitor) == {
        "Users": "Users 10 rows The newest: Fred Flintstone",
        "Posts": "Posts 19 rows The newest: Born in the year 10, to see whether a program can count that far back.",
        "Jokes": "Jokes 7 rows The newest: The bug moved out as soon as somebody came to look.",
    }
    page = visitor.get("/").html
    assert [link["href"] for link in page.select(".newest a")] == ["/users/10", "/posts", "/jokes/7"]


def test_what_is_written_is_on_it_at_once(visitor, member):
    cards(visitor)
    member.post_json("/api/posts", {"note": "<b>שלום</b>"}, status=201)
    assert "20 rows The newest: <b>שלום</b>" in cards(visitor)["Posts"]


def test_a_long_name_is_cut(visitor, member):
    member.post_json("/api/posts", {"note": "W" * 5000}, status=201)
    assert 50 < cards(visitor)["Posts"].count("W") < 200


def test_a_post_whose_user_was_deleted_by_hand_is_not_counted(visitor, settings):
    with closing(sqlite3.connect(settings.database_path, isolation_level=None)) as shell:
        shell.execute("DELETE FROM users WHERE id = 10")
    assert cards(visitor)["Posts"].startswith("Posts 17 rows The newest: 1960")


def test_empty_tables_say_so(visit):
    visitor = visit(sample_data="none")
    assert cards(visitor)["Users"] == "Users 0 rows Nothing is in it yet."


def test_a_visitor_learns_nothing_of_what_only_members_may_read(visit, visitor, log_in):
    closed = visit(directory="members")
    assert cards(closed) == {name: f"{name} For those who are logged in." for name in ("Users", "Posts", "Jokes")}
    assert "Flintstone" not in closed.get("/")


def test_it_takes_two_queries(visit, visitor, monkeypatch):
    monkeypatch.setattr(totals, "SLOW_COUNT", 10)  # on a busy machine too
    forgetful = visit(remember="no")
    forgetful.get("/")
    with assert_query_count(2):
        forgetful.get("/")


def test_it_draws_the_tables_and_says_the_same_in_words(visitor):
    page = visitor.get("/").html
    assert [text.text for text in page.select("svg .table-name")] == ["users", "jokes", "posts"]
    assert len(page.select("svg .reference")) == 1
    assert " ".join(page.select_one(".map details").text.split()) == (
        "The same in words users refers to no other table. posts refers to users by user. "
        "jokes refers to no other table."
    )


def test_in_lesson_mode_it_says_how_to_log_in_and_where_the_classes_are(visit):
    visitor = visit(sample_data="lesson")
    here = {"REMOTE_ADDR": "127.0.0.1"}
    page = visitor.get("/", extra_environ=here)
    assert "123toby" in page
    assert [code.text for code in page.html.select(".ways code")] == [
        "models/user.py",
        "models/post.py",
        "models/joke.py",
    ]
    login = visitor.get("/login", extra_environ=here)
    assert "123toby" in login
    form = login.forms["login"]
    form["uid"], form["password"] = "toby", "123toby"
    home = form.submit(status=303, extra_environ=here).follow(extra_environ=here).goto("/", extra_environ=here)
    assert "123toby" not in home


@pytest.mark.parametrize("path", ["/", "/login"])
def test_elsewhere_it_says_neither(visitor, path):
    page = visitor.get(path).html
    assert "123" not in page.main.text
    assert ".py" not in page.main.text
    assert "sqlite" not in page.main.text


# Models of one's own

MODELS = """
from peewee import CharField, ForeignKeyField
from models import Resource, User


class Person(Resource):
    plural = "people"
    name = CharField()
    parent = ForeignKeyField("self", null=True, backref="children")


class Diary(Resource):
    user = ForeignKeyField(User, backref="diaries")
    text = CharField()
    readers = "owners"


class Secret(Resource):
    text = CharField()
    readers = "admins"

    def __str__(self):
        return self.text.nothing
"""
MANY = """
from peewee import CharField, ForeignKeyField
from models import Resource, User


class Thing{0}(Resource):
    name = CharField()
    user = ForeignKeyField(User, backref="things{0}")
"""
SCRIPT = """
import json, pathlib
from bs4 import BeautifulSoup
from playhouse.test_utils import count_queries
from webtest import TestApp
from app import create_app
from config import Settings
from models.diary import Diary, Person, Secret
from models.session import Session
from models.shared.database import database
from models.shared import totals
from models import User
from tests.routes.test_home import cards

visitor = TestApp(create_app(Settings(volumes=pathlib.Path("{volumes}"), remember="no")))
browsers = {{"visitor": visitor}}
with database.connection_context():
    niko = User.get(User.uid == "niko")
    Diary.create(user=niko, text="Mine")
    Diary.create(user=User.get(User.uid == "hop"), text="Hers")
    Secret.create(text="Hidden")
    for name, uid in (("member", "niko"), ("admin", "toby")):
        _, token = Session.start(User.get(User.uid == uid), "browser", "A browser")
        browsers[name] = TestApp(visitor.app)
        browsers[name].set_cookie("session", token)

totals.SLOW_COUNT = 10
visitor.get("/")
with count_queries() as counted:
    page = visitor.get("/").html
print(json.dumps({{name: cards(browser) for name, browser in browsers.items()}} | {{
    "queries": counted.count,
    "cards": len(page.select(".cards li")),
    "lines": len(page.select("svg .reference")),
    "sight": len(page.select(".places > ul > li")),
    "behind": len(page.select(".places details li:not(.narrow)")),
}}))
"""


def own(said):
    return {name: said[name] for name in ("Diaries", "Secrets", "People")}


def test_with_many_models_it_takes_few_queries_and_shows_what_each_may_read(house):
    (house.models / "diary.py").write_text(MODELS)
    for number in range(30):
        (house.models / f"thing{number}.py").write_text(MANY.format(number))
    code, printed, errors = house("-c", SCRIPT.format(volumes=house.volumes))
    assert code == 0, errors
    found = json.loads(printed)
    nothing = "0 rows Nothing is in it yet."
    assert own(found["visitor"]) == {
        "Diaries": "Diaries For those who are logged in.",
        "Secrets": "Secrets For admins.",
        "People": f"People {nothing}",
    }
    assert own(found["member"]) == {
        "Diaries": "Diaries 1 row of yours The newest: Mine",
        "Secrets": "Secrets For admins.",
        "People": f"People {nothing}",
    }
    assert own(found["admin"]) == {
        "Diaries": "Diaries 2 rows The newest: Hers",
        "Secrets": "Secrets 1 row The newest: secrets 1",
        "People": f"People {nothing}",
    }
    assert (found["queries"], found["cards"], found["lines"]) == (3, 36, 33)
    assert (found["sight"], found["behind"]) == (6, 31)
