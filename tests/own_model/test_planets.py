"""A model of your own, with a field of every kind. Run by `tests/routes/test_resources.py` where there is one."""

import sqlite3
from contextlib import closing

import pytest
from jsonschema import Draft202012Validator
from models.planet import Planet
from models.star import Star
from openapi_spec_validator import OpenAPIV31SpecValidator
from playhouse.test_utils import count_queries

from models.shared.database import database
from models.shared.row_checks import Invalid, check_row
from models.shared.unreadable import tell_once
from tests.own_model.places import check_places
from tests.pages import pages, walked

PLANET = {
    "star": 2,
    "name": "New",
    "notes": "One line\nand another",
    "moons": 3,
    "age": 4_500_000_000,
    "mass": 5.97,
    "price": "1234.50",
    "rings": True,
    "life": False,
    "found": "2008-04-05",
    "seen": "2008-04-05T16:30:00Z",
    "code": "0b8a1d3e-5f0c-4a53-9d55-6f2f1c1f7a10",
    "size": "l",
}
ROW = {"$ref": "#/components/schemas/Planet"}


def rows():
    with database.connection_context():
        return list(Planet.select().order_by(Planet.id).dicts())


def test_the_sample_rows_are_there(visitor):
    planets = visitor.get("/api/planets").json
    assert [planet["name"] for planet in planets["planets"]] == ["Mars", "Saturn"]
    assert planets["total"] == 2
    assert visitor.get("/api/stars").json["total"] == 2


def test_json_carries_each_kind_of_field(member):
    answer = member.post_json("/api/planets", PLANET, status=201)
    assert answer.headers["Location"] == f"/api/planets/{answer.json['id']}"
    assert answer.json == {"id": 3, "owner": 2} | PLANET
    assert member.get("/api/planets/3").json == answer.json


def test_what_is_left_out_has_its_default_or_nothing(member):
    planet = member.post_json("/api/planets", {"name": "New"}, status=201).json
    assert len(planet.pop("code")) == 36
    nothing = dict.fromkeys(("star", "age", "mass", "price", "life", "found", "seen"))
    defaults = {"notes": "", "moons": 0, "rings": False, "size": "s"}
    assert planet == {"id": 3, "owner": 2, "name": "New"} | defaults | nothing


def test_a_named_field_is_changed_and_the_row_deleted(member):
    assert member.patch_json("/api/planets/1", {"moons": 7}).json["moons"] == 7
    assert member.get("/api/planets/1").json["name"] == "Mars"
    member.delete("/api/planets/1", status=204)
    member.get("/api/planets/1", status=404)
    member.delete("/api/planets/1", status=404)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("owner_id", 1, "is not a field"),
        ("colour", "red", "is not a field"),
        ("name", None, "is required"),
        ("name", "x" * 21, "must have at most 20 characters"),
        ("name", 5, "must be text"),
        ("moons", "many", "must be a whole number"),
        ("moons", "5", "must be a whole number"),
        ("moons", 1.5, "must be a whole number"),
        ("moons", True, "must be a whole number"),
        ("moons", None, "is required"),
        ("moons", 2**31, "must be a whole number from -2147483647 to 2147483647"),
        ("age", 2**63, "must be a whole number from -9223372036854775807 to 9223372036854775807"),
        ("mass", "5.97", "must be a number"),
        ("mass", [1], "must be a number"),
        ("mass", 10**400, "must be a number"),
        ("price", "many", "must be a number"),
        ("price", True, "must be a number"),
        ("price", "1.005", "must have at most 2 decimal places"),
        ("price", 10_000, "must have at most 4 digits before the point"),
        ("rings", "false", "must be true or false"),
        ("rings", 0, "must be true or false"),
        ("rings", None, "is required"),
        ("found", "soon", "must be a date like 2008-04-05"),
        ("found", "", "must be a date like 2008-04-05"),
        ("found", "2008-02-30", "must be a date like 2008-04-05"),
        ("seen", "noon", "must be a time like 2008-04-05T16:30:00Z"),
        ("code", "0b8a", "must be a UUID like 0b8a1d3e-5f0c-4a53-9d55-6f2f1c1f7a10"),
        ("code", 5, "must be a UUID like 0b8a1d3e-5f0c-4a53-9d55-6f2f1c1f7a10"),
        ("size", "m", "must be one of s, l"),
        ("star", 99, "does not exist"),
        ("star", "2", "must be a whole number"),
        ("star", {"id": 2}, "must be a whole number"),
        ("name", "Saturn", "is already taken with this star"),
    ],
)
def test_a_bad_value_is_refused_with_a_reason_and_nothing_changes(member, field, value, message):
    before = rows()
    refused = member.patch_json("/api/planets/1", {field: value}, status=422)
    assert refused.json["problems"] == {field: message}
    missing = {"name": "New"} if field != "name" else {"star": 1}
    assert member.post_json("/api/planets", missing | {field: value}, status=422).json["problems"] == {field: message}
    assert rows() == before


