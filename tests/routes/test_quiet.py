"""A quiet group: its members read, and write in no way."""

import pytest
from playhouse.test_utils import count_queries
from webtest import TestApp

from models.group import Group
from models.post import Post
from models.session import Session
from models.shared.database import database
from models.user import User
from routes.shared.cross_site import SAFE_METHODS
from routes.shared.quiet import ABOUT_LOGIN, QUIET
from tests.routes.test_access import ASKED, ask, rows

WRITES = [name for name in ASKED if name.split()[0] not in SAFE_METHODS]


@pytest.fixture
def group(visitor):
    """Hopper, user 5, teaches Tesla, user 2. It is not quiet yet."""
    with database.connection_context():
        group = Group.create(name="P3")
        group.add(User.get_by_id(5), "teacher")
        group.add(User.get_by_id(2))
    return group


@pytest.fixture
def quiet(group):
    set_quiet(group, True)


def set_quiet(group, is_quiet):
    with database.connection_context():
        Group.get_by_id(group.id).update(quiet=is_quiet)


def is_about_login(name):
    return f"{name.split()[1]}/".startswith(tuple(f"{path}/" for path in ABOUT_LOGIN))


def test_its_members_write_by_no_form_no_json_no_file_no_undo_and_in_no_dialect(quiet, member):
    before, refused = rows(), 0
    for name in WRITES:
        if not is_about_login(name):
            answer = ask(member, name, ASKED[name][0])
            assert answer.status_int == 403, name
            refused += QUIET in answer.text
            assert QUIET in answer.text or "Only an admin" in answer.text, name
    assert refused > 40
    assert [rows()[0], rows()[1], rows()[3]] == [before[0], before[1], before[3]]


def test_logging_in_and_out_and_a_new_password_go_on(quiet, member):
    for name in WRITES:
        if is_about_login(name):
            browser = TestApp(member.app)
            assert QUIET not in ask(browser, name, ASKED[name][0]).text, name
    assert member.post_json("/api/sessions", {"uid": "niko", "password": "wrong"}, status=401)
    page = member.get("/account")
    page.forms["change-password"]["old"] = page.forms["change-password"]["new"] = "battery staple"
    assert "is wrong" in page.forms["change-password"].submit(status=422)
    member.post("/logout", status=303)


def test_a_script_with_a_members_token_is_refused_too(quiet, visitor):
    with database.connection_context():
        _, token = Session.start(User.get_by_id(2), "script")
    headers = {"Authorization": f"Bearer {token}"}
    visitor.get("/api/me", headers=headers, status=200)
    answer = visitor.post_json("/api/posts", {"note": "Hello"}, headers=headers, status=403)
    assert answer.json["detail"] == QUIET


def test_its_teachers_admins_and_everybody_else_go_on(quiet, other, admin, log_in, visitor):
    for browser in (other, admin, log_in("marie")):
        browser.post_json("/api/posts", {"note": "Hello"}, status=201)
    visitor.post_json("/api/jokes/1/haha", {}, status=200)


def test_an_admin_who_is_a_member_goes_on(quiet, group, admin):
    with database.connection_context():
        group.add(User.get_by_id(1))
    admin.post_json("/api/posts", {"note": "Hello"}, status=201)


def test_one_quiet_group_of_several_is_enough(group, member):
    with database.connection_context():
        loud = Group.create(name="A team", quiet=True)
        loud.add(User.get_by_id(2))
        Group.create(name="Elsewhere", quiet=True).add(User.get_by_id(5))
    member.post_json("/api/posts", {"note": "Hello"}, status=403)


def test_when_it_is_loud_again_they_write_again(quiet, group, member):
    member.post_json("/api/posts", {"note": "Hello"}, status=403)
    set_quiet(group, False)
    member.post_json("/api/posts", {"note": "Hello"}, status=201)


def test_what_was_written_into_a_form_is_still_in_it(group, member):
    page = member.get("/posts/new")
    set_quiet(group, True)
    page.forms["new-post"]["note"] = "A long thought"
    answer = page.forms["new-post"].submit(status=403)
    assert QUIET in answer
    assert answer.forms["new-post"]["note"].value == "A long thought"
    with database.connection_context():
        assert not Post.select().where(Post.note == "A long thought").exists()


def test_to_read_costs_no_query_more(quiet, member, log_in):
    def queries(browser, path):
        browser.get(path)
        with count_queries() as counted:
            browser.get(path)
        return counted.count

    marie = log_in("marie")
    for path in ("/posts", "/api/users", "/users/2"):
        assert queries(member, path) <= queries(marie, path)
