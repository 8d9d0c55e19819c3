"""Users, as a person and as a program meets them."""

import sqlite3
import threading
from datetime import date

import pytest
from webtest import TestApp

from tests.server import on_two_processes_too

ADA = {"name": "Ada Lovelace", "uid": "Ada", "dob": "1815-12-10", "password": "correct horse"}


def names(answer):
    return [cell.a.text for cell in answer.html.select("tbody td:nth-child(2)")]


def test_a_visitor_sees_everyone_in_a_table(visitor):
    answer = visitor.get("/users")
    assert names(answer)[:2] == ["Thomas Edison", "Nikola Tesla"]
    cells = [(cell.a or cell).text for cell in answer.html.select("tbody tr:last-child td")]
    assert cells == ["10", "Fred Flintstone", "fred", "0010-01-01", str(date.today().year - 10), "2"]


def test_a_visitor_searches_names_and_uids(visitor):
    form = visitor.get("/users").forms[0]
    form["search"] = "HED"
    answer = form.submit()
    assert names(answer) == ["Hedy Lamar", "Hedy Lamarr"]
    assert "2 users matching “HED”" in answer
    assert answer.forms[0]["search"].value == "HED"


def test_a_search_without_a_match_says_what_to_do(visitor):
    answer = visitor.get("/users?search=<b>nobody</b>")
    assert "Nobody is called “<b>nobody</b>”" in answer.html.text
    assert answer.click("see everyone").status_int == 200


def test_the_first_page_of_an_empty_table_says_what_to_do(visit):
    answer = visit(sample_data="none").get("/users")
    assert "There are no users yet" in answer
    assert answer.click("Add the first one").request.path == "/users/new"


def test_a_visitor_sorts_by_the_heads(visitor):
    answer = visitor.get("/users").click("^Born$")
    assert names(answer)[0] == "Fred Flintstone"
    assert answer.html.select_one("th[aria-sort=ascending]").text.strip() == "Born"
    answer = answer.click("^Born$")
    assert names(answer)[-1] == "Fred Flintstone"
    assert names(answer.click("^Age$"))[0] == "Fred Flintstone"
    assert names(visitor.get("/users").click("^Age$"))[-1] == "Fred Flintstone"


def test_sorting_keeps_the_search(visitor):
    answer = visitor.get("/users?search=hed").click("^Name$").click("^Name$")
    assert names(answer) == ["Hedy Lamarr", "Hedy Lamar"]


def test_twenty_users_are_on_a_page_and_the_next_ones_a_click_away(visitor):
    for number in range(15):
        visitor.post_json("/api/users", {"name": f"User {number:02}", "uid": f"user{number}"})
    first = visitor.get("/users?sort=-id")
    assert (len(names(first)), names(first)[0]) == (20, "User 14")
    second = first.click("Next")
    assert names(second) == ["Grace Hopper", "Eli Whitney", "Alexander Graham Bell", "Nikola Tesla", "Thomas Edison"]
    assert "Next" not in second
    assert names(second.click("Previous")) == names(first)


def test_a_list_does_not_mind_what_others_add_to_its_address(visitor):
    assert len(names(visitor.get("/users?utm_source=news&fbclid=1"))) == 10


def test_a_visitor_adds_a_user_who_is_then_in_the_file_the_page_and_the_json(visitor, settings):
    form = visitor.get("/users").click("Add a user").forms["new-user"]
    for name, value in ADA.items():
        form[name] = value
    answer = form.submit()
    assert (answer.status_int, answer.headers["Location"]) == (303, "/users/11?added")
    page = answer.follow()
    assert "Ada Lovelace was added." in page
    assert "was added" not in visitor.get("/users/11")
    with sqlite3.connect(settings.database_path) as program:
        assert program.execute("select _name, _uid, _dob from users where id = 11").fetchone() == (
            "Ada Lovelace",
            "ada",
            "1815-12-10",
        )
    program.close()
    assert visitor.get("/api/users/11").json["uid"] == "ada"
    assert "correct horse" not in visitor.get("/api/users/11").text + page.text


def test_only_name_and_uid_must_be_given(visitor):
    form = visitor.get("/users/new").forms["new-user"]
    form["name"], form["uid"] = "Ada Lovelace", "ada"
    assert form.submit(status=303)
    assert visitor.get("/api/users/11").json["dob"] is None


@pytest.mark.parametrize("name", ["李", "Y", "Ö"])
def test_a_name_may_have_one_letter(visitor, name):
    form = visitor.get("/users/new").forms["new-user"]
    form["name"], form["uid"] = name, "one"
    assert name in form.submit(status=303).follow()
    assert visitor.post_json("/api/users", {"name": name, "uid": "two"}, status=201).json["name"] == name


