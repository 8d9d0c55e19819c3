"""What refers to a row: on its page, in lists, and in JSON. Run by `tests/routes/test_resources.py`."""

import sqlite3
from contextlib import closing

import pytest
from jsonschema import Draft202012Validator
from models.branch import Branch
from models.planet import Planet
from models.star import Star
from openapi_spec_validator import OpenAPIV31SpecValidator
from playhouse.test_utils import count_queries

from models.shared.database import database
from tests.pages import walked

WORDS = {"words": "Shorter", "branch": 1}


@pytest.fixture
def many():
    """Thirty planets of star 2, of which user 5 owns twelve."""
    with database.connection_context(), database.atomic():
        for number in range(30):
            Planet.create(owner=5 if number < 12 else 2, star=2, name=f"P{number:02}", moons=number)


def sections(page):
    """The names under each head, and the links below them."""
    return {
        " ".join(each.h2.text.split()): [link.text.strip() for link in each.select("a")]
        for each in page.html.select(".referring")
    }


def test_a_rows_page_shows_the_newest_that_refer_to_it_and_leads_to_all(visitor, many):
    assert sections(visitor.get("/stars/1")) == {"Planets 2": ["Saturn", "Mars", "Add a planet"]}
    page = visitor.get("/stars/2")
    ((head, links),) = sections(page).items()
    assert (head, links[0], links[9:]) == ("Planets 30", "P29", ["P20", "See all planets", "Add a planet"])
    page = page.click("See all")
    assert page.request.path_qs == "/planets?star=2"
    assert "1–20 of 30 planets that fit the filter" in page
    assert page.forms[0]["star"].value == "2"


def test_one_is_added_there(member):
    page = member.get("/stars/2").click("Add a planet")
    assert page.forms["new"]["star"].value == "2"
    page.forms["new"]["name"] = "Hoth"
    page.forms["new"].submit(status=303)
    assert member.get("/api/stars/2/planets").json["planets"][0]["name"] == "Hoth"
    page = member.get("/planets/new?star=<b>&name=Eve&owner=1")
    assert (page.forms["new"]["star"].value, page.forms["new"]["name"].value) == ("", "")


def test_a_list_counts_what_refers_to_its_rows_and_links_to_it(visitor, many):
    page = visitor.get("/stars")
    assert [cell.text.strip() for cell in page.html.select("td[data-head=Planets]")] == ["2", "30"]
    assert page.click("^30$").request.path_qs == "/planets?star=2"


def test_a_thousand_are_counted_and_no_more(visitor, monkeypatch, many):
    monkeypatch.setattr("routes.shared.cells.MOST_COUNTED", 29)
    assert "more than 29" in visitor.get("/stars").html.select_one("tbody tr:last-child").text
    assert "Planets more than 29" in sections(visitor.get("/stars/2"))


def test_a_user_has_a_profile_with_the_rows_of_every_model_that_are_theirs(visitor, member, many):
    member.post_json("/api/badges", {"text": "Inventor"}, status=201)
    found = sections(visitor.get("/users/2"))
    assert list(found) == ["Badges 1", "Branches (author) 2", "Branches (editor) 2", "Planets 20"]
    assert found["Branches (author) 2"][:2] == ["Leaf", "Trunk"]
    assert found["Planets 20"][-1] == "See all planets"
    assert "Add a badge" in sections(member.get("/users/2"))["Badges 1"]
    assert sections(member.get("/users/5"))["Planets 12"][-1] == "See all planets"


def test_a_model_that_refers_to_itself_and_a_circle_are_shown(visitor):
    page = visitor.get("/branches/1")
    assert sections(page) == {"Branches (trunk) 1": ["Twig", "Add a branch"]}
    assert sections(page.click("^Twig$", index=0)) == {"Branches (trunk) 2": ["Leaf", "Trunk", "Add a branch"]}
    assert walked(visitor, "/api/branches/2/branches?limit=1") == [1, 3]