@pytest.mark.parametrize("field", ["id", "owner"])
def test_what_only_the_program_sets_may_come_along_unchanged(member, field):
    planet = member.get("/api/planets/1").json
    assert member.patch_json("/api/planets/1", planet, status=200).json == planet
    refused = member.patch_json("/api/planets/1", planet | {field: 9}, status=422)
    assert refused.json["problems"] == {field: "is read-only"}
    refused = member.post_json("/api/planets", {"name": "New", field: 1}, status=422)
    assert refused.json["problems"] == {field: "is not a field"}


@pytest.mark.parametrize("price", [12.5, 12, "12.5", "12.50", 0.1, "0.10"])
def test_a_decimal_is_exact(member, price):
    answer = member.patch_json("/api/planets/1", {"price": price}).json["price"]
    assert float(answer) == float(price)
    assert member.get("/api/planets/1").json["price"] == answer
    assert len(answer.partition(".")[2]) == 2


def test_a_taken_value_is_refused(member):
    code = member.get("/api/planets/1").json["code"]
    refused = member.patch_json("/api/planets/2", {"code": code}, status=422)
    assert refused.json["problems"] == {"code": "is already taken"}


def test_a_pair_that_comes_in_between_check_and_write_is_refused_too(member):
    with database.connection_context():
        late = Planet(owner=2, star=1, name="Late")
        check_row(late, Planet._meta.sorted_fields)
        late.name = "Mars"
        with pytest.raises(Invalid, match="name is already taken with this star"):
            late.write(is_new=True)


def test_lists_are_filtered_searched_sorted_and_paged(visitor, member):
    for number in range(5):
        planet = {
            "name": f"P{number}",
            "mass": number / 3,
            "price": str(number),
            "seen": f"2020-01-0{number + 1}T00:00:00Z",
        }
        member.post_json("/api/planets", planet | {"rings": number % 2 == 0, "star": 2}, status=201)

    def ask(query):
        return [planet["name"] for planet in visitor.get(f"/api/planets?{query}").json["planets"]]

    assert ask("rings=true") == ["Saturn", "P0", "P2", "P4"]
    assert ask("star=2&rings=false") == ["P1", "P3"]
    assert ask("price=3") == ["P3"]
    assert ask("search=sat") == ["Saturn"]
    assert ask("owner=1") == []
    visitor.get("/api/planets?rings=maybe", status=422)
    visitor.get("/api/planets?notes=x", status=422)
    for sort in Planet.sorts:
        for sign in ("", "-"):
            there = walked(visitor, f"/api/planets?limit=2&sort={sign}{sort}")
            assert sorted(there) == [1, 2, 3, 4, 5, 6, 7], sort


def test_a_list_takes_as_many_queries_for_a_hundred_rows_as_for_two(visitor, member):
    counts = []
    for more in (0, 98):
        with database.connection_context(), database.atomic():
            for number in range(more):
                Planet.create(owner=2, star=2, name=f"P{number}")
        for path in ("/planets", "/api/planets?limit=100"):
            with count_queries() as counted:
                visitor.get(path)
            counts.append(counted.count)
    assert counts[:2] == counts[2:]


