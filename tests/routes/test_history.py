"""The history as people and programs meet it: each change can be found, and undone by those who may."""

import re
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from playhouse.test_utils import count_queries

from models.change import Change
from models.changed_row import ChangedRow
from models.post import Post
from models.shared.database import database
from models.shared.fields import utc_now
from models.shared.history.erasing import erase
from models.shared.history.writer import Writer, writing
from models.user import User
from tests.drawn import png


def link_of(answer):
    """Which change it was, as an answer in JSON says."""
    (number,) = re.fullmatch(r'</api/changes/(\d+)>; rel="change"', answer.headers["Link"]).groups()
    return int(number)


def write(browser, note="Hello"):
    answer = browser.post_json("/api/posts", {"note": note}, status=201)
    return f"/api/posts/{answer.json['id']}", link_of(answer)


def undo(browser, number, status=200):
    return browser.post_json(f"/api/changes/{number}/undo", {}, status=status)


def undo_form(page):
    (name,) = [name for name in page.forms if str(name).startswith("undo-")]
    return page.forms[name]


def words(page, selector):
    return [" ".join(each.text.split()) for each in page.html.select(selector)]


# Pages.


def test_deleted_and_undone(member):
    page = member.get("/posts/5/delete").forms["delete-post"].submit(status=303).follow()
    assert words(page, ".success") == [f"The post was deleted. Undo change {number_in(page)}"]
    assert member.get("/api/posts/5", status=404)
    page = undo_form(page).submit(status=303).follow()
    assert member.get("/api/posts/5").json["note"].startswith("Since 1960")
    assert "was undone" in words(page, ".success")[0]
    undo_form_of_news = page.html.select_one(".success form")["id"]
    page.forms[undo_form_of_news].submit(status=303)
    member.get("/api/posts/5", status=404)


def number_in(page):
    return page.html.select_one(".success form")["id"].removeprefix("undo-")


@pytest.mark.parametrize("path", ["/users/2", "/posts", "/jokes"])
def test_after_each_change_a_page_offers_to_undo_it(admin, path):
    made = {"/users/2": "/users/2", "/posts": "/posts/5", "/jokes": "/jokes/1"}[path]
    form = next(form for name, form in admin.get(f"{made}/edit").forms.items() if str(name).startswith("edit"))
    field = {"/users/2": "name", "/posts": "note", "/jokes": "joke"}[path]
    before = admin.get(f"/api{made}").json
    form[field] = "Something else"
    page = form.submit(status=303).follow()
    page.forms[page.html.select_one(".success form")["id"]].submit(status=303)
    assert admin.get(f"/api{made}").json == before


def test_who_may_not_undo_it_is_offered_nothing(visitor, member, other, admin):
    page = member.get("/posts/5/delete").forms["delete-post"].submit(status=303)
    address = page.headers["Location"].removeprefix("http://localhost")
    assert not other.get(address).html.select(".success form")
    assert not visitor.get(address).html.select(".success form")
    assert admin.get(address).html.select(".success form")
    for odd in ("/posts?deleted&change=x", "/posts?deleted&change=" + "9" * 50, "/posts?deleted&change=-1"):
        assert not member.get(odd).html.select(".success form")


def test_what_changes_nothing_offers_nothing(member):
    form = member.get("/posts/5/edit").forms["edit-post"]
    page = form.submit(status=303).follow()
    assert words(page, ".success") == ["The post was saved."]


def test_a_picture_comes_back_with_its_post(member, settings):
    path, _ = write(member)
    image = member.put(f"{path}/image", png(), content_type="image/png", status=200).json["image"]
    number = link_of(member.delete(path, status=204))
    undo(member, number)
    assert member.get(path).json["image"] == image
    assert member.get(image["url"], status=200).body
    assert member.get(image["thumb"], status=200).body


