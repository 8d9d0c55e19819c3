"""Lists by path: pages with numbers and orders with names, which a plain host can have as files."""

import pytest

from models.post import Post
from models.shared.database import database
from models.user import User
from routes.shared import list_place


@pytest.fixture
def many(visitor):
    """45 users, so that there are three pages; half of them have no day of birth."""
    with database.connection_context(), database.atomic():
        for number in range(35):
            User.create(name=f"User {number:02}", uid=f"user{number}", role="user")
    return visitor


def names(page):
    return [link.text for link in page.html.select("tbody .name a")]


def ways(page):
    return {link.text: link["href"] for link in page.html.select(".neighbours a")}


@pytest.mark.parametrize("sort", ["", "name", "-name", "dob", "-dob", "id"])
def test_its_pages_have_the_rows_of_those_that_are_gone_through(many, sort):
    path, page = f"/users{f'/by/{sort}' if sort else ''}", many.get(f"/users?sort={sort}" if sort else "/users")
    for number in (1, 2, 3):
        assert names(many.get(f"{path}/page/{number}")) == names(page)
        page = page.click("Next") if number < 3 else page


def test_they_lead_to_each_other(many):
    assert ways(many.get("/users/page/2")) == {
        "First": "/users",
        "Previous": "/users",
        "Next": "/users/page/3",
        "Last": "/users/page/3",
    }
    assert ways(many.get("/users/by/-name/page/3")) == {
        "First": "/users/by/-name",
        "Previous": "/users/by/-name/page/2",
    }
    heads = {link.text: link["href"] for link in many.get("/users/page/2").html.select("thead a")}
    assert (heads["Name"], heads["Id"]) == ("/users/by/name", "/users/by/-id")
    assert many.get("/users/by/-id").html.select_one("thead a")["href"] == "/users"
    assert many.get("/users").html.select_one(".neighbours a")["href"].startswith("/users?after=")


def test_the_same_rows_are_there_as_json(many):
    first = many.get("/api/users/page/1").json
    second = many.get(first["next"]).json
    assert (first["next"], second["previous"]) == ("/api/users/page/2", "/api/users")
    assert second["users"] == many.get(many.get("/api/users").json["next"]).json["users"]
    assert many.get("/api/users/by/-name").json["users"] == many.get("/api/users?sort=-name").json["users"]


def test_posts_of_one_user_have_pages_with_numbers(visitor):
    for number in range(25):
        add_post(2, f"Note {number}")
    page = visitor.get("/users/2/page/2")
    assert [each.text for each in page.html.select(".note")] == [
        each.text for each in visitor.get("/users/2").click("Next").html.select(".note")
    ]
    assert ways(page)["Previous"] == "/users/2"


def add_post(user, note):
    with database.connection_context():
        Post.create(user=user, note=note)


def test_after_the_last_number_a_list_is_gone_through_row_by_row(many, monkeypatch):
    monkeypatch.setattr(list_place, "LAST_NUMBER", 1)
    monkeypatch.setattr("routes.shared.lists.LAST_NUMBER", 1)
    page = many.get("/users/by/-name/page/1")
    assert names(page.click("Next")) == names(many.get("/users?sort=-name").click("Next"))
    assert names(page.click("Last")) == names(many.get("/users?sort=-name").click("Last"))
    answer = many.get("/users/by/-name/page/2", status=404)
    assert "Pages have numbers up to 1. Look for what is further on." in answer
    assert answer.click("Search the list").request.path_qs == "/users"


def test_the_hundredth_page_is_the_last_with_a_number(visitor):
    assert "up to 100." in visitor.get("/users/page/101", status=404)
    assert "ends before that" in visitor.get("/users/page/100", status=404)


@pytest.mark.parametrize(
    "path",
    [
        "/users/page/0",
        "/users/page/02",
        "/users/page/x",
        "/users/page/9999999999",
        "/users/page/2/by/name",
        "/users/by/password",
        "/users/by/--name",
        "/users/by/name/by/dob",
        "/users/page/1?search=ada",
        "/users/page/1?after=x",
        "/docs/page/1",
        "/page/1",
        "/users/2/edit/page/1",
        "/lesson/api/users/page/1",
        "/users/chart/page/1",
        "/users/chart/by/password",
        "/api/users/page/2",
        "/api/users/page/1?limit=5",
        "/api/users/counts/by/dob",
    ],
)
def test_other_addresses_are_none(visitor, path):
    visitor.get(path, status=404)


def test_a_chart_has_a_path_for_what_it_counts_by(visitor):
    assert visitor.get("/users/chart/by/role").html.h1.text == "Users by role"


def test_a_slash_at_the_end_is_taken_away(visitor):
    assert visitor.get("/users/by/name/", status=308).headers["Location"] == "/users/by/name"


def test_who_must_log_in_comes_back_to_the_page(visit):
    answer = visit(directory="members").get("/users/page/2", status=303)
    assert answer.headers["Location"] == "/login?next=%2Fusers%2Fpage%2F2"


def test_each_page_is_remembered_by_itself(many):
    first, second = many.get("/users/page/1").text, many.get("/users/page/2").text
    assert first != second
    assert (many.get("/users/page/1").text, many.get("/users/page/2").text) == (first, second)


def test_nobody_can_send_a_part_of_a_list(admin):
    admin.post("/users/page/1", {"name": "Somebody", "uid": "somebody"}, status=404)
