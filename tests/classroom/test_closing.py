"""Closing an account as a person does it, and who is told."""

import pytest

from models.closed_account import ClosedAccount
from models.shared.database import database
from models.user import User


@pytest.fixture
def closed(teacher):
    page = teacher.get("/users/2").click("Close this account")
    page.forms["close-account"]["reason"] = "Has left."
    page.forms["close-account"].submit(status=303)


def test_its_page_says_so_to_teachers_and_admins_and_to_nobody_else(closed, teacher, admin, other, visitor):
    for browser in (teacher, admin):
        page = browser.get("/users/2")
        assert "This account is closed since" in page
        assert "by Alexander Graham Bell" in page
        assert "Has left." in page
    for browser in (other, visitor):
        assert "This account is closed" not in browser.get("/users/2")
        assert "close" not in browser.get("/users/2")
    assert "account closed" in teacher.get("/groups/1")


def test_a_teacher_opens_it_again(closed, teacher):
    page = teacher.get("/users/2").click("Open this account")
    page.forms["open-account"].submit(status=303)
    assert "This account is closed" not in teacher.get("/users/2")
    with database.connection_context():
        assert not ClosedAccount.select().exists()


def test_what_an_admin_has_closed_only_an_admin_opens(admin, teacher):
    admin.put_json("/api/users/2/closed", {"reason": "Unkind letters"}, status=200)
    refused = teacher.delete("/api/users/2/closed", status=403).json["detail"]
    assert refused == "An admin has closed this account, so only an admin opens it again."
    teacher.post("/users/2/open", status=403)
    assert teacher.get("/api/users/2/closed").json["reason"] == "Unkind letters"
    admin.delete("/api/users/2/closed", status=204)
    admin.get("/api/users/2/closed", status=404)


def test_nobody_closes_their_own_or_one_twice(admin, teacher):
    own = admin.put_json("/api/users/1/closed", {}, status=422).json["problems"]
    assert own == {"user": "must be somebody else"}
    assert "This account must be somebody else" in admin.post("/users/1/close", {"reason": ""}, status=422)
    admin.put_json("/api/users/2/closed", {}, status=200)
    assert admin.put_json("/api/users/2/closed", {}, status=422).json["problems"] == {"user": "is closed already"}


def test_a_reason_that_is_too_long_is_said_and_closes_nothing(teacher):
    answer = teacher.post("/users/2/close", {"reason": "x" * 301}, status=422)
    assert "Why must have at most 300 characters" in answer
    with database.connection_context():
        assert not ClosedAccount.select().exists()


def test_an_undo_that_takes_an_admin_is_offered_to_admins_only(teacher, admin):
    def opened(browser):
        browser.put_json("/api/users/2/closed", {}, status=200)
        return browser.get("/users/2/close").forms["open-account"].submit(status=303).follow()

    assert opened(admin).html.select("[role=status] form")
    assert not opened(teacher).html.select("[role=status] form")


def test_so_is_that_of_a_group_that_has_come_or_gone(teacher, p3):
    form = teacher.get("/groups/new").forms["new-group"]
    form["name"] = "A team"
    came = form.submit(status=303).follow()
    gone = teacher.get(f"/groups/{p3.id}/delete").forms["delete-group"].submit(status=303).follow()
    for page in (came, gone):
        assert "The group was" in page
        assert not page.html.select("[role=status] form")


def test_an_undo_closes_no_account_for_who_may_not_close_it_now(admin, teacher, p3):
    teacher.put_json("/api/users/2/closed", {}, status=200)
    change = teacher.delete("/api/users/2/closed").headers["Link"].partition(">")[0].strip("<")
    with database.connection_context():
        p3.remove(User.get_by_id(2))
    teacher.post_json(f"{change}/undo", {}, status=403)


def test_an_admin_does_not_close_their_own_account_by_an_undo(admin, log_in):
    with database.connection_context():
        User.get_by_id(5).update(role="admin")
    hop = log_in("hop")
    hop.put_json("/api/users/1/closed", {}, status=200)
    change = hop.delete("/api/users/1/closed").headers["Link"].partition(">")[0].strip("<")
    toby = log_in("toby")
    assert toby.post_json(f"{change}/undo", {}, status=403).json["detail"] == "That would close your own account."
    hop.post_json(f"{change}/undo", {}, status=200)
    toby.get("/account", status=303)


def test_a_teacher_undoes_that_they_closed_an_account_as_long_as_they_teach_them(teacher, p3):
    def close():
        return teacher.put_json("/api/users/2/closed", {}).headers["Link"].partition(">")[0].strip("<")

    teacher.post_json(f"{close()}/undo", {}, status=200)
    with database.connection_context():
        assert not ClosedAccount.select().exists()
    change = close()
    with database.connection_context():
        p3.remove(User.get_by_id(2))
    teacher.post_json(f"{change}/undo", {}, status=403)
    with database.connection_context():
        assert ClosedAccount.select().exists()


def test_the_page_of_a_group_leads_to_closing_an_account(teacher):
    link = teacher.get("/groups/1").html.select_one("td.actions a")
    assert link["href"] == "/users/2/close"
    assert link.text == "Close account of user 2"
    link.select_one(".unseen").decompose()
    assert link.text == "Close account"