def test_what_is_in_the_way_is_told_on_the_page(member, admin):
    path, _ = write(member)
    number = link_of(member.patch_json(path, {"note": "Mine"}))
    other = link_of(admin.patch_json(path, {"note": "Theirs"}))
    page = undo_form(member.get(f"/history/{number}")).submit(status=422)
    (told,) = words(page, ".alert li")
    assert told.endswith(f"has been changed since: note. Undo change {other} first.")
    assert member.get(path).json["note"] == "Theirs"


def test_the_history_shows_who_did_what_and_how_it_was(admin, member):
    path, _ = write(member, "Hello")
    number = link_of(member.patch_json(path, {"note": "Goodbye"}))
    page = admin.get("/history")
    first = page.html.select_one(".change")
    assert first.select_one(".byline a").text == "Nikola Tesla"
    assert [first.select_one("del").text, first.select_one("ins").text] == ["Hello", "Goodbye"]
    assert f"Change {number}" in first.text


def test_members_see_what_they_did_and_admins_all(member, other, admin):
    write(member)
    write(other)
    assert {change["person"] for change in member.get("/api/changes").json["changes"]} == {2}
    assert {change["person"] for change in admin.get("/api/changes").json["changes"]} == {2, 5, None}
    other.get("/api/changes?person=2", status=403)
    assert "Nikola" not in str(other.get("/history").html.main)


def test_the_owner_of_a_row_sees_all_that_became_of_it(member, other, admin):
    path, _ = write(member)
    admin.patch_json(path, {"note": "Better"}, status=200)
    row = path.rpartition("/")[2]
    asked = f"/api/changes?model=posts&row={row}"
    assert [change["person"] for change in member.get(asked).json["changes"]] == [1, 2]
    assert other.get(asked).json["changes"] == []


def test_the_pages_of_rows_lead_to_their_history(member, other, admin):
    assert member.get("/users/2").html.select('a[href="/history?model=users&row=2"]')
    assert not other.get("/users/2").html.select('a[href="/history?model=users&row=2"]')
    assert admin.get("/jokes/1").html.select('a[href="/history?model=jokes&row=1"]')
    assert member.get("/posts/5/edit").html.select('a[href="/history?model=posts&row=5"]')


def test_it_is_filtered_by_person_table_and_day(admin, member):
    write(member)
    today = utc_now().date()
    for asked, count in (
        ("person=2", 1),
        ("person=3", 0),
        ("model=posts&person=2", 1),
        ("model=jokes&person=2", 0),
        (f"day={today}&person=2", 1),
        (f"day={today - timedelta(days=1)}&model=posts", 0),
        (f"model=posts&day={today}&person=2", 1),
    ):
        assert len(admin.get(f"/api/changes?{asked}").json["changes"]) == count, asked
        assert len(admin.get(f"/history?{asked}&row=").html.select(".change")) == count, asked


def test_what_was_deleted_is_found_and_shown_alone(member, admin):
    write(member)
    member.delete("/api/posts/5", status=204)
    admin.delete("/api/users/2", status=204)
    assert [change["command"] for change in admin.get("/api/changes?done=delete").json["changes"]] == [
        "DELETE /api/users/2",
        "DELETE /api/posts/5",
    ]
    assert not admin.get("/api/changes?done=delete&model=jokes").json["changes"]
    found = admin.get("/api/changes?done=delete&model=users").json["changes"][0]
    assert ([row["rows"] for row in found["rows"]], found["total"]) == (["users"], 3)
    page = admin.get("/history")
    (form,) = [form for form in page.forms.values() if "done" in form.fields]
    form["done"] = "delete"
    assert len(form.submit().html.select(".change")) == 2


