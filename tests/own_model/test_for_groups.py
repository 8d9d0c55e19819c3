"""Rows of one's own model that are for a group only. Run by `tests/routes/test_resources.py`."""

import re

import pytest
from models.plan import Idea, Plan

from models.group import Group
from models.shared.database import database
from models.user import User
from tests.drawn import png

OWNER, MATE, OUTSIDER = "niko", "whit", "hop"
WORDS = ("planword", "ideaword")
KEY = re.compile(r'name="one-time-key" type="hidden" value="[^"]+"')
PLACES = """/plans /plans/2 /api/plans /api/plans/2 /api/plans.csv /api/plans.json /plans?search=planwor /ideas /ideas/3
/api/ideas?expand=plan /api/plans/2/ideas /api/plans/1/ideas /plans/1""".split()
MORE = """/ /plans/chart?by=days /api/plans/counts?by=days /api/plans/counts?by=group /ideas/new /plans?group=1
/api/ideas/counts?by=plan /ideas/chart?by=plan /users/2 /api/users/2/plans /plans?sort=title /api/plans?sort=-days
/plans/2/edit /plans/2/delete /api/plans/2/deletion /ideas/2 /history?model=ideas&row=3 /history?model=plans&row=2
/api/changes?model=ideas&row=3""".split()


@pytest.fixture
def group(visitor):
    """Niko and whit are in it. There is a plan for everybody, with an idea."""
    with database.connection_context():
        group = Group.create(name="P3")
        for uid in (OWNER, MATE):
            group.add(User.get(uid=uid))
        Idea.create(plan=Plan.create(owner=2, title="For everybody"), text="Mine")
    return group


@pytest.fixture
def write(group):
    """Call it for a plan of niko's for the group, with an idea; another idea for the group is about the first plan."""

    def rows():
        with database.connection_context():
            plan = Plan.create(owner=2, title="planword", days=7, sketch=png(), group=group)
            Idea.create(plan=plan, text="ideaword", group=group)
            Idea.create(plan=1, text="ideaword", group=group)
            return plan

    return rows


def read_all(browser):
    """What each address answers, but for one-time keys."""
    answers = {path: browser.get(path, expect_errors=True) for path in PLACES + MORE}
    return {path: (answer.status_int, KEY.sub("", answer.text)) for path, answer in answers.items()}


@pytest.mark.parametrize("uid", [None, OUTSIDER])
def test_nothing_tells_others_that_there_is_such_a_row(visitor, log_in, write, uid):
    browser = log_in(uid) if uid else visitor
    before = read_all(browser)
    plan = write()
    after = read_all(browser)
    assert [path for path in after if after[path] != before[path]] == []
    assert browser.get(f"/uploads/{plan.sketch_name}", expect_errors=True).status_int == 404


@pytest.mark.parametrize("uid", [OWNER, MATE, "toby"])
def test_its_people_find_it_wherever_such_rows_are(log_in, write, uid):
    browser, plan = log_in(uid), write()
    for path in PLACES:
        assert any(word in browser.get(path).text for word in WORDS), path
    assert browser.get("/api/plans").json["total"] == 2
    assert browser.get(f"/uploads/{plan.sketch_name}").headers["Cache-Control"] == "private, no-cache"


def test_nobody_changes_or_refers_to_what_they_do_not_see(log_in, write):
    write()
    other = log_in(OUTSIDER)
    for path in ("/api/plans/2", "/api/ideas/2", "/api/ideas/3"):
        other.patch_json(path, {}, status=404)
        other.delete(path, status=404)
    answer = other.post_json("/api/ideas", {"plan": 2, "text": "x"}, status=422)
    assert answer.json["problems"] == {"plan": "does not exist"}
    answer = other.post_json("/api/plans", {"title": "x", "group": 1}, status=422)
    assert answer.json["problems"] == {"group": "does not exist"}


def test_a_form_asks_for_the_group_those_who_are_in_one(log_in, group):
    owner = log_in(OWNER)
    form = owner.get("/plans/new").forms["new"]
    assert [label for _, _, label in form["group"].options] == ["Everybody", "P3"]
    form["title"], form["group"] = "planword", "1"
    form.submit(status=303)
    assert "P3" in owner.get("/plans/2").text
    assert "group" not in log_in(OUTSIDER).get("/plans/new").forms["new"].fields
    with database.connection_context():
        Group.get_by_id(1).remove(User.get(uid=OWNER))
    form = owner.get("/plans/2/edit").forms["edit"]
    form["title"] = "Another name"
    form.submit(status=303)
    assert owner.get("/api/plans/2").json["group"] == 1


def test_the_rows_for_a_group_go_with_it_and_never_become_everybodys(write, visitor):
    write()
    with database.connection_context():
        Group.get_by_id(1).delete()
    assert visitor.get("/api/plans").json["total"] == visitor.get("/api/ideas").json["total"] == 1


def test_the_owner_of_what_is_referred_to_is_told_no_name_that_they_may_not_read(log_in, write, group):
    write()
    with database.connection_context():
        group.remove(User.get(uid=OWNER))
    answer = log_in(OWNER).get("/api/plans/1/deletion").json
    (ideas,) = answer["in_the_way"]
    assert (ideas["total"], ideas["names"]) == (2, ["Mine"])
    assert "ideaword" not in log_in(OWNER).delete("/api/plans/1", status=422).text
