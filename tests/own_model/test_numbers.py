"""Numbers from a minimum to a maximum. Run by `tests/routes/test_resources.py`."""

import pytest
from jsonschema import Draft202012Validator

from models.shared.database import database
from tests.pages import walked


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("rating", 2, "must be a whole number from 3 to 5"),
        ("rating", 6, "must be a whole number from 3 to 5"),
        ("share", 1.01, "must be from 0 to 1"),
        ("share", -1, "must be from 0 to 1"),
        ("price", "9.99", "must be at least 10"),
        ("price", 9, "must be at least 10"),
        ("heat", 0, "must be at most -0.5"),
    ],
)
def test_a_number_beyond_its_limits_is_refused_in_words(member, name, value, message):
    refused = member.post_json("/api/scores", {"rating": 3} | {name: value}, status=422)
    assert refused.json["problems"] == {name: message}
    form = member.get("/scores/new").forms["new"]
    form["rating"], form[name] = "3", str(value)
    assert form.submit(status=422).html.select_one(f"#{name}-problem").text.endswith(message)


@pytest.mark.parametrize(
    ("name", "value"), [("rating", 5), ("share", 0), ("share", 1), ("price", "10"), ("heat", -0.5)]
)
def test_a_limit_is_within(member, name, value):
    member.post_json("/api/scores", {"rating": 3} | {name: value}, status=201)


def test_a_form_asks_for_numbers_within_the_limits(member):
    page = member.get("/scores/new").html
    found = {name: [page.find(id=name).get(word) for word in ("min", "max")] for name in ("rating", "share", "price")}
    assert found == {"rating": ["3", "5"], "share": ["0", "1"], "price": ["10", None]}


def test_the_description_has_the_limits_and_its_examples_keep_them(visitor):
    api = visitor.get("/api/openapi.json").json
    body = api["paths"]["/api/scores"]["post"]["requestBody"]["content"]["application/json"]
    properties = body["schema"]["properties"]
    assert [properties["rating"][word] for word in ("minimum", "maximum")] == [3, 5]
    assert [properties["share"][word] for word in ("minimum", "maximum")] == [0, 1]
    assert properties["price"]["minimum"] == 10
    Draft202012Validator(body["schema"]).validate(body["example"])
    assert body["example"] == {"rating": 3, "share": 1, "price": "10", "heat": -0.5}


def test_what_somebody_typed_into_the_table_is_shown_and_no_page_is_lost(member):
    with database.connection_context():
        for rating in (1, 9, 4, 7):
            database.execute_sql(f"insert into scores (rating) values ({rating})")
    assert member.get("/api/scores/2").json["rating"] == 9
    assert walked(member, "/api/scores?sort=rating&limit=1") == [1, 3, 4, 2]
    assert member.get("/api/scores?rating=9").json["total"] == 1
