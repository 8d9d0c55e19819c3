"""Models of your own on PostgreSQL. Run by `tests/postgresql/`, where there is a server."""

import os
from pathlib import Path

import pytest
from models.library import Egg, Hen
from models.planet import Planet
from webtest import TestApp

from app import create_app
from config import Settings
from models.session import Session
from models.shared.database import bind_database, database
from models.shared.loading import all_models
from models.shared.migrating import drop_tables
from models.shared.start_errors import Unusable
from models.user import User
from tests.own_model.places import check_places
from tests.own_model.test_deletion import circle
from tests.own_model.test_exchange import add_odd_rows, check_round_trip
from tests.own_model.test_undoing import KINDS, check_kinds, check_undoing
from tests.pages import walked

URL = os.environ.get("TEST_DATABASE_URL", "")
PLANET = {
    "star": 2,
    "name": "New",
    "notes": "",
    "moons": -(2**31) + 1,
    "age": 2**63 - 1,
    "mass": 1e300,
    "price": "1234.50",
    "rings": True,
    "life": False,
    "found": "0012-04-05",
    "seen": "2008-04-05T16:30:00Z",
    "code": "0b8a1d3e-5f0c-4a53-9d55-6f2f1c1f7a10",
    "size": "l",
}

pytestmark = pytest.mark.skipif(not URL, reason="TEST_DATABASE_URL names no server")


@pytest.fixture
def start(tmp_path):
    """Call it for a visitor of a site that has just been started."""
    bind_database(Path(), URL)
    with database.connection_context():
        drop_tables()
    yield lambda: TestApp(create_app(Settings(volumes=tmp_path, database_url=URL)))
    with database.connection_context():
        drop_tables()
    database.close_all()


@pytest.fixture
def member(start):
    browser = start()
    with database.connection_context():
        _, token = Session.start(User.get(uid="niko"), "browser")
    browser.set_cookie("session", token)
    return browser


def test_a_second_start_finds_nothing_to_change(start, capsys):
    start()
    start()
    assert capsys.readouterr().out == ""
    with database.connection_context():
        assert all(model.table_exists() for model in all_models())


def test_every_kind_of_field_comes_back_as_it_was_sent(member):
    planet = member.post_json("/api/planets", PLANET, status=201).json
    assert planet == {"id": 3, "owner": 2} | PLANET
    assert member.get("/api/planets/3").json == planet
    member.post_json("/api/planets", PLANET | {"code": None}, status=422)
    again = member.post_json("/api/planets", PLANET, status=422).json["problems"]
    assert again == {"code": "is already taken", "name": "is already taken with this star"}
    form = member.get("/planets/3/edit").forms["edit"]
    form.submit(status=303)
    assert member.get("/api/planets/3").json == planet


@pytest.mark.parametrize("sort", Planet.sorts)
def test_walking_the_pages_meets_each_planet_once(member, sort):
    for number in range(4):
        member.post_json(
            "/api/planets", {"name": f"P{number}", "mass": number / 3, "rings": number % 2 == 0}, status=201
        )
    for sign in ("", "-"):
        assert sorted(walked(member, f"/api/planets?limit=2&sort={sign}{sort}")) == [1, 2, 3, 4, 5, 6]


def test_filters_and_pages_work(member):
    code = member.get("/api/planets/1").json["code"]
    for query in (f"code={code}", "rings=false", "price=10.5", "star=1&moons=2", "search=MAR"):
        assert [planet["id"] for planet in member.get(f"/api/planets?{query}").json["planets"]] == [1]
    for path in ("/planets", "/planets/1", "/planets/new", "/jokes", "/api/jokes/random"):
        member.get(path, status=200)


def test_a_column_that_a_table_lacks_is_added_and_another_difference_ends_the_start(start, capsys):
    start()
    with database.connection_context():
        for column in ("rings", "age", "star_id"):
            database.execute_sql(f"alter table planets drop column {column}")
        database.execute_sql("create unique index planet_star_id_name on planets (name)")
        database.execute_sql("drop index planet_star_id_name")
    with pytest.raises(Unusable, match="lacks a unique index on star_id, name"):
        start()
    with database.connection_context():
        assert "rings" not in [column.name for column in database.get_columns("planets")]
    Planet._meta.indexes.clear()
    start()
    printed = capsys.readouterr().out
    assert all(f"a new column {column}," in printed for column in ("rings", "age", "star_id"))
    with database.connection_context():
        assert {planet.rings for planet in Planet.select()} == {False}
        database.execute_sql("alter table planets alter column name type text")
    with pytest.raises(Unusable, match=r"has name as TEXT, not as CHARACTER VARYING\(20\)"):
        start()


