"""Who may do what in the classroom: every route, asked by everyone. A new route without a line here fails."""

import pytest

from classroom.sections import classroom_sections
from models.group import Group
from models.membership import Membership
from models.shared.database import database
from models.user import User
from tests.routes.test_access import LOG_IN, assert_answered, name_of

PEOPLE = ("visitor", "other", "pupil", "other_teacher", "teacher", "admin")
GROUP_PAGE = (LOG_IN, 404, 200, 404, 200, 200)
TEACHERS_PAGE = (LOG_IN, 404, 403, 404, 200, 200)
TEACHERS_FORM = (LOG_IN, 404, 403, 404, 303, 303)
TAUGHT_PAGE = (LOG_IN, 403, 403, 403, 200, 200)
# route: (what is sent, the answers to a visitor, a member of no group, a pupil of the group, a teacher of another
# group, a teacher of the group, an admin). The group is P3, the user is its pupil, Tesla.
TABLE = {
    "GET /groups": (None, (LOG_IN, 200, 200, 200, 200, 200)),
    "GET /groups/new": (None, (LOG_IN, 403, 403, 200, 200, 200)),
    "POST /groups": ({"name": "A team"}, (LOG_IN, 403, 403, 303, 303, 303)),
    "GET /groups/<id:int>": (None, GROUP_PAGE),
    "GET /groups/<id:int>/posts": (None, GROUP_PAGE),
    "GET /groups/<id:int>/edit": (None, TEACHERS_PAGE),
    "POST /groups/<id:int>/edit": ({"name": "P3b"}, TEACHERS_FORM),
    "POST /groups/<id:int>/quiet": ({"quiet": "yes"}, TEACHERS_FORM),
    "POST /groups/<id:int>/end-logins": ({}, TEACHERS_FORM),
    "POST /groups/<id:int>/people": ({"uid": "niko"}, TEACHERS_FORM),
    "POST /groups/<id:int>/people/<user:int>/remove": ({}, TEACHERS_FORM),
    "GET /groups/<id:int>/delete": (None, TEACHERS_PAGE),
    "POST /groups/<id:int>/delete": ({}, TEACHERS_FORM),
    "GET /groups/<id:int>/activity": (None, TEACHERS_PAGE),
    "GET /groups/<id:int>/activity.csv": (None, TEACHERS_PAGE),
    "GET /account/activity": (None, (LOG_IN, 200, 200, 200, 200, 200)),
    "GET /account/activity.csv": (None, (LOG_IN, 200, 200, 200, 200, 200)),
    "GET /groups/<id:int>/reset": (None, TEACHERS_PAGE),
    "POST /groups/<id:int>/reset": ({"samples": ""}, TEACHERS_FORM),
    "GET /api/groups": (None, (401, 200, 200, 200, 200, 200)),
    "POST /api/groups": ({"name": "A team"}, (401, 403, 403, 201, 201, 201)),
    "GET /api/groups/<id:int>": (None, (401, 404, 200, 404, 200, 200)),
    "PATCH /api/groups/<id:int>": ({"quiet": True}, (401, 404, 403, 404, 200, 200)),
    "DELETE /api/groups/<id:int>": (None, (401, 404, 403, 404, 204, 204)),
    "POST /api/groups/<id:int>/end-logins": ({}, (401, 404, 403, 404, 200, 200)),
    "GET /api/groups/<id:int>/users": (None, (401, 404, 200, 404, 200, 200)),
    "GET /api/groups/<id:int>/posts": (None, (401, 404, 200, 404, 200, 200)),
    "PUT /api/groups/<id:int>/users/<user:int>": ({}, (401, 404, 403, 404, 204, 204)),
    "DELETE /api/groups/<id:int>/users/<user:int>": (None, (401, 404, 403, 404, 204, 204)),
    "GET /users/import": (None, (LOG_IN, 403, 403, 200, 200, 200)),
    "POST /users/import/roster": ({"text": ""}, (LOG_IN, 403, 403, 422, 422, 422)),
    "GET /users/import/roster/<key>": (None, (LOG_IN, 403, 403, 404, 404, 404)),
    "POST /users/import/roster/<key>": ({"do": "look"}, (LOG_IN, 403, 403, 404, 404, 404)),
    "POST /users/import/roster/<key>/cancel": ({}, (LOG_IN, 403, 403, 303, 303, 303)),
    "GET /users/slips": (None, (LOG_IN, 403, 403, 200, 200, 200)),
    "POST /users/slips": ({"secret_pin": ""}, (LOG_IN, 403, 403, 422, 422, 422)),
    "POST /users/slips/void": ({"secret_pin": ""}, (LOG_IN, 403, 403, 422, 422, 422)),
    "GET /slip": (None, (200,) * 6),
    "POST /slip": ({"token": "made-up"}, (422,) * 6),
    "GET /join": (None, (200,) * 6),
    "POST /join": ({"code": "made-up"}, (422,) * 6),
    "GET /join/waiting": (None, (404,) * 6),
    "GET /groups/<id:int>/joining": (None, (LOG_IN, 403, 403, 404, 200, 200)),
    "POST /groups/<id:int>/joining": ({"hours": "24", "most": "30"}, (LOG_IN, 403, 403, 404, 303, 303)),
    "POST /groups/<id:int>/joining/off": ({}, (LOG_IN, 403, 403, 404, 303, 303)),
    "POST /groups/<id:int>/joining/let-in": ({"joining-1": "yes"}, (LOG_IN, 403, 403, 404, 303, 303)),
    "POST /groups/<id:int>/joining/turn-away": ({"joining-1": "yes"}, (LOG_IN, 403, 403, 404, 303, 303)),
    "POST /groups/<id:int>/joining/<joining:int>/undo": ({}, (LOG_IN, 403, 403, 404, 404, 404)),
    "GET /posts/<id:int>/hide": (None, TAUGHT_PAGE),
    "POST /posts/<id:int>/hide": ({"reason": "Not kind."}, (LOG_IN, 403, 403, 403, 303, 303)),
    "POST /posts/<id:int>/show": ({}, (LOG_IN, 403, 403, 403, 404, 404)),
    "POST /api/posts/<id:int>/hide": ({"reason": "Not kind."}, (401, 403, 403, 403, 200, 200)),
    "DELETE /api/posts/<id:int>/hide": (None, (401, 403, 403, 403, 404, 404)),
    "GET /users/<id:int>/close": (None, TAUGHT_PAGE),
    "POST /users/<id:int>/close": ({"reason": "Has left."}, (LOG_IN, 403, 403, 403, 303, 303)),
    "POST /users/<id:int>/open": ({}, (LOG_IN, 403, 403, 403, 404, 404)),
    "GET /api/users/<id:int>/closed": (None, (401, 403, 403, 403, 404, 404)),
    "PUT /api/users/<id:int>/closed": ({}, (401, 403, 403, 403, 200, 200)),
    "DELETE /api/users/<id:int>/closed": (None, (401, 403, 403, 403, 404, 404)),
}


