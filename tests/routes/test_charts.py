"""A list as a picture, with a table beside it, and the same numbers for programs."""

from xml.etree import ElementTree

import pytest
from playhouse.test_utils import assert_query_count

from models.joke import Joke
from models.post import Post
from models.shared.database import database
from models.user import User

SVG = "{http://www.w3.org/2000/svg}"


def table(page):
    """What stands in the table, line by line."""
    return [tuple(cell.text.strip() for cell in line.select("td")) for line in page.html.select("tbody tr")]


def test_a_list_leads_to_its_chart_which_counts_by_what_one_chooses(visitor):
    form = visitor.get("/users").click("As a chart").forms["count-by"]
    form["by"] = "role"
    page = form.submit()
    assert page.html.h1.text == "Users by role"
    assert table(page) == [("User", "9", "90.0 %"), ("Admin", "1", "10.0 %")]
    assert [bar["width"] for bar in page.html.select(".chart .bar")] == ["100.0%", "11.11%"]


def test_the_picture_has_a_title_and_words_for_those_who_cannot_see_it(visitor):
    for path, words in (
        ("/users/chart?by=role", "10 users. The longest bar has 9: User."),
        ("/posts/chart?by=created", "19 posts. The longest bar has 4: 2026-01-08."),
    ):
        picture = visitor.get(path).html.select_one("svg.chart")
        named = [visitor.get(path).html.find(id=name).text for name in picture["aria-labelledby"].split()]
        assert picture["role"] == "img"
        assert named[1] == words


def test_one_row_is_called_so_in_the_words_of_its_chart(visitor):
    page = visitor.get("/posts/chart?by=user&search=phonograph")
    assert page.html.find(id="chart-words").text == "1 post. The longest bar has 1: Thomas Edison."


def test_posts_are_counted_by_their_user_whose_name_leads_to_them(visitor):
    page = visitor.get("/posts/chart?by=user")
    assert table(page)[0] == ("Thomas Edison", "3", "15.8 %")
    assert page.click("Thomas Edison").request.path == "/users/1"
    with assert_query_count(2):  # the counts, and the names
        visitor.get("/posts/chart?by=user&_=1")


def test_days_follow_each_other_also_where_nothing_was_written(visitor):
    page = visitor.get("/posts/chart?by=created")
    days = [line[0] for line in table(page)]
    assert days == [f"2026-01-{day:02}" for day in range(5, 11)]
    assert len(page.html.select(".chart rect")) == 6


@pytest.mark.parametrize(
    ("dobs", "labels"),
    [
        (
            ["1847-02-11", "1849-01-01"],
            [f"{1847 + month // 12}-{month % 12 + 1:02}" for month in range(1, 25)],
        ),
        (["1847-02-11", "1860-01-01"], [str(year) for year in range(1847, 1861)]),
        (["1847-02-11", "1914-01-01"], [f"{year}s" for year in range(1840, 1920, 10)]),
        (["0010-02-11", "0914-01-01"], [f"{year} to {year + 99}" for year in range(0, 1000, 100)]),
    ],
)
def test_longer_times_are_counted_by_longer_spans(visitor, dobs, labels):
    with database.connection_context():
        User.update(dob=dobs[0]).execute()
        User.update(dob=dobs[1]).where(User.id > 5).execute()
    assert [line[0] for line in table(visitor.get("/users/chart?by=dob"))] == labels


def test_a_number_is_counted_in_ranges(visitor):
    with database.connection_context():
        for joke, number in enumerate((0, 4, 5, 30, 30, 99, 1000), start=1):
            Joke.update(haha=number).where(Joke.id == joke).execute()
    lines = table(visitor.get("/jokes/chart?by=haha"))
    assert [line[:2] for line in lines if line[1] != "0"] == [("0 to 99", "6"), ("1,000 to 1,099", "1")]
    assert visitor.get("/api/jokes/counts?by=haha").json["counts"][0] == {"value": 0, "below": 100, "count": 6}


def test_a_search_and_filters_stay_with_the_list_that_is_counted(visitor):
    page = visitor.get("/users?search=hed").click("As a chart")
    assert "that have “hed”" in page
    form = page.forms["count-by"]
    form["by"] = "role"
    page = form.submit()
    assert table(page)[0][:2] == ("User", "2")
    assert table(page.click("Count all of them"))[0][:2] == ("User", "9")
    assert table(visitor.get("/users/chart?by=role&role=admin&utm_source=x&more=1"))[1][:2] == ("Admin", "1")
    assert visitor.get("/api/users/counts?by=role&search=hed").json["total"] == 2