def test_rows_that_refer_to_each_other_keep_each_other_and_go_with_their_person(member):
    circle()
    assert member.delete("/api/hens/1", status=422).json["problems"] == {"eggs": "refer to it: First"}
    member.delete("/api/users/2", status=204)
    with database.connection_context():
        assert (Hen.select().count(), Egg.select().count()) == (0, 0)


def test_an_old_table_gets_the_rule_of_its_class(start, capsys):
    start()
    with database.connection_context():
        for key in database.get_foreign_keys("books"):
            database.execute_sql(f"alter table books drop constraint {key.name}")
        database.execute_sql("alter table books add foreign key (shelf_id) references shelves on delete cascade")
    start()
    said = "The table books has {} now, as Book says."
    rules = ("owner_id CASCADE", "shelf_id NO ACTION", "back_to_id SET NULL")
    assert capsys.readouterr().out.splitlines() == [said.format(rule) for rule in rules]
    start()
    assert capsys.readouterr().out == ""


ODD = {  # what PostgreSQL keeps, and Python or JSON cannot say
    "found": ("'infinity'", "'-infinity'", "'0044-03-15 BC'", "'20000-01-01'"),
    "seen": ("'infinity'", "'0044-03-15 12:00 BC'", "'2008-04-05 16:30:00.25'"),
    "mass": ("'NaN'", "'infinity'"),
    "price": ("'NaN'",),
    "name": ("' Mars '", "'tab' || chr(9)"),
}


@pytest.mark.parametrize(("column", "value"), [(column, value) for column in ODD for value in ODD[column]])
def test_one_odd_value_takes_no_list_down_and_every_page_is_reached(member, column, value):
    for number in range(5):
        planet = {"name": f"P{number}", "mass": number, "price": number, "found": f"2020-01-0{number + 1}"}
        member.post_json("/api/planets", planet | {"seen": f"2020-01-0{number + 1}T00:00:00Z"}, status=201)
    with database.connection_context():
        database.execute_sql(f"update planets set {column} = {value} where id = 4")
    for sign in ("", "-"):
        assert sorted(walked(member, f"/api/planets?limit=1&sort={sign}{column}")) == [1, 2, 3, 4, 5, 6, 7]
    for path in ("/planets", "/planets/4", "/api/planets/4"):
        member.get(path, status=200)


def test_a_place_that_no_row_can_have_is_refused(member):
    check_places(member, Planet.sorts)


@pytest.mark.parametrize(
    "by", ["owner", "star", "name", "moons", "age", "mass", "price", "rings", "life", "found", "seen", "size"]
)
def test_each_kind_of_field_is_counted(member, by):
    member.post_json("/api/planets", PLANET, status=201)
    counts = member.get(f"/api/planets/counts?by={by}").json
    assert counts["total"] == 3 == sum(bar["count"] for bar in counts["counts"])
    member.get(f"/planets/chart?by={by}", status=200)


def test_lists_from_their_ends_filters_and_what_refers_to_a_row(member):
    for number in range(25):
        planet = {"name": f"P{number:02}", "star": 2, "moons": number, "seen": f"2020-01-{number + 1:02}T23:59:59Z"}
        member.post_json("/api/planets", planet | {"price": number / 4}, status=201)
    assert "21–25 of 25 planets" in member.get("/planets?star=2").click("Last")
    page = member.get("/planets?star=2&moons_from=3&price_to=1.25&seen_from=2020-01-05&seen_to=2020-01-06")
    assert [row.text.strip() for row in page.html.select("tbody .name")] == ["P04", "P05"]
    assert [cell.text.strip() for cell in member.get("/stars").html.select("td[data-head=Planets]")] == ["2", "25"]
    assert len(member.get("/stars/2").html.select(".referring li")) == 10
    heads = [" ".join(head.text.split()) for head in member.get("/users/2").html.select(".referring h2")]
    assert {"Badges 0", "Branches (author) 2", "Branches (editor) 2", "Planets 27"} <= set(heads)
    assert walked(member, "/api/stars/2/planets?sort=-moons&limit=10")[0] == 27
    assert walked(member, "/api/users/2/branches") == [1, 2, 3]
    found = member.get("/api/planets?expand=star,owner&limit=30&star=2").json["planets"]
    assert {(each["expanded"]["star"]["name"], each["expanded"]["owner"]["uid"]) for each in found} == {
        ("Sirius", "niko")
    }


def test_each_table_comes_in_again_as_it_was(start):
    start()
    with database.connection_context():
        add_odd_rows()
        check_round_trip("csv")


def test_what_was_done_is_undone_here_too(member):
    with database.connection_context():
        User.update(role="admin").where(User.id == 5).execute()
        _, token = Session.start(User.get_by_id(5), "browser")
    admin = TestApp(member.app)
    admin.set_cookie("session", token)
    check_kinds(admin, KINDS)
    check_undoing(admin)