def test_somebody_adds_changes_and_deletes_by_forms(member):
    page = member.get("/planets").click("Add a planet")
    form = page.forms["new"]
    assert form["star"].options == [("", True, "–"), ("1", False, "Sun the star"), ("2", False, "Sirius the star")]
    assert form["rings"].options == [("true", False, "Yes"), ("false", True, "No")]
    assert form["life"].options == [("", True, "–"), ("true", False, "Yes"), ("false", False, "No")]
    assert form["moons"].value == "0"
    kinds = {name: page.html.find(id=name).get("type") for name in ("moons", "mass", "price", "found", "seen", "code")}
    number = "number"
    assert kinds == {
        "moons": number,
        "mass": number,
        "price": number,
        "found": "date",
        "seen": "datetime-local",
        "code": "text",
    }
    assert "As on the map." in page
    assert page.html.find("label", {"for": "star"}).text == "Its star (optional)"
    for name, value in PLANET.items():
        form[name] = form_text(value)
    page = form.submit(status=303).follow()
    assert "The planet was added." in page
    assert member.get("/api/planets/3").json == {"id": 3, "owner": 2} | PLANET
    assert page.html.find("a", string="Sirius the star")["href"] == "/stars/2"
    assert page.html.find("a", string="Nikola Tesla", href="/users/2")
    form = page.click("Edit", index=0).forms["edit"]
    before = {name: field[0].value for name, field in form.fields.items() if name}
    form["rings"], form["life"], form["found"] = "false", "", ""
    page = form.submit(status=303).follow()
    assert "The planet was saved." in page
    changed = {"rings": False, "life": None, "found": None}
    assert member.get("/api/planets/3").json == {"id": 3, "owner": 2} | PLANET | changed
    assert before["seen"] == "2008-04-05T16:30:00"
    page = page.click("Edit", index=0).click("Delete this planet")
    page = page.forms["delete"].submit(status=303).follow()
    assert "The planet was deleted." in page
    member.get("/planets/3", status=404)


def form_text(value):
    if isinstance(value, bool):
        return str(value).lower()
    return str(value).removesuffix("Z")


def test_a_refused_form_keeps_what_was_typed(member):
    form = member.get("/planets/new").forms["new"]
    form["name"], form["moons"] = "Vulcan", "99999999999"
    page = form.submit(status=422)
    assert page.forms["new"]["name"].value == "Vulcan"
    assert "Moons must be a whole number from" in page
    form = member.get("/planets/1/edit").forms["edit"]
    form["name"] = ""
    assert "Name is required" in form.submit(status=422)


def test_the_list_page_searches_and_sorts(visitor):
    page = visitor.get("/planets")
    assert [cell.text.strip() for cell in page.html.select("tbody td:nth-of-type(4)")] == ["Mars", "Saturn"]
    assert page.click("Mars").request.path == "/planets/1"
    page = page.click("Moons").click("Moons")
    assert [cell.text.strip() for cell in page.html.select("tbody td:nth-of-type(4)")] == ["Saturn", "Mars"]
    form = page.forms[0]
    form["search"] = "mar"
    assert "1 planet matching “mar”" in form.submit()
    assert "Nothing has “zzz”" in visitor.get("/planets?search=zzz")


def test_every_page_of_the_site_leads_to_it_and_each_says_its_files(member):
    assert member.get("/").click("^Planets$", index=0).request.path == "/planets"
    for path, view in (("", "list"), ("/new", "new"), ("/1", "show"), ("/1/edit", "edit"), ("/1/delete", "delete")):
        made_by = f"routes/resources.py → models/planet.py → views/resources/{view}.tpl"
        assert made_by in member.get(f"/planets{path}")


def test_with_more_than_a_hundred_rows_to_choose_from_the_id_is_asked_for(member):
    with database.connection_context(), database.atomic():
        for number in range(98):
            Star.create(name=f"S{number}")
    form = member.get("/planets/1/edit").forms["edit"]
    assert len(form["star"].options) == 101
    with database.connection_context():
        Star.create(name="One more")
    form = member.get("/planets/1/edit").forms["edit"]
    assert (form["star"].tag, form["star"].value) == ("input", "1")
    assert "The id of one of the stars." in form.text
    form["star"] = "101"
    form.submit(status=303)
    assert member.get("/api/planets/1").json["star"] == 101