def test_a_refused_form_keeps_what_was_typed_but_the_password(visitor):
    form = visitor.get("/users/new").forms["new-user"]
    form["name"], form["uid"], form["dob"], form["password"] = "x" * 256, "toby", "2999-01-01", "short"
    answer = form.submit(status=422)
    problems = {each["id"]: each.text for each in answer.html.select(".problem")}
    assert problems == {
        "name-problem": "Name must have at most 255 characters",
        "uid-problem": "User id is already taken",
        "password-problem": "Password must have at least 8 characters",
        "dob-problem": "Date of birth must not be in the future",
    }
    again = answer.forms["new-user"]
    assert [again[name].value for name in ("name", "uid", "dob", "password")] == ["x" * 256, "toby", "2999-01-01", ""]
    for name in problems:
        assert answer.html.select_one(f'[aria-invalid][aria-describedby~="{name}"]')
    assert visitor.get("/api/users").json["total"] == 10


def test_every_field_of_the_form_has_a_label_and_the_models_limits(visitor):
    html = visitor.get("/users/new").html
    for field in html.select("main input:not([type=hidden])"):
        assert html.select_one(f"label[for={field['id']}]")
    uid = html.select_one("#uid")
    assert (uid["minlength"], uid["maxlength"], uid.has_attr("required")) == ("2", "64", True)
    assert html.select_one("#dob")["type"] == "date"
    assert not html.select_one("#dob").has_attr("required")


def test_a_name_with_html_in_it_is_shown_as_text(visitor):
    name = "<img src=x onerror=alert(1)>\"'&"
    visitor.post("/users", {"name": name, "uid": "html"}, status=303)
    for path in ("/users", "/users/11", "/users/11?added"):
        answer = visitor.get(path)
        assert not answer.html.select("img")
        assert name in answer.html.text
    answer = visitor.post("/users", {"name": name, "uid": "html"}, status=422)
    assert answer.forms["new-user"]["name"].value == name


def test_a_users_page_shows_the_person_and_their_posts(visitor):
    html = visitor.get("/users/1").html
    assert html.h1.text == "Thomas Edison"
    assert {term.text: term.find_next("dd").text for term in html.select("dt")}["Role"] == "Admin"
    assert html.select_one(".note").text.startswith("1,093")


def test_a_user_without_posts_or_birthday_has_a_page_too(visitor):
    visitor.post("/users", {"name": "Quiet One", "uid": "quiet"})
    html = visitor.get("/users/11").html
    assert "Nothing written yet" in html.text
    assert [term.text for term in html.select("dt")] == ["User id", "Posts"]


@pytest.mark.parametrize("dob", ["07-10-1856", "", "soon", "1856-13-40"])
def test_a_day_that_somebody_typed_in_another_form_is_as_none(visitor, settings, dob):
    with sqlite3.connect(settings.database_path) as program:
        program.execute("update users set _dob = ? where id = 2", (dob,))
        program.execute("update posts set created = 'noon' where userID = 2")
    program.close()
    assert visitor.get("/api/users/2").json["dob"] is None
    assert visitor.get("/api/users/2").json["posts"][0]["created"] is None
    for path in ("/users", "/users?sort=dob", "/users/2", "/posts", "/api/users"):
        visitor.get(path, status=200)


def test_a_page_beyond_the_last_match_does_not_say_that_there_is_none(visitor):
    last = visitor.get("/api/users?search=e&limit=1&sort=-id").json
    while last["next"]:
        end, last = last["next"], visitor.get(last["next"]).json
    place = end.split("after=")[1]
    visitor.get("/users?search=flint&sort=-id&after=" + place, status=200)
    page = visitor.get("/users?sort=-id&after=" + place)
    assert "no users yet" not in page


def test_one_head_only_is_marked_as_sorted(visitor):
    for sort in ("id", "-name", "dob", "-dob"):
        assert len(visitor.get(f"/users?sort={sort}").html.select("[aria-sort]")) == 1


# JSON


def test_a_program_reads_one_user(visitor):
    user = visitor.get("/api/users/6").json
    assert {name: user[name] for name in ("id", "name", "uid", "role", "dob")} == {
        "id": 6,
        "name": "Hedy Lamar",
        "uid": "hedy",
        "role": "user",
        "dob": "1914-11-09",
    }
    assert user["posts_total"] == len(user["posts"]) == 1


def test_a_program_lists_users_page_by_page(visitor):
    answer = visitor.get("/api/users?limit=4&sort=-name").json
    assert (answer["total"], answer["previous"]) == (10, None)
    uids = [user["uid"] for user in answer["users"]]
    while answer["next"]:
        answer = visitor.get(answer["next"]).json
        uids += [user["uid"] for user in answer["users"]]
    assert uids == ["wilma", "toby", "niko", "marie", "heddy", "hedy", "hop", "fred", "whit", "lex"]
    assert visitor.get(answer["previous"]).json["users"][0]["uid"] == "heddy"


