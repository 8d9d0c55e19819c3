"""Lists as a person meets them: where one is, what is asked for, and the way around."""

import pytest
from playhouse.test_utils import count_queries

from models.post import Post
from models.shared.database import database
from models.user import User


@pytest.fixture
def many(visitor):
    """45 users, so that there are three pages."""
    with database.connection_context(), database.atomic():
        for number in range(35):
            User.create(name=f"User {number:02}", uid=f"user{number}", role="user")


def count(page):
    words = " ".join(page.html.select_one(".count").text.split())
    return words.removesuffix(" · CSV · JSON").removesuffix(" · As a chart")


def names(page):
    return [link.text for link in page.html.select("tbody .name a")]


def ways(page):
    return [link.text for link in page.html.select(".neighbours a")]


def test_a_list_says_which_of_how_many_rows_it_shows_and_leads_to_its_ends(many, visitor):
    first = visitor.get("/users")
    assert (count(first), ways(first)) == ("1–20 of 45 users", ["Next", "Last"])
    second = first.click("Next")
    assert (count(second), ways(second)) == ("21–40 of 45 users", ["First", "Previous", "Next", "Last"])
    last = second.click("Last")
    assert (count(last), ways(last)) == ("41–45 of 45 users", ["First", "Previous"])
    assert names(last) == names(second.click("Next"))
    assert count(last.click("Previous")) == "21–40 of 45 users"
    assert last.click("First").request.path_qs == "/users"


def test_one_page_says_only_how_many_there_are(visitor):
    page = visitor.get("/users")
    assert (count(page), ways(page)) == ("10 users", [])
    assert count(visitor.get("/users?search=niko")) == "1 user matching “niko”"


def test_a_place_from_elsewhere_does_not_say_where_it_is(many, visitor):
    page = visitor.get("/users?after=WyJpZCIsIDUsIDVd")  # ["id", 5, 5], as it was before places had numbers
    assert count(page) == "20 of 45 users"


def test_the_last_row_alone_has_one_number(many, visitor):
    visitor.post_json("/api/users", {"name": "One more", "uid": "more"})
    with database.connection_context():
        User.delete().where(User.id > 41).execute()
    assert count(visitor.get("/users?before=end")) == "41 of 41 users"


def test_a_long_number_has_its_commas(many, visitor):
    with database.connection_context(), database.atomic():
        for number in range(1000):
            Post.create(user=2, note=f"Note {number}")
    assert count(visitor.get("/posts")) == "1–20 of 1,019 posts"
    assert count(visitor.get("/users/2?before=end")) == "1,001–1,002 of 1,002 posts"


def test_the_filters_are_a_small_form_that_keeps_search_and_order(visitor):
    page = visitor.get("/users?sort=-name&search=hed")
    form = page.forms[0]
    assert not page.html.select_one(".asking details").has_attr("open")
    assert [option[2] for option in form["role"].options] == ["Any", "User", "Admin"]
    form["role"], form["dob_from"], form["dob_to"] = "user", "1900-01-01", "1999-12-31"
    page = form.submit()
    assert names(page) == ["Hedy Lamarr", "Hedy Lamar"]
    assert count(page) == "2 users matching “hed” that fit the filter"
    assert page.html.select_one(".asking details").has_attr("open")
    form = page.forms[0]
    assert [form[name].value for name in ("search", "sort", "role", "dob_from")] == [
        "hed",
        "-name",
        "user",
        "1900-01-01",
    ]
    assert names(page.click("^Born$"))[0] == "Hedy Lamar"
    assert page.click("Show all").request.path_qs == "/users?sort=-name"


def test_pages_of_a_filtered_list_are_of_that_list(many, visitor):
    last = visitor.get("/users?role=user&sort=-id").click("Last")
    assert (count(last), len(names(last))) == ("41–44 of 44 users that fit the filter", 4)
    assert "Thomas Edison" not in names(last)
    assert "role=user" in last.click("First").request.path_qs


def test_a_filter_that_makes_no_sense_is_told_beside_its_field_and_passed_over(visitor):
    page = visitor.get("/users?role=user&dob_from=soon", status=422)
    problem = page.html.select_one(".problem")
    assert " ".join(problem.text.split()) == "Date of birth from must be a date like 2008-04-05"
    assert page.html.select_one(f"[aria-describedby={problem['id']}]")["value"] == "soon"
    assert (len(names(page)), "Thomas Edison" in names(page)) == (9, False)
    assert page.forms[0]["role"].value == "user"
    visitor.get("/users?sort=age", status=422)


def test_a_filter_that_nothing_fits_leads_back(visitor):
    page = visitor.get("/users?dob_from=2020-01-01")
    assert "Nobody fits that." in page
    assert len(names(page.click("See everyone"))) == 10
    assert "No post fits that." in visitor.get("/posts?created_to=1999-01-01")
    assert "No joke fits that." in visitor.get("/jokes?haha_from=1")


def test_posts_are_filtered_by_who_wrote_them_and_when(visitor):
    form = visitor.get("/posts").forms[0]
    assert form["user"].options[:3] == [("", True, "Any"), ("1", False, "Thomas Edison"), ("2", False, "Nikola Tesla")]
    form["user"], form["created_to"] = "2", "2026-01-06"
    page = form.submit()
    assert count(page) == "2 posts that fit the filter"
    assert {link.text for link in page.html.select(".byline a")} == {"Nikola Tesla"}


def test_with_many_to_choose_from_the_id_is_asked_for(many, visitor):
    assert visitor.get("/posts").forms[0]["user"].tag == "select"
    with database.connection_context(), database.atomic():
        for number in range(60):
            User.create(name=f"More {number}", uid=f"more{number}")
    form = visitor.get("/posts").forms[0]
    assert form["user"].tag == "input"
    form["user"] = "2"
    assert count(form.submit()) == "2 posts that fit the filter"
    problem = visitor.get("/posts?user=999", status=422).html.select_one(".problem")
    assert " ".join(problem.text.split()) == "User (id) does not exist"


def test_each_control_of_the_form_has_a_label(visitor):
    for path in ("/users", "/posts", "/jokes"):
        html = visitor.get(path).html
        for control in html.select(".asking input, .asking select"):
            assert html.select_one(f"label[for={control['id']}]"), control


def test_rows_say_their_heads_for_a_phone(visitor):
    html = visitor.get("/users").html
    heads = [head.text.strip() for head in html.select("thead th")]
    assert [cell["data-head"] for cell in html.select("tbody tr:first-child td")] == heads


def test_a_row_offers_what_somebody_may_do(visitor, member, admin):
    def edits(browser):
        return [link["href"] for link in browser.get("/users").html.select("td.actions a")]

    assert edits(visitor) == []
    assert edits(member) == ["/users/2/edit"]
    assert len(edits(admin)) == 10


@pytest.mark.parametrize(("path", "most"), [("/users", 2), ("/users/2", 3), ("/posts", 3), ("/jokes", 2)])
def test_a_page_takes_few_queries(visit, visitor, path, most):
    forgetful = visit(remember="no")
    with count_queries() as counted:
        forgetful.get(path)
    assert counted.count <= most