def test_of_a_row_the_history_shows_that_row_alone(member, admin):
    with database.connection_context(), writing(Writer("PUT /many", lambda: 1)), database.atomic():
        for user in User.select().where(User.id > 1).order_by(User.id.desc()):
            user.update(name=f"{user.name} X")
    asked = "model=users&row=2"
    (change,) = member.get(f"/api/changes?{asked}").json["changes"]
    assert [row["id"] for row in change["rows"]] == [2]
    page = member.get(f"/history?{asked}")
    assert "Grace Hopper" not in page
    assert "and 8 more rows" in page
    assert not page.html.select(f'a[href="/history/{change["id"]}"]')
    assert admin.get(f"/history?{asked}").html.select(f'a[href="/history/{change["id"]}"]')


@pytest.mark.parametrize(
    "asked",
    [
        "person=x",
        "row=1",
        "model=nothing",
        "model=sessions",
        "day=2026-02-30",
        "before=-1",
        "odd=1",
        "day=x",
        "done=create",
    ],
)
def test_what_makes_no_sense_is_refused_by_name(admin, asked):
    problems = admin.get(f"/api/changes?{asked}", status=422).json["problems"]
    assert list(problems) == [asked.partition("=")[0]]
    admin.get(f"/history?{asked}", status=422)


def test_the_list_comes_in_pages(admin, member):
    path, _ = write(member)
    for number in range(24):
        member.patch_json(path, {"note": f"Note {number}"}, status=200)
    for start in ("/api/changes", "/api/changes?model=posts&person=2"):
        answer = admin.get(start).json
        found = [change["id"] for change in answer["changes"]]
        assert len(found) == 20
        while answer["next"]:
            answer = admin.get(answer["next"]).json
            found += [change["id"] for change in answer["changes"]]
        assert found == sorted(set(found), reverse=True)
        assert len(found) >= 25
    page = admin.get("/history?person=2")
    assert len(page.click("Older ones").html.select(".change")) == 5


def test_a_list_takes_as_many_queries_however_long_it_is(admin, member):
    path, _ = write(member)
    with count_queries() as short:
        admin.get("/api/changes", status=200)
    for number in range(15):
        member.patch_json(path, {"note": f"Note {number}"}, status=200)
    with count_queries() as long:
        admin.get("/api/changes", status=200)
    assert long.count == short.count


# JSON.


def test_each_change_in_json_says_which_one_it_was(member, admin):
    path, number = write(member)
    change = member.get(f"/api/changes/{number}").json
    assert (change["person"], change["command"], change["total"]) == (2, "POST /api/posts", 1)
    assert change["rows"][0]["after"]["note"] == "Hello"
    assert link_of(member.patch_json(path, {"note": "More"})) > number
    assert link_of(member.put(f"{path}/image", png(), content_type="image/png")) > number
    assert link_of(member.delete(f"{path}/image")) > number
    assert link_of(admin.delete(path)) > number
    assert "Link" not in member.get("/api/posts").headers


def test_what_changes_nothing_and_what_a_visitor_does_has_no_link(member, visitor):
    path, _ = write(member)
    assert "Link" not in member.patch_json(path, {"note": "Hello"}, status=200).headers
    assert "Link" not in visitor.post_json("/api/users", {"name": "A", "uid": "aa"}, status=201).headers


def test_an_answer_that_is_given_again_has_the_same_link(member):
    sent = [
        member.post_json("/api/posts", {"note": "Once"}, headers={"Idempotency-Key": "k"}, status=201) for _ in range(2)
    ]
    assert link_of(sent[0]) == link_of(sent[1])


def test_undoing_answers_which_change_it_is(member):
    path, number = write(member)
    answer = undo(member, number)
    member.get(path, status=404)
    assert answer.json["change"] == link_of(answer)
    assert member.get(f"/api/changes/{number}").json["undone_by"] == answer.json["change"]
    undo(member, answer.json["change"])
    assert member.get(path).json["note"] == "Hello"


def test_a_refusal_names_the_row_and_what_would_help(member, admin):
    path, _ = write(member)
    number = link_of(member.patch_json(path, {"note": "Mine"}))
    other = link_of(admin.patch_json(path, {"note": "Theirs"}))
    answer = undo(member, number, status=422)
    ((name, message),) = answer.json["problems"].items()
    assert name.startswith("“Theirs” (posts ")
    assert message == f"has been changed since: note. Undo change {other} first."