def test_what_belongs_to_somebody_goes_with_them(admin):
    admin.delete("/api/users/2", status=204)
    assert admin.get("/api/planets").json["total"] == 0
    admin.delete("/api/stars/1", status=204)


def test_what_may_refer_to_nothing_stays(admin):
    admin.delete("/api/stars/1", status=204)
    assert [planet["star"] for planet in admin.get("/api/planets").json["planets"]] == [None, None]


def test_what_was_left_behind_or_typed_by_hand_is_never_an_error(visitor, member, admin, settings):
    program = sqlite3.connect(settings.database_path)
    program.execute("delete from users where id = 2")
    program.execute("delete from stars where id = 1")
    values = "moons = 'many', mass = 'heavy', price = 'dear', found = 'once', seen = 'never', code = 'x', age = 'old'"
    program.execute(f"update planets set {values} where id = 1")
    odd = "name = x'ff00', notes = x'ff', owner_id = x'ff', mass = 9e999, price = 1e300"
    program.execute(f"update planets set {odd} where id = 2")
    program.commit()
    program.close()
    for path in ("/planets/2", "/api/planets/2"):
        visitor.get(path, status=200)
    for path in ("/planets", "/planets/1", "/planets?sort=-moons", "/api/planets", "/api/planets/1"):
        visitor.get(path, status=200)
    admin.get("/planets/1/edit", status=200)
    admin.patch_json("/api/planets/1", {"moons": 1, "name": "Mended"}, status=200)
    admin.delete("/api/planets/1", status=204)


ODD = {  # by column: what its kind cannot be, then what it can but in another form than ours
    "name": ("x'ff00'", "x'4d617273'", "cast(x'ff41' as text)", "' Mars '", "'tab' || char(9)"),
    "notes": ("x'ff'", "cast(x'ff' as text)"),
    "moons": ("'many'", "2.7", "x'31'", "9e999"),
    "age": ("'old'", "1.5"),
    "mass": ("'heavy'", "9e999", "x'ff'"),
    "price": ("'dear'", "1e300", "x'ff'", "0.105"),
    "rings": ("'maybe'", "7", "x'01'"),
    "life": ("'maybe'", "0.5"),
    "found": ("'31/02'", "'2008-02-31'", "20080405", "'2008-4-5'", "x'ff'", "cast(x'ff' as text)"),
    "seen": ("'never'", "'2008-04-05T16:30:00'", "'2008-04-05 16:30:00.25'", "5"),
    "code": ("'x'", "'0b8a1d3e-5f0c-4a53-9d55-6f2f1c1f7a10'", "x'ff'"),
    "size": ("'huge'", "x'ff'"),
    "star_id": ("'far'", "x'ff'", "1.5"),
}


@pytest.mark.parametrize(("column", "value"), [(column, value) for column in ODD for value in ODD[column]])
def test_one_bad_value_takes_no_list_down_and_every_page_is_reached(visitor, member, settings, column, value):
    for number in range(5):
        planet = {"name": f"P{number}", "moons": number, "age": number, "mass": number, "price": number}
        more = {"found": f"2020-01-0{number + 1}", "seen": f"2020-01-0{number + 1}T00:00:00Z", "life": number > 2}
        member.post_json("/api/planets", planet | more, status=201)
    with closing(sqlite3.connect(settings.database_path)) as program:
        program.execute(f"update planets set {column} = {value} where id = 4")
        program.commit()
    for sort in {"id", column} & set(Planet.sorts):
        for sign in ("", "-"):
            there = walk(visitor, f"/api/planets?limit=1&sort={sign}{sort}", "next")
            assert sorted(number for page in there for number in page) == [1, 2, 3, 4, 5, 6, 7], sort
            assert walk(visitor, f"/api/planets?limit=1&sort={sign}{sort}", "previous") == there[::-1], sort
    for path in ("/planets", "/planets/4", "/planets?search=mars", "/api/planets/4"):
        visitor.get(path, status=200)