def test_a_program_gets_the_numbers(visitor):
    with assert_query_count(1):
        answer = visitor.get("/api/users/counts?by=role")
    assert answer.json == {
        "by": "role",
        "unit": "",
        "total": 10,
        "others": 0,
        "counts": [{"value": "user", "below": None, "count": 9}, {"value": "admin", "below": None, "count": 1}],
    }
    visitor.get("/api/users/counts?by=role", headers={"If-None-Match": answer.headers["ETag"]}, status=304)


@pytest.mark.parametrize(
    "by",
    [
        "uid",
        "id",
        "password_hash",
        "password",
        "image",
        "age",
        "posts",
        "note",
        "nothing",
        "",
        "ROLE",
        "role,dob",
        "<b>",
    ],
)
def test_what_cannot_be_counted_is_400_and_says_what_can(visitor, by):
    detail = "by must be one of name, role, dob."
    assert visitor.get("/api/users/counts", {"by": by}, status=400).json["detail"] == detail
    if by:
        assert detail in visitor.get("/users/chart", {"by": by}, status=400)


def test_without_by_a_page_takes_the_first_and_a_program_is_told(visitor):
    assert visitor.get("/users/chart").html.h1.text == "Users by name"
    visitor.get("/api/users/counts", status=400)


@pytest.mark.parametrize("asked", ["role=king", "search=%00", "x=1", "by=role&by=dob", "limit=3", "sort=name"])
def test_a_filter_that_makes_no_sense_is_refused_as_in_a_list(visitor, asked):
    visitor.get(f"/api/users/counts?by=role&{asked}", status=422)


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", '"><svg onload=alert(1)>', "]]></svg>&amp;", "W" * 255, "محمد علي", "{{1}}"]
)
def test_whatever_a_name_is_it_is_text_in_the_picture_and_beside_it(visitor, name):
    with database.connection_context():
        User.update(name=name).where(User.id == 1).execute()
    for path in ("/users/chart?by=name", "/posts/chart?by=user"):
        page = visitor.get(path)
        picture = page.text[page.text.index('<svg class="chart"') : page.text.rindex("</svg>") + 6]
        texts = [each.text for each in ElementTree.fromstring(picture).iter("text")]
        assert any(name.startswith(text.removesuffix("…")) for text in texts)
        assert [str(each) for each in page.html.select(".counts script, .counts [onload]")] == []


def test_of_many_values_the_rest_is_one_bar(visitor):
    with database.connection_context():
        Post.insert_many([{"user": 1, "note": "x", "alt": f"{number:02}"} for number in range(30)]).execute()
    lines = table(visitor.get("/posts/chart?by=alt"))
    assert [line[:2] for line in lines[-2:]] == [("No value", "15"), ("Others", "14")]
    assert "The longest bar has 15: No value." in visitor.get("/posts/chart?by=alt")
    assert [bar["class"] for bar in visitor.get("/posts/chart?by=alt").html.select(".bar")][19:] == [
        ["bar"],
        ["bar", "rest"],
        ["bar", "rest"],
    ]
    answer = visitor.get("/api/posts/counts?by=alt").json
    assert (answer["others"], answer["total"], len(answer["counts"])) == (14, 49, 21)


def test_a_post_that_lost_its_user_is_not_counted_as_it_is_not_listed(visitor):
    with database.connection_context():
        database.execute_sql("pragma foreign_keys = 0")
        database.execute_sql("delete from users where id = 1")
        database.execute_sql("pragma foreign_keys = 1")
    assert visitor.get("/api/posts/counts?by=user").json["total"] == visitor.get("/api/posts").json["total"] == 16


def test_an_empty_table_says_so(visit):
    visitor = visit(sample_data="none")
    page = visitor.get("/users/chart?by=name")
    assert "There is nothing to count yet." in page
    assert visitor.get("/api/users/counts?by=dob").json["counts"] == []


def test_where_users_are_for_members_so_are_their_counts(visit, member, visitor):
    visitor.app = member.app = visit(directory="members").app
    visitor.get("/api/users/counts?by=role", status=401)
    assert visitor.get("/posts/chart", status=303).headers["Location"].startswith("/login")
    assert member.get("/api/users/counts?by=role").json["total"] == 10


def test_the_description_names_what_can_be_counted(visitor):
    operation = visitor.get("/api/openapi.json").json["paths"]["/api/posts/counts"]["get"]
    by, *others = [each for each in operation["parameters"] if "name" in each]
    assert (by["name"], by["required"], by["schema"]["enum"]) == ("by", True, ["user", "alt", "created", "group"])
    assert [each["name"] for each in others] == ["search", "user", "group", "created_from", "created_to"]
    tags = {tag["name"]: tag["description"] for tag in visitor.get("/api/openapi.json").json["tags"]}
    assert tags["users"].startswith("Users: pages that list")
    assert "charts" not in tags