def test_the_lesson_and_commands_make_changes_that_an_admin_undoes(admin, member):
    answer = member.put_json("/lesson/api/users", {"id": 2, "name": "N. T."}, status=200)
    undo(member, link_of(answer))
    assert member.get("/api/users/2").json["name"] == "Nikola Tesla"
    with database.connection_context(), writing(Writer("python -m models admin niko")) as writer:
        User.get_by_id(2).update(role="admin")
    undo(admin, writer.change)
    assert admin.get("/api/users/2").json["role"] == "user"


def test_an_admin_brings_a_user_back_without_password_and_logins(admin, member, visitor):
    posts = admin.get("/api/posts?user=2").json["total"]
    number = link_of(admin.delete("/api/users/2", status=204))
    undo(admin, number)
    assert admin.get("/api/posts?user=2").json["total"] == posts
    member.get("/api/me", status=401)
    assert "has no password" in admin.get(f"/history/{number}")


def test_who_is_deleted_for_good_is_not_brought_back_and_has_no_name(admin, member, other):
    write(member)
    number = link_of(admin.delete("/api/users/2", status=204))
    who = admin.get("/history?person=2").html.select(".change .byline")
    assert who
    assert all("Nikola Tesla" in each.text for each in who)
    with database.connection_context():
        erase(2)
    assert undo(admin, number, status=422).json["detail"] == "What was deleted for good cannot come back."
    page = admin.get("/history?person=2")
    assert "A former member" in page
    assert "Nikola" not in page
    with database.connection_context():
        erased = Change.get(Change.label == "erased").id
    undo(admin, erased, status=422)


# Who may.


def test_nobody_undoes_what_others_did(member, other, admin):
    _, number = write(member)
    undo(other, number, status=403)
    other.get(f"/history/{number}", status=403)
    undo(admin, number)


def test_who_is_no_admin_any_more_takes_back_nothing_they_did_as_one(member, admin):
    admin.patch_json("/api/users/2", {"role": "admin"}, status=200)
    role = link_of(member.patch_json("/api/users/5", {"role": "admin"}, status=200))
    own = link_of(member.patch_json("/api/users/2", {"role": "user"}, status=200))
    joke = None
    for number in (role, own, joke):
        if number:
            undo(member, number, status=403)
    assert member.get("/api/users/2").json["role"] == "user"


def test_who_is_no_admin_any_more_leaves_the_rows_of_others_alone(member, admin):
    admin.patch_json("/api/users/2", {"role": "admin"}, status=200)
    number = link_of(member.patch_json("/api/posts/1", {"note": "Mine"}, status=200))
    joke = link_of(member.delete("/api/jokes/1", status=204))
    admin.patch_json("/api/users/2", {"role": "user"}, status=200)
    undo(member, number, status=403)
    assert member.get("/api/posts/1").json["note"] == "Mine"
    undo(member, joke)  # jokes are anybody's to add


def test_no_password_is_in_the_history(admin, member):
    admin.patch_json("/api/users/2", {"password": "correct horse"}, status=200)
    with database.connection_context():
        hashed = User.get_by_id(2).password_hash
    for path in ("/api/changes", "/history", "/api/changes?model=users&row=2"):
        answer = admin.get(path)
        assert "changed" in answer
        assert hashed not in answer.text


def test_what_was_typed_and_cannot_be_read_is_told_as_such(admin, settings):
    with closing(sqlite3.connect(settings.database_path)) as program:
        program.execute("insert into posts (note, created, userID) values ('A note', 'odd', 2)")
        program.commit()
    assert "“odd” (cannot be read)" in admin.get("/history").text
    (row,) = admin.get("/api/changes").json["changes"][0]["rows"]
    assert row["after"]["note"] == "A note"


# All that somebody did lately.