def test_of_rows_that_only_their_owner_may_read_others_see_neither_name_nor_number(visitor, member, other, admin):
    member.post_json("/api/delete", WORDS, status=201)
    assert sections(visitor.get("/branches/1")) == {"Branches (trunk) 1": ["Twig", "Add a branch"]}
    assert sections(other.get("/branches/1"))["Delete"] == ["Add a cut"]
    assert sections(member.get("/branches/1"))["Delete"] == ["Shorter", "Add a cut"]
    assert sections(admin.get("/branches/1"))["Delete 1"] == ["Shorter", "Add a cut"]
    heads = [[head.text.strip() for head in each.get("/branches").html.select("th")] for each in (other, admin)]
    assert ["Delete" in each for each in heads] == [False, True]
    assert [each.get("/api/branches/1/delete").json["total"] for each in (other, member, admin)] == [0, 1, 1]
    visitor.get("/api/branches/1/delete", status=401)
    assert "Shorter" not in other.get("/users/2")


def test_an_address_may_be_a_verb(member):
    number = member.post_json("/api/delete", WORDS | {"post": 4}, status=201).json["id"]
    for path in ("/delete", f"/delete/{number}", f"/delete/{number}/delete", "/delete/new", "/branches/1/delete"):
        member.get(path, status=200)
    assert walked(member, "/api/branches/1/delete") == walked(member, "/api/posts/4/delete") == [number]
    assert member.get(f"/api/delete/{number}?expand=post,branch").json["expanded"]["post"]["id"] == 4


# In JSON.


def test_what_refers_to_a_row_is_a_list_like_any_other(visitor, many):
    found = visitor.get("/api/stars/2/planets?sort=-moons&limit=2&moons_to=20&owner=2").json
    assert ([each["name"] for each in found["planets"]], found["total"]) == (["P20", "P19"], 9)
    assert found["next"].startswith("/api/stars/2/planets?")
    assert walked(visitor, "/api/stars/2/planets?limit=7", shown="name") == [f"P{number:02}" for number in range(30)]
    assert visitor.get("/api/stars/2/planets?search=p1&before=end").json["total"] == 10
    assert visitor.get("/api/stars/1/planets?star=2").json["total"] == 0
    visitor.get("/api/stars/99/planets", status=404)
    visitor.get("/api/stars/1/planets?colour=red", status=422)
    assert visitor.get("/api/users/2/planets").json["total"] == 20


def test_two_references_to_one_model_are_one_list_and_each_has_its_filter(visitor):
    assert walked(visitor, "/api/users/2/branches") == [1, 2, 3]
    assert walked(visitor, "/api/users/2/branches?author=2") == walked(visitor, "/api/branches?author=2") == [1, 3]
    assert walked(visitor, "/api/users/5/branches?editor=2") == [2]


def test_rows_bring_along_what_they_refer_to(visitor):
    planet = visitor.get("/api/planets/1?expand=star").json
    assert planet["star"] == 1
    assert planet["expanded"] == {"star": visitor.get("/api/stars/1").json}
    user = visitor.get("/api/planets?expand=owner,star&limit=1").json["planets"][0]["expanded"]["owner"]
    whole = visitor.get("/api/users/2").json
    assert user == {name: whole[name] for name in ("id", "name", "uid", "role", "dob", "age", "image")}
    assert "expanded" not in visitor.get("/api/planets/1").json
    assert visitor.get("/api/branches/3?expand=editor,trunk").json["expanded"].keys() == {"trunk"}
    post = visitor.get("/api/posts?expand=user&limit=1").json["posts"][0]
    assert post["expanded"]["user"]["id"] == post["user"]


@pytest.mark.parametrize("text", ["colour", "name", "star,colour", "star,", ",", "star,,owner", "id", ""])
def test_what_cannot_be_brought_along_is_refused(visitor, text):
    for path in ("/api/planets", "/api/planets/1"):
        problems = visitor.get(f"{path}?expand={text}", status=422).json["problems"]
        assert problems == {"expand": "must be one of owner, star, or several with commas between them"}
    assert visitor.get(f"/api/stars?expand={text}", status=422).json["problems"] == {"expand": "is not a field"}


