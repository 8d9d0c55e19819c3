"""A class on PostgreSQL: what somebody did, the file of their own data, and what goes when they or their rows go."""

import io
import json
import zipfile

import pytest

from models.changed_row import ChangedRow
from models.group import Group
from models.hidden_post import HiddenPost
from models.post import Post
from models.shared.database import database, is_sqlite
from models.shared.history.erasing import erase
from models.user import User
from tests.postgresql.test_postgresql import _empty_database, visitor  # noqa: F401 - fixtures

reset_group = pytest.importorskip("classroom.resetting.reset_group").reset_group  # a room that can be taken away


@pytest.fixture
def group(member):
    assert not is_sqlite()
    with database.connection_context():
        group = Group.create(name="P3")
        group.add(User.get_by_id(3), "teacher")
        group.add(User.get_by_id(2))
        HiddenPost.create(post=4, reason="Not kind")
    member.patch_json("/api/posts/4", {"note": "Changed"})
    member.post_json("/api/posts", {"note": "Made"})
    return group


def test_what_somebody_did_is_counted(log_in, group):
    page = log_in("lex").get(f"/groups/{group.id}/activity")
    assert [cell.text for cell in page.html.select("tbody td.number")] == ["1", "1"]
    assert page.html.select_one("tbody svg")["aria-label"] == "2 rows on 1 of 7 days"


def test_the_file_of_ones_own_data(member, group):
    archive = zipfile.ZipFile(io.BytesIO(member.get("/account/export").body))
    assert [row["name"] for row in json.loads(archive.read("rows/groups.json"))] == ["P3"]
    history = json.loads(archive.read("history.json"))
    assert {(row["person"], row["rows"], row["done"]) for row in history} == {
        (2, "posts", "update"),
        (2, "posts", "create"),
        (None, "memberships", "create"),
        (None, "hidden_posts", "create"),
    }


def test_whoever_is_erased_leaves_no_reason_behind(group):
    with database.connection_context():
        erase(2)
        told = ChangedRow.select().where(ChangedRow.table_name == "hidden_posts")
        assert [(row.done, row.before, row.after) for row in told] == [("create", None, None), ("delete", None, None)]


def test_the_rows_of_a_group_go(group):
    with database.connection_context():
        others = Post.select().where(Post.user != 2).count()
        assert reset_group(group, with_samples=True).going == {"posts": 3}
        assert Post.select().where(Post.user == 2).count() == 2
        assert Post.select().where(Post.user != 2).count() == others


def test_a_group_is_taught_and_quiet_and_logged_out(log_in, member, group):
    teacher = log_in("lex")
    assert [user["uid"] for user in teacher.get(f"/api/groups/{group.id}/users?sort=name").json["users"]] == [
        "lex",
        "niko",
    ]
    assert "2 people" in teacher.get("/groups")
    teacher.put_json(f"/api/groups/{group.id}/users/5", {}, status=403)
    teacher.patch_json(f"/api/groups/{group.id}", {"quiet": True})
    member.post_json("/api/posts", {"note": "Hello"}, status=403)
    assert teacher.post_json(f"/api/groups/{group.id}/end-logins", {}).json == {"people": 1}
    member.get("/api/me", status=401)
    teacher.delete(f"/api/groups/{group.id}/users/2", status=204)
    teacher.delete(f"/api/groups/{group.id}", status=204)


def test_of_two_admins_who_close_each_other_at_once_one_stays(log_in, at_once, group):
    with database.connection_context():
        User.get_by_id(5).update(role="admin")
    toby, hop, answers = log_in("toby"), log_in("hop"), []

    def close(browser, number):
        answers.append(browser.put_json(f"/api/users/{number}/closed", {}, expect_errors=True).status_int)

    at_once(lambda: close(toby, 5), lambda: close(hop, 1))
    assert sorted(answers)[0] == 200
    assert sorted(answers)[1] >= 400
