"""The head of a page: it says where one is, and keeps the person apart from the places."""

import pytest


def marked(browser, path):
    """What the head marks on this page: each text once, with the word of `aria-current`."""
    links = browser.get(path, expect_errors=True).html.select("header.site [aria-current]")
    return {link.text.strip(): link["aria-current"] for link in links}


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/", {"Bottle Portfolio": "page"}),
        ("/users", {"Users": "page"}),
        ("/users?sort=-dob", {"Users": "page"}),
        ("/users/1", {"Users": "true"}),
        ("/users/999", {"Users": "true"}),
        ("/posts", {"Posts": "page"}),
        ("/jokes/1", {"Jokes": "true"}),
        ("/docs", {"API": "page"}),
        ("/login", {"Log in": "page"}),
        ("/usersx", {}),
    ],
)
def test_the_head_marks_the_place_of_the_page(visitor, path, place):
    assert marked(visitor, path) == place


def test_it_does_so_below_another_site(visitor):
    page = visitor.get("/users", extra_environ={"SCRIPT_NAME": "/class"}).html
    assert page.select_one("header.site [aria-current=page]")["href"] == "/class/users"


def test_ones_own_page_and_account_are_marked_with_the_person(member):
    assert marked(member, "/users/2") == {"Users": "true", "Your page": "page"}
    assert marked(member, "/account") == {"Account": "page"}
    assert member.get("/account").html.select_one(".you summary.here")
    assert not member.get("/posts").html.select(".you .here")


def test_the_person_stands_apart_from_the_places(member):
    page = member.get("/users").html
    places, person = page.select("header.site nav")
    assert [nav["aria-label"] for nav in (places, person)] == ["Site", "You"]
    assert [link["href"] for link in person.select("a")] == ["/users/2", "/groups", "/account", "/history"]
    assert person.select_one("form#logout button").text == "Log out"
    assert not places.select("form, [href='/account']")


def test_more_holds_what_a_narrow_head_has_no_room_for_and_each_link_is_in_sight_once(visitor):
    more = visitor.get("/jokes").html.select_one(".places details")
    assert [link.text for link in more.select("li.narrow a")] == ["Jokes", "API"], "the others of a wide head"
    assert more.summary["class"] == ["here"]
    assert more["class"] == ["menu", "narrow"], "a wide head has room for all"