def test_what_somebody_may_not_read_is_not_brought_along(visit, member, other):
    number = member.post_json("/api/diaries", {"text": "Mine"}, status=201).json["id"]
    tip = member.post_json("/api/tips", {"diary": number}, status=201).json["id"]
    assert member.get(f"/api/tips/{tip}?expand=diary").json["expanded"]["diary"]["text"] == "Mine"
    assert other.get(f"/api/tips/{tip}?expand=diary").json["expanded"] == {}
    other.get(f"/api/diaries/{number}/tips", status=404)
    assert walked(member, f"/api/diaries/{number}/tips") == [tip]
    visitor = visit(directory="members", remember="no")
    assert visitor.get(f"/api/tips/{tip}?expand=diary").json["expanded"] == {}
    with count_queries() as counted:
        assert visitor.get("/api/branches/1?expand=author").json["expanded"] == {}
    assert counted.count == 1


def test_what_is_gone_is_not_brought_along(visitor, settings):
    with closing(sqlite3.connect(settings.database_path)) as program:
        program.execute("delete from stars where id = 1")
        program.execute("update planets set star_id = 'far' where id = 2")
        program.commit()
    assert [each["expanded"] for each in visitor.get("/api/planets?expand=star").json["planets"]] == [{}, {}]
    visitor.get("/api/stars/1/planets", status=404)
    visitor.get("/planets", status=200)


# (path, how many queries more than without what stands behind the question mark)
@pytest.mark.parametrize(("path", "more"), [("/api/planets?expand=star", 1), ("/api/planets?expand=star,owner", 2)])
@pytest.mark.usefixtures("visitor", "many")
def test_what_is_brought_along_takes_one_query_whatever_the_length(visit, monkeypatch, path, more):
    monkeypatch.setattr("models.shared.totals.SLOW_COUNT", 60)  # a busy machine remembers a total, too
    forgetful = visit(remember="no")

    def count(address):
        with count_queries() as counted:
            forgetful.get(address)
        return counted.count

    assert [count(f"{path}&limit={limit}") - count(path.partition("?")[0]) for limit in (1, 2, 30)] == [more] * 3
    assert count("/api/branches?expand=author,editor") == 3  # both refer to users


@pytest.mark.parametrize(
    ("path", "most"), [("/stars/2", 2), ("/users/2", 7), ("/stars", 2), ("/planets", 4), ("/branches", 4)]
)
def test_a_page_takes_few_queries(visit, visitor, many, path, most):
    forgetful = visit(remember="no")
    with count_queries() as counted:
        forgetful.get(path)
    assert counted.count <= most


# Filters of every kind.


def test_numbers_and_days_of_every_kind_are_asked_from_one_to_another(visitor, member):
    values = {
        "mass": 5.5,
        "price": "7.25",
        "age": 12,
        "moons": 5,
        "found": "2008-04-05",
        "seen": "2008-04-05T16:30:00Z",
    }
    number = member.post_json("/api/planets", {"name": "Asked"} | values, status=201).json["id"]
    for name, value in values.items():
        assert walked(visitor, f"/api/planets?{name}_from={value}&{name}_to={value}") == [number], name
    for asked in ("price_from=7.26&price_to=10", "mass_to=0.5", "found_from=2008-04-06", "moons_from=3&moons_to=4"):
        assert walked(visitor, f"/api/planets?{asked}") == [], asked
    for asked in ("moons_from=1.5", "price_from=1.005", "mass_from=x", "seen_to=noon", "name_from=a", "size_from=s"):
        visitor.get(f"/api/planets?{asked}", status=422)
    with database.connection_context():
        Planet.update(moons="many", mass="heavy", found="once").execute()
    for asked in ("moons_from=1", "mass_from=1&mass_to=2", "found_from=2008-01-01", "moons_to=3"):
        visitor.get(f"/api/planets?{asked}", status=200)
        visitor.get(f"/planets?{asked}", status=200)