def ask(browser, name, sent):
    method, rule = name.split(" ")
    number = {"users": "2", "posts": "4"}.get(rule.removeprefix("/api").split("/")[1], "1")
    path = rule.replace("<id:int>", number).replace("<user:int>", "2").replace("<key>", "a-key")
    path = path.replace("<joining:int>", "1")
    if method == "GET":
        return browser.get(path, expect_errors=True)
    if not path.startswith("/api/"):
        return browser.post(path, sent, expect_errors=True)
    if sent is None:
        return browser.delete(path, expect_errors=True)
    return getattr(browser, f"{method.lower()}_json")(path, sent, expect_errors=True)


def rows():
    with database.connection_context():
        return [list(model.select().order_by(model.id).dicts()) for model in (User, Group, Membership)]


def test_every_route_of_the_classroom_has_its_line():
    assert sorted(name_of(route) for section in classroom_sections() for route in section.routes) == sorted(TABLE)


@pytest.mark.parametrize("person", PEOPLE)
def test_everyone_gets_the_answer_of_the_table(person, p3, p4, request):
    for name, (sent, statuses) in TABLE.items():
        status = statuses[PEOPLE.index(person)]
        if status in (LOG_IN, 401, 403, 404, 422) or name.startswith("GET"):
            browser, before = request.getfixturevalue(person), rows()
            assert_answered(ask(browser, name, sent), status)
            assert rows() == before, name


@pytest.mark.parametrize("person", PEOPLE[3:])
@pytest.mark.parametrize("name", [name for name in TABLE if not name.startswith("GET")])
def test_who_may_do_it_does_it(name, person, p3, p4, request):
    sent, statuses = TABLE[name]
    status = statuses[PEOPLE.index(person)]
    assert_answered(ask(request.getfixturevalue(person), name, sent), status)


@pytest.mark.parametrize("directory", ["public", "members"])
def test_visitors_see_no_group_whatever_the_directory_is(directory, visit, p3):
    visitor = visit(directory=directory)
    for name, (sent, statuses) in TABLE.items():
        assert_answered(ask(visitor, name, sent), statuses[0])
    for path in ("/", "/users", "/users/2"):
        assert "P3" not in visitor.get(path)
        assert "/groups" not in visitor.get(path)