@pytest.fixture
def wild(member, admin):
    """Somebody has run wild, and an admin has mended one thing already."""
    path, _ = write(member, "Mine")
    for number in range(3):
        member.patch_json("/api/posts/5", {"note": f"Wild {number}"}, status=200)
    member.patch_json("/api/users/2", {"name": "Wild"}, status=200)
    admin.patch_json("/api/users/2", {"name": "Mended"}, status=200)
    member.delete("/api/posts/4", status=204)
    return path


def test_all_that_somebody_did_is_undone_at_once_but_what_others_have_changed(wild, admin, member):
    page = admin.get("/history/lately?person=2&hours=1")
    assert len(page.html.select(".change")) == 5
    assert "has been changed since: name" in page.html.main.text
    page = page.forms["undo-lately"].submit(status=303).follow()
    assert "It was undone." in words(page, ".success")[0]
    member.get(wild, status=404)
    assert member.get("/api/posts/5").json["note"].startswith("Since 1960")
    assert member.get("/api/posts/4", status=200)
    assert member.get("/api/users/2").json["name"] == "Mended"
    assert "There is nothing to undo" in admin.get("/history/lately?person=2")


def test_no_hours_are_not_one_hour(wild, admin):
    answer = admin.post_json("/api/changes/lately/undo", {"person": 2, "hours": 0}, status=422)
    assert answer.json["problems"] == {"hours": "must be from 1 to 24"}


def test_it_is_one_change_that_can_be_undone(wild, admin, member):
    preview = admin.get("/api/changes/lately?person=2").json
    assert preview["change"] is None
    assert len(preview["changes"]) == 5
    done = admin.post_json("/api/changes/lately/undo", {"person": 2, "newest": preview["changes"][0]}).json
    assert done["changes"] == preview["changes"]
    assert [len(each["reasons"]) for each in done["left"]] == [1]
    undo(admin, done["change"])
    assert member.get("/api/posts/5").json["note"] == "Wild 2"
    assert member.get(wild).json["note"] == "Mine"


def test_what_is_too_old_or_newer_than_what_was_seen_stays(wild, admin, member):
    page = admin.get("/history/lately?person=2")
    path, _ = write(member, "Just now")
    with database.connection_context():
        oldest = Change.select().where(Change.person == 2).order_by(Change.id).get()
        Change.update(created=utc_now() - timedelta(hours=2)).where(Change.id == oldest.id).execute()
    page.forms["undo-lately"].submit(status=303)
    member.get(path, status=200)
    member.get(wild, status=200)
    assert len(admin.get("/api/changes/lately?person=2&hours=3").json["changes"]) == 2


@pytest.mark.parametrize("asked", ["person=x", "person=2&hours=0", "person=2&hours=25", "hours=x&person=2"])
def test_an_odd_question_is_refused(admin, asked):
    admin.get(f"/history/lately?{asked}", status=422)
    admin.get(f"/api/changes/lately?{asked}", status=422)


def test_a_person_who_is_not_there_is_not_found(admin):
    admin.get("/history/lately?person=999", status=404)
    admin.post_json("/api/changes/lately/undo", {"person": 999}, status=404)


def test_the_page_names_nobody_before_somebody_is_chosen(admin):
    page = admin.get("/history/lately")
    assert not page.html.select(".change")
    assert "undo-lately" not in page.forms


def test_a_change_of_many_rows_shows_the_first_ones(admin):
    with database.connection_context(), writing(Writer("python", lambda: 1)) as writer:
        Post.update(note="All the same").execute()
        count = ChangedRow.select().where(ChangedRow.change == writer.change).count()
    change = next(each for each in admin.get("/api/changes").json["changes"] if each["id"] == writer.change)
    assert (len(change["rows"]), change["total"]) == (5, count)
    assert f"and {count - 5} more rows" in admin.get("/history").html.main.text
    assert len(admin.get(f"/api/changes/{writer.change}").json["rows"]) == count