def test_the_form_asks_for_choices_yes_and_no_what_rows_refer_to_and_from_to(visitor):
    form = visitor.get("/planets").forms[0]
    assert form["star"].options == [("", True, "Any"), ("1", False, "Sun the star"), ("2", False, "Sirius the star")]
    assert form["life"].options == [("", True, "Any"), ("true", False, "Yes"), ("false", False, "No")]
    assert form["size"].options[1:] == [("s", False, "Small"), ("l", False, "Large")]
    asked = {"owner", "star", "rings", "life", "size", "search", "sort"}
    asked |= {f"{name}_{end}" for name in ("moons", "age", "mass", "price", "found", "seen") for end in ("from", "to")}
    assert set(form.fields) - {None} == asked
    form["rings"], form["moons_from"] = "true", "100"
    assert [row.select_one(".name").text.strip() for row in form.submit().html.select("tbody tr")] == ["Saturn"]


def test_no_name_is_offered_that_somebody_may_not_read(visit, member, other):
    member.post_json("/api/diaries", {"text": "Mine"}, status=201)
    assert "Mine" in member.get("/tips")
    assert "Mine" not in other.get("/tips")
    visitor = visit(directory="members", remember="no")
    assert "diary" not in visitor.get("/tips").forms[0].fields
    with count_queries() as counted:
        assert "author" not in visitor.get("/branches").forms[0].fields
    assert counted.count == 3  # and none for the names of users


def test_where_a_row_could_refer_to_many_the_id_is_asked_for_and_names_are_shown(visitor):
    with database.connection_context(), database.atomic():
        for number in range(99):
            Star.create(name=f"S{number}")
    page = visitor.get("/planets")
    assert page.forms[0]["star"].tag == "input"
    assert page.html.select_one("td[data-head='Its star'] a").text == "Sun the star"


# Names that are hard on a page.


def test_a_wide_name_and_one_from_right_to_left_are_in_every_list(member):
    for name in ("鿿" * 255, "שלום 12!", "<b>bold</b>"):
        with database.connection_context():
            star = Star.create(name=name)
            Planet.create(owner=2, star=star, name="Of it")
            Branch.create(name=name)
        for path in ("/stars", f"/stars/{star.id}", "/planets", "/planets?star=1", "/branches", "/planets/new"):
            assert not member.get(path).html.select("main b")


def test_thirty_that_refer_to_one_are_no_thirty_columns(visitor, monkeypatch):
    monkeypatch.setattr("routes.shared.referring.MOST_COLUMNS", 0)
    assert "Planets" not in [head.text.strip() for head in visitor.get("/stars").html.select("th")]


# The description.


def test_the_description_has_all_of_it(visitor):
    document = visitor.get("/api/openapi.json").json
    OpenAPIV31SpecValidator(document).validate()
    paths = document["paths"]
    here, there = paths["/api/stars/{id}/planets"]["get"], paths["/api/planets"]["get"]
    assert (here["operationId"], here["tags"]) == ("list_planets_of_stars", ["stars"])
    assert here["parameters"][1:] == there["parameters"]
    assert {"200", "304", "400", "404", "422", "503"} == set(here["responses"])
    asked = {each["name"]: each for each in there["parameters"] if "name" in each}
    assert asked["expand"]["schema"]["items"]["enum"] == ["owner", "star"]
    assert asked["expand"]["schema"]["minItems"] == 1
    assert asked["seen_from"]["description"] == "Only those whose seen is this or later."
    assert asked["price_to"]["description"] == "Only those whose price is this or less."
    assert asked["price_to"]["schema"]["pattern"] == r"^-?[0-9]{1,4}(\.[0-9]{1,2})?$"
    assert asked["life"]["schema"] == {"anyOf": [{"type": "boolean"}, {"type": "string", "maxLength": 0}]}
    assert "expand" not in {each.get("name") for each in paths["/api/stars"]["get"]["parameters"]}
    assert "x-who" in paths["/api/branches/{id}/delete"]["get"]
    about = {each["name"]: each["description"] for each in document["tags"]}
    assert about["stars"].startswith("Every Resource")
    for path, schema in (("/api/planets/1?expand=star,owner", "Planet"), ("/api/branches/2?expand=author", "Branch")):
        validator = Draft202012Validator(document | {"$ref": f"#/components/schemas/{schema}"})
        validator.validate(visitor.get(path).json)
    assert visitor.get("/docs").html.find(id="list_branches_of_users")
