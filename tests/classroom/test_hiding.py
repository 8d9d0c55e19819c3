"""Hiding a post: by who teaches its writer, and by admins; its writer sees why."""

import pytest

from models.hidden_post import HiddenPost
from models.shared.database import database
from models.user import User

REASON = {"reason": "Not for school"}
NIKOS = 4  # a post of his


def is_hidden():
    with database.connection_context():
        return HiddenPost.select().exists()


def hide(browser, **expected):
    return browser.post_json(f"/api/posts/{NIKOS}/hide", REASON, **expected)


def test_a_teacher_hides_a_post_by_its_page_and_shows_it_again(teacher, pupil, visitor):
    form = teacher.get("/posts").click(href=f"/posts/{NIKOS}/hide").forms["hide-post"]
    form["reason"] = REASON["reason"]
    form.submit().follow()
    visitor.get(f"/api/posts/{NIKOS}", status=404)
    mine = pupil.get("/posts").html.select_one(".hidden-post")
    assert mine.get_text(" ", strip=True) == "Hidden Not for school"
    page = teacher.get("/posts").click(href=f"/posts/{NIKOS}/hide")
    assert page.forms["hide-post"]["reason"].value == "Not for school"
    page.forms["show-post"].submit().follow()
    assert visitor.get(f"/api/posts/{NIKOS}").json["hidden_because"] is None


def test_a_form_without_a_reason_is_refused(teacher):
    page = teacher.get(f"/posts/{NIKOS}/hide").forms["hide-post"].submit(status=422)
    assert "is required" in page.text
    teacher.post_json(f"/api/posts/{NIKOS}/hide", {}, status=422)
    assert not is_hidden()


def test_a_program_hides_and_shows(admin):
    assert hide(admin).json["hidden_because"] == "Not for school"
    assert admin.post_json(f"/api/posts/{NIKOS}/hide", {"reason": "Rude"}).json["hidden_because"] == "Rude"
    admin.delete(f"/api/posts/{NIKOS}/hide", status=204)
    admin.delete(f"/api/posts/{NIKOS}/hide", status=404)


@pytest.mark.parametrize("who", ["pupil", "other", "other_teacher"])
def test_nobody_else_hides_or_shows(request, p3, teacher, who):
    browser = request.getfixturevalue(who)
    hide(browser, status=403)
    browser.get(f"/posts/{NIKOS}/hide", status=403)
    assert f"/posts/{NIKOS}/hide" not in browser.get("/posts").text
    hide(teacher)
    known = 403 if who == "pupil" else 404
    browser.delete(f"/api/posts/{NIKOS}/hide", status=known)
    browser.post(f"/posts/{NIKOS}/show", status=known)
    assert is_hidden()


def test_a_visitor_is_asked_to_log_in(visitor):
    hide(visitor, status=401)
    assert "/login" in visitor.get(f"/posts/{NIKOS}/hide", status=303).location


def test_a_teacher_hides_nothing_of_another_teacher_or_an_admin(p3, teacher):
    with database.connection_context():
        p3.add(User.get(uid="toby"))
        p3.add(User.get(uid="hop"), "teacher")
    for post in teacher.get("/api/posts?limit=100").json["posts"]:
        if post["user"] in (1, 5):
            teacher.post_json(f"/api/posts/{post['id']}/hide", REASON, status=403)


def test_its_writer_cannot_show_it_by_writing_it_anew(pupil, teacher, visitor):
    hide(teacher)
    assert pupil.patch_json(f"/api/posts/{NIKOS}", {"note": "Better"}).json["hidden_because"] == "Not for school"
    for names in ({"hidden_because": None}, {"hidden": []}):
        pupil.patch_json(f"/api/posts/{NIKOS}", names, status=422)
    change = pupil.get("/api/changes").json["changes"][0]["id"]
    pupil.post_json(f"/api/changes/{change}/undo", {})
    visitor.get(f"/api/posts/{NIKOS}", status=404)


def test_a_hidden_post_that_is_deleted_comes_back_hidden(pupil, teacher, visitor):
    hide(teacher)
    pupil.delete(f"/api/posts/{NIKOS}")
    assert not is_hidden()
    pupil.post_json(f"/api/changes/{pupil.get('/api/changes').json['changes'][0]['id']}/undo", {})
    assert pupil.get(f"/api/posts/{NIKOS}").json["hidden_because"] == "Not for school"
    visitor.get(f"/api/posts/{NIKOS}", status=404)


def test_hiding_is_in_the_history_and_can_be_undone(teacher, visitor):
    hide(teacher)
    (change,) = teacher.get("/api/changes").json["changes"]
    assert [row["rows"] for row in change["rows"]] == ["hidden_posts"]
    assert "Not for school" in teacher.get(f"/history/{change['id']}").text
    teacher.post_json(f"/api/changes/{change['id']}/undo", {})
    visitor.get(f"/api/posts/{NIKOS}", status=200)


def test_who_teaches_the_writer_no_more_does_not_undo_it(p3, teacher, visitor):
    hide(teacher)
    (change,) = teacher.get("/api/changes").json["changes"]
    with database.connection_context():
        p3.remove(User.get(uid="niko"))
    teacher.post_json(f"/api/changes/{change['id']}/undo", {}, status=403)
    assert is_hidden()


def test_others_change_nothing_of_what_they_do_not_see(teacher, other):
    hide(teacher)
    path = f"/api/posts/{NIKOS}"
    other.patch_json(path, {"note": "Mine"}, status=404)
    other.delete(path, status=404)
    other.get(f"{path}/deletion", status=404)
    other.delete(f"{path}/image", status=404)
