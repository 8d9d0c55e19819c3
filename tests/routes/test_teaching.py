"""Guards and checks for teachers, on routes that are made here."""

import pytest

from models.group import Group
from models.shared.database import database
from models.user import User
from routes.shared.access import members_only
from routes.shared.section import Section
from routes.shared.teaching import group_of_mine, taught_group, taught_user, teachers_only


def asked(check):
    return lambda number: str(check(number))


@pytest.fixture
def site(visitor):
    """Hedy Lamar, user 6, teaches group 1, where user 2 is; Curie, user 8, teaches group 2."""
    with database.connection_context():
        for name, people in {"P3": {6: "teacher", 2: "member"}, "P4": {8: "teacher"}}.items():
            group = Group.create(name=name)
            for number, role in people.items():
                group.add(User.get_by_id(number), role)
    section = Section()
    section.route("/asked/teachers", "GET", lambda: "yes", apply=teachers_only)
    for name, check in {"mine": group_of_mine, "taught": taught_group, "user": taught_user}.items():
        section.route(f"/asked/{name}/<number:int>", "GET", asked(check), apply=members_only)
    visitor.app.add(section)
    return visitor


def statuses(browser, *paths):
    return [browser.get(f"/asked/{path}", status="*").status_int for path in paths]


def test_only_teachers_and_admins_pass(site, log_in):
    assert statuses(site, "teachers") == [303]
    people = {"niko": 403, "hop": 403, "hedy": 200, "marie": 200, "toby": 200}
    assert {uid: statuses(log_in(uid), "teachers")[0] for uid in people} == people


def test_a_group_is_there_for_those_in_it_and_for_admins(site, log_in):
    paths = ("mine/1", "mine/2", "mine/3")
    asked = {uid: statuses(log_in(uid), *paths) for uid in ("niko", "hop", "hedy", "toby")}
    none = [404, 404, 404]
    assert asked == {"niko": [200, 404, 404], "hop": none, "hedy": [200, 404, 404], "toby": [200, 200, 404]}


def test_a_group_is_taught_by_its_teachers_and_by_admins(site, log_in):
    asked = {uid: statuses(log_in(uid), "taught/1", "taught/2") for uid in ("niko", "hop", "hedy", "toby")}
    assert asked == {"niko": [403, 404], "hop": [404, 404], "hedy": [200, 404], "toby": [200, 200]}


def test_a_teacher_touches_their_own_people_and_never_another_teacher_or_an_admin(site, log_in):
    paths = ("user/2", "user/5", "user/8", "user/1", "user/6")
    asked = {uid: statuses(log_in(uid), *paths) for uid in ("niko", "hedy", "marie", "toby")}
    no = [403] * 5
    assert asked == {"niko": no, "hedy": [200, 403, 403, 403, 403], "marie": no, "toby": [200] * 5}
    with database.connection_context():
        for group in Group.select():
            for user in User.select():
                group.add(user)  # whoever else is in their group
    assert statuses(log_in("hedy"), *paths) == [200, 200, 403, 403, 403]