def test_a_program_searches_and_filters(visitor):
    assert [user["uid"] for user in visitor.get("/api/users?search=flint").json["users"]] == ["wilma", "fred"]
    assert [user["uid"] for user in visitor.get("/api/users?role=admin").json["users"]] == ["toby"]
    assert visitor.get("/api/users?uid=HOP&name=Grace+Hopper").json["total"] == 1


def test_a_program_adds_a_user(visitor):
    answer = visitor.post_json("/api/users", ADA, status=201)
    assert answer.headers["Location"] == "/api/users/11"
    assert answer.json == visitor.get("/api/users/11").json
    assert answer.json["age"] == visitor.get("/api/users/11").json["age"] >= 210


@pytest.mark.parametrize(
    ("values", "problems"),
    [
        ({}, {"name": "is required", "uid": "is required"}),
        ({"name": None}, {"name": "is required"}),
        ({"name": 5}, {"name": "must be text"}),
        ({"name": ["Ada"]}, {"name": "must be text"}),
        ({"name": {"first": "Ada"}}, {"name": "must be text"}),
        ({"name": "x" * 256}, {"name": "must have at most 255 characters"}),
        ({"name": "a\x00b"}, {"name": "must not have control characters"}),
        ({"name": "\ud800\ud800"}, {"name": "must not have control characters"}),
        ({"uid": "TOBY"}, {"uid": "is already taken"}),
        ({"uid": "a b"}, {"uid": "may only have the letters a to z, digits, dots, underscores and hyphens"}),
        ({"dob": "11/02/1847"}, {"dob": "must be a date like 2008-04-05"}),
        ({"dob": 1847}, {"dob": "must be a date like 2008-04-05"}),
        ({"dob": "2999-01-01"}, {"dob": "must not be in the future"}),
        ({"password": "short"}, {"password": "must have at least 8 characters"}),
        ({"password": 12345678}, {"password": "must be text"}),
        ({"age": 3}, {"age": "is not a field"}),
        ({"role": "admin"}, {"role": "is not a field"}),
        ({"id": 1}, {"id": "is not a field"}),
        ({"password_hash": "x"}, {"password_hash": "is not a field"}),
        ({"<b>": 1}, {"<b>": "is not a field"}),
    ],
)
def test_a_wrong_value_is_refused_by_name_and_changes_nothing(visitor, values, problems):
    sent = {**{key: ADA[key] for key in ("name", "uid") if values}, **values}
    answer = visitor.post_json("/api/users", sent, status=422)
    assert answer.content_type == "application/problem+json"
    assert answer.json["problems"] == problems
    assert visitor.get("/api/users").json["total"] == 10


@on_two_processes_too
def test_of_two_sign_ups_at_once_with_one_uid_exactly_one_wins(visitor, at_once):
    barrier = threading.Barrier(8)
    statuses = []

    def sign_up():
        browser = TestApp(visitor.app)
        barrier.wait()
        statuses.append(browser.post_json("/api/users", ADA, expect_errors=True).status_int)

    at_once(*[sign_up] * 8)
    assert sorted(statuses) == [201] + [422] * 7
    assert visitor.get("/api/users?uid=ada").json["total"] == 1


def test_a_program_reads_one_users_posts(visitor):
    answer = visitor.get("/api/users/1/posts?limit=2").json
    assert (answer["total"], len(answer["posts"])) == (3, 2)
    assert [post["id"] for post in visitor.get(answer["next"]).json["posts"]] == [1]


@pytest.mark.parametrize("path", ["/users/{}", "/api/users/{}", "/api/users/{}/posts", "/api/posts/{}"])
@pytest.mark.parametrize("id", ["0", "99", "-1", "x", "9" * 18, "9" * 19, "9" * 5000, "1.0", "1%00"])
def test_somebody_who_is_not_there_is_404(visitor, path, id):
    assert visitor.get(path.format(id), status=404)


@pytest.mark.parametrize("added", ["_=123", "utm_source=mail", "utm_source=a&utm_source=b", "_=1&_=2&utm_x=%C3%A9"])
def test_what_others_put_behind_an_address_is_passed_over(visitor, added):
    for path in ("/api/users", "/api/users/1", "/users", "/lesson/api/users"):
        visitor.get(f"{path}?{added}", status=200)
    page = visitor.get(f"/api/users?limit=3&{added}").json
    assert page["next"].startswith("/api/users?limit=3&after=")


@pytest.mark.parametrize("path", ["/api/users", "/api/users/2/posts", "/api/posts", "/api/jokes"])
def test_a_page_by_its_number_is_told_how_pages_are_turned(visitor, path):
    problems = visitor.get(f"{path}?page=2&limit=3", status=422).json["problems"]
    assert problems == {"page": "is not a field: pages have no numbers, follow `next`"}
