"""Who may do what with a model of your own. Run by `tests/routes/test_resources.py` where there is one."""

import pytest

from tests.pages import walked

TEXT = {"text": "Hello"}
PEOPLE = ("visitor", "other", "member", "admin")
# plural: (what is sent, then each with the answers to a visitor, another member, the owner and an admin:
# who reads the list, reads a row of user 2, adds one, changes it, deletes it)
TABLE = {
    "planets": (
        {"name": "New"},
        "200 200 200 200",
        "200 200 200 200",
        "401 201 201 201",
        "401 403 200 200",
        "401 403 204 204",
    ),
    "stars": (
        {"name": "New"},
        "200 200 200 200",
        "200 200 200 200",
        "401 201 201 201",
        "401 403 403 200",
        "401 403 403 204",
    ),
    "diaries": (TEXT, "401 200 200 200", "401 404 200 200", "401 201 201 201", "401 404 200 200", "401 404 204 204"),
    "suggestions": (
        TEXT,
        "401 403 403 200",
        "401 403 403 200",
        "201 201 201 201",
        "404 404 404 200",
        "404 404 404 204",
    ),
    "notices": (TEXT, "200 200 200 200", "200 200 200 200", "401 403 403 201", "401 403 403 200", "401 403 403 204"),
    "chats": (TEXT, "401 200 200 200", "401 200 200 200", "401 201 201 201", "401 200 200 200", "401 204 204 204"),
    "people": (TEXT, "200 200 200 200", "200 200 200 200", "201 201 201 201", "200 200 200 200", "204 204 204 204"),
}


@pytest.fixture
def row(member, admin):
    """Call it with a plural for the id of a row that user 2 has added, or an admin where only they can."""

    def add(plural):
        adds = admin if plural == "notices" else member
        return adds.post_json(f"/api/{plural}", TABLE[plural][0], status=201).json["id"]

    return add


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("plural", TABLE)
def test_everyone_gets_the_answer_of_the_table(plural, person, row, request):
    sent, *answers = TABLE[plural]
    number, browser = row(plural), request.getfixturevalue(person)
    lists, reads, adds, changes, deletes = (int(each.split()[PEOPLE.index(person)]) for each in answers)
    browser.get(f"/api/{plural}", status=lists)
    browser.get(f"/api/{plural}/{number}", status=reads)
    by = "name" if plural == "planets" else "text"
    if plural != "stars":  # whose names are unique
        browser.get(f"/api/{plural}/counts?by={by}", status=lists)
        browser.get(f"/{plural}/chart?by={by}", status=303 if lists == 401 else lists)
    browser.get(f"/{plural}", status=303 if lists == 401 else lists)
    browser.get(f"/{plural}/{number}", status=303 if reads == 401 else reads)
    browser.get(f"/{plural}/new", status=303 if adds == 401 else 200 if adds == 201 else adds)
    again = {name: f"{value} again" for name, value in sent.items()}
    browser.post_json(f"/api/{plural}", again, status=adds)
    browser.post(
        f"/{plural}",
        {name: f"{value} by form" for name, value in sent.items()},
        status=303 if adds in (201, 401) else adds,
    )
    browser.get(f"/{plural}/{number}/edit", status=303 if changes == 401 else changes)
    browser.patch_json(f"/api/{plural}/{number}", sent, status=changes)
    browser.get(f"/{plural}/{number}/delete", status=303 if changes == 401 else changes)
    browser.delete(f"/api/{plural}/{number}", status=deletes)


def test_owners_see_their_own_rows_and_admins_all(member, other, admin):
    member.post_json("/api/diaries", TEXT, status=201)
    assert other.get("/api/diaries").json["total"] == 0
    assert member.get("/api/diaries").json["total"] == 1
    assert admin.get("/api/diaries").json["total"] == 1


def test_a_suggestion_is_added_by_a_visitor_who_cannot_read_it(visitor):
    form = visitor.get("/suggestions/new").forms["new"]
    form["text"] = "More cake"
    assert "The suggestion was added." in form.submit(status=303).follow()


def test_a_directory_for_members_hides_all_but_what_is_for_everyone(visit, member):
    visitor = visit(directory="members")
    for path in ("/planets", "/planets/1"):
        visitor.get(path, status=303)
        visitor.get(f"/api{path}", status=401)
    visitor.get("/notices", status=200)
    visitor.get("/api/people", status=200)


def test_where_people_are_hidden_so_is_whose_a_row_is(visit, member):
    member.post_json("/api/badges", TEXT, status=201)
    assert "Nikola Tesla" in member.get("/badges/1")
    page = visit(directory="members").get("/badges/1")
    assert "Nikola Tesla" not in page


def test_a_page_offers_only_what_somebody_may_do(visitor, member, other, admin):
    assert "Edit" in member.get("/planets/1")
    assert "Edit" in admin.get("/planets/1")
    assert "/planets/1/edit" not in other.get("/planets/1")
    assert "/planets/1/edit" not in visitor.get("/planets/1")
    assert "Add a notice" not in member.get("/notices")
    assert "Add a notice" in admin.get("/notices")


def test_a_row_that_somebody_may_not_read_cannot_be_referred_to_either(member, other):
    hidden = member.post_json("/api/diaries", {"text": "Mine"}, status=201).json["id"]
    answer = other.post_json("/api/tips", {"diary": hidden}, status=422)
    assert answer.json["problems"] == {"diary": "does not exist"}
    assert "does not exist" in other.post("/tips", {"diary": hidden}, status=422)
    tip = member.post_json("/api/tips", {"diary": hidden}, status=201).json
    assert other.patch_json(f"/api/tips/{tip['id']}", {"diary": hidden}, status=422)
    assert "Mine" not in other.get(f"/tips/{tip['id']}")


def test_a_list_sorted_by_texts_that_are_empty_has_all_its_pages(member):
    for _ in range(5):
        member.post_json("/api/tips", {}, status=201)
    assert walked(member, "/api/tips?sort=nick&limit=2") == [1, 2, 3, 4, 5]
    assert member.get("/api/tips?nick=").json["total"] == 5


def test_a_long_name_is_shortened_where_it_is_a_name(visitor):
    visitor.post_json("/api/people", {"text": "long " * 40}, status=201)
    html = visitor.get("/people/1").html
    assert len(html.h1.text) < 100 < len(html.select_one(".facts").text)


def test_a_rule_that_names_no_field_of_the_form_is_told_above_it(member):
    form = member.get("/tips/new").forms["new"]
    form["nick"] = "Grumpy"
    answer = form.submit(status=422)
    summary = answer.html.find(class_="alert").get_text(" ", strip=True)
    assert summary == "Nothing was added yet: 1 value needs another look. mood must be better"


def test_who_sees_only_their_own_rows_counts_only_these(member, other, admin):
    for browser, text in ((member, "mine"), (other, "theirs"), (other, "theirs")):
        browser.post_json("/api/diaries", {"text": text}, status=201)
    counted = [browser.get("/api/diaries/counts?by=text").json["counts"] for browser in (member, other, admin)]
    assert [[bar["count"] for bar in counts] for counts in counted] == [[1], [2], [2, 1]]
    assert "theirs" not in member.get("/diaries/chart?by=text")


def test_a_hidden_row_is_counted_by_its_number_and_not_called_by_its_name(member, visitor):
    diary = member.post_json("/api/diaries", {"text": "Secret"}, status=201).json["id"]
    member.post_json("/api/tips", {"diary": diary}, status=201)
    page = visitor.get("/tips/chart?by=diary")
    assert "Secret" not in page
    assert page.html.select_one("tbody td").text.strip() == str(diary)