def walk(visitor, url, way):
    """The ids on each page; `previous` begins at the last one."""
    if way == "previous":
        while following := visitor.get(url).json["next"]:
            url = following
    return [[planet["id"] for planet in planets] for planets in pages(visitor, url, way)]


def test_a_place_that_no_row_can_have_is_refused(visitor):
    check_places(visitor, Planet.sorts)


def test_a_bad_value_is_marked_on_pages_and_null_in_json(visitor, settings, caplog):
    tell_once.cache_clear()
    with closing(sqlite3.connect(settings.database_path)) as program:
        program.execute("update planets set found = '31/02', moons = 'many', name = x'4d617273' where id = 1")
        program.commit()
    for _ in range(2):
        planet = visitor.get("/api/planets/1").json
        assert (planet["found"], planet["moons"], planet["name"], planet["mass"]) == (None, None, None, 0.642)
        for path in ("/planets", "/planets/1"):
            for mark in ("“31/02” (cannot be read)", "“many” (cannot be read)", "“Mars” (cannot be read)", "0.642"):
                assert mark in visitor.get(path).html.text
    told = [line for line in caplog.messages if "cannot be read" in line]
    assert [line.partition(";")[0] for line in told] == [
        f"planets 1: the {name} cannot be read" for name in ("name", "moons", "found")
    ]


def test_the_description_says_how_to_add_one_and_the_page_shows_it(visitor, member):
    document = visitor.get("/api/openapi.json").json
    OpenAPIV31SpecValidator(document).validate()
    assert {"/api/planets", "/api/planets/{id}", "/api/stars"} <= set(document["paths"])
    post = document["paths"]["/api/planets"]["post"]
    assert (post["operationId"], post["tags"], post["x-who"]) == (
        "create_planet",
        ["planets"],
        "Whoever is logged in.",
    )
    body = post["requestBody"]["content"]["application/json"]
    for sent in (body["example"], PLANET):
        Draft202012Validator(body["schema"]).validate(sent)
        answer = member.post_json("/api/planets", sent | {"name": f"Sent {len(sent)} {sent['moons']}"}, status=201)
        Draft202012Validator({"components": document["components"], **ROW}).validate(answer.json)
    html = visitor.get("/docs").html
    assert "a decimal, as text" in html.find(id="Planet").text
    schemas = document["components"]["schemas"]
    letters = {"type": "integer", "description": "How long the name is."}
    assert schemas["Star"]["properties"]["letters"] == letters
    assert visitor.get("/api/stars/1").json == {"id": 1, "name": "Sun", "letters": 3, "kind": "star"}
    assert set(schemas["Notice"]["properties"]) == {"id", "text"}  # what its read() adds, only it knows
    assert schemas["Notice"]["required"] == []
    assert html.find(id="create_planet")


@pytest.mark.parametrize(
    "by", ["owner", "star", "name", "moons", "age", "mass", "price", "rings", "life", "found", "seen", "size"]
)
def test_each_kind_of_field_is_counted_and_drawn(member, by):
    member.post_json("/api/planets", PLANET, status=201)
    counts = member.get(f"/api/planets/counts?by={by}").json
    assert counts["total"] == 3 == sum(bar["count"] for bar in counts["counts"])
    page = member.get("/planets").click("As a chart").forms["count-by"]
    page["by"] = by
    assert len(page.submit().html.select(".counts tbody tr")) == len(counts["counts"])


def test_a_row_that_is_referred_to_is_called_by_its_name_in_a_chart(visitor):
    page = visitor.get("/planets/chart?by=star")
    assert page.click("Sun the star").request.path == "/stars/1"


@pytest.mark.parametrize("by", ["notes", "code", "id"])
def test_long_texts_and_what_is_unique_is_not_counted(visitor, by):
    assert "must be one of owner, star, name" in visitor.get(f"/api/planets/counts?by={by}", status=400).json["detail"]


def test_a_list_whose_every_field_is_unique_has_no_chart(visitor):
    assert "As a chart" not in visitor.get("/stars")
    assert "Nothing here can be counted" in visitor.get("/stars/chart", status=400)
    assert visitor.get("/api/stars/counts?by=name", status=400).json["detail"] == "Nothing here can be counted."
