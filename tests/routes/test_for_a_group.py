"""A post that is for a group only: who may choose which group."""

import pytest
from peewee import IntegrityError

from models.group import Group
from models.post import Post
from models.shared.database import database
from models.shared.deletion import Deletion
from models.user import User

NOTE = "For us"


@pytest.fixture
def groups(visitor):
    """The numbers of a group of niko's, and of one that he is not in."""
    with database.connection_context():
        own, other = Group.create(name="P3"), Group.create(name="Zebras")
        own.add(User.get(uid="niko"))
    return own.id, other.id


def test_a_form_offers_the_groups_of_who_asks_and_nobody_elses(groups, member, other, admin):
    form = member.get("/posts/new").forms["new-post"]
    assert [label for _, _, label in form["group"].options] == ["Everybody", "P3"]
    assert [label for _, _, label in admin.get("/posts/new").forms["new-post"]["group"].options] == [
        "Everybody",
        "P3",
        "Zebras",
    ]
    assert "group" not in other.get("/posts/new").forms["new-post"].fields
    form["note"], form["group"] = NOTE, str(groups[0])
    assert "only for P3" in form.submit().follow().text
    assert NOTE not in other.get("/posts").text


def test_nobody_writes_for_a_group_that_they_are_not_in(groups, member, admin):
    message = {"group": "does not exist"}
    for group in (groups[1], 99):
        answer = member.post_json("/api/posts", {"note": NOTE, "group": group}, status=422)
        assert answer.json["problems"] == message
        assert member.patch_json("/api/posts/4", {"group": group}, status=422).json["problems"] == message
    form = member.get("/posts/new").forms["new-post"]
    form["group"].force_value(str(groups[1]))
    form["note"] = NOTE
    assert "does not exist" in form.submit(status=422).text
    assert admin.post_json("/api/posts", {"note": NOTE, "group": groups[1]}).json["group"] == groups[1]


def test_a_post_stays_for_its_group_when_its_writer_has_left(groups, member, visitor):
    post = member.post_json("/api/posts", {"note": NOTE, "group": groups[0]}).json
    with database.connection_context():
        Group.get_by_id(groups[0]).remove(User.get(uid="niko"))
    form = member.get(f"/posts/{post['id']}/edit").forms["edit-post"]
    assert [label for _, _, label in form["group"].options] == ["Everybody", "The group that it is for now"]
    form["note"] = "Still for us"
    form.submit().follow()
    assert member.get(f"/api/posts/{post['id']}").json["group"] == groups[0]
    visitor.get(f"/api/posts/{post['id']}", status=404)
    member.patch_json(f"/api/posts/{post['id']}", {"note": "x", "group": groups[0]})


def test_undoing_brings_no_post_into_a_group_that_its_writer_has_left(groups, member):
    post = member.post_json("/api/posts", {"note": NOTE, "group": groups[0]}).json["id"]
    member.patch_json(f"/api/posts/{post}", {"group": None})
    with database.connection_context():
        Group.get_by_id(groups[0]).remove(User.get(uid="niko"))
    change = member.get("/api/changes").json["changes"][0]["id"]
    member.post_json(f"/api/changes/{change}/undo", {}, status=403)


def test_a_file_brings_posts_for_ones_own_group_only(groups, member):
    for group, words in ((groups[0], "1 new"), (groups[1], "does not exist")):
        form = member.get("/posts/import").forms["import"]
        form["text"] = f"note,group\nFrom a file,{group}"
        assert words in form.submit().follow().text


def test_the_posts_for_a_group_go_with_it_and_never_become_everybodys(groups, member, visitor):
    post = member.post_json("/api/posts", {"note": NOTE, "group": groups[0]}).json["id"]
    with database.connection_context():
        group = Group.get_by_id(groups[0])
        assert Post in Deletion(group).goes_too  # so the page that deletes it names them
        with pytest.raises(IntegrityError):
            database.execute_sql(f"DELETE FROM groups WHERE id = {group.id}")
        group.delete()
    for browser in (visitor, member):
        browser.get(f"/api/posts/{post}", status=404)


def test_visitors_are_asked_for_no_group(groups, visitor, member):
    assert 'name="group"' not in visitor.get("/posts").text
    assert 'name="group"' in member.get("/posts").text
    assert visitor.get(f"/api/posts?group={groups[0]}").json["total"] == 0
