"""Groups: who sees them, who comes in, and what a teacher may never do."""

import pytest
from playhouse.test_utils import count_queries

from models.group import Group
from models.membership import Membership
from models.post import Post
from models.session import Session
from models.shared.database import database
from models.user import User


def uids(group, role="people"):
    with database.connection_context():
        return [user.uid for user in getattr(Group.get_by_id(group.id), role)()]


@pytest.mark.parametrize("directory", ["public", "members"])
def test_a_member_sees_the_lists_of_their_groups_and_an_admin_all(directory, visit, log_in, p3, p4):
    pupil, admin, other = log_in("niko"), log_in("toby"), log_in("hop")
    pupil.app = admin.app = other.app = visit(directory=directory).app
    assert [group["name"] for group in pupil.get("/api/groups").json["groups"]] == ["P3"]
    assert [group["name"] for group in admin.get("/api/groups").json["groups"]] == ["P3", "P4"]
    assert other.get("/api/groups").json == {"groups": []}
    page = pupil.get("/users").click("By groups")
    assert "2 people" in page
    assert "you teach it" not in page
    page = page.click("P3")
    assert "Nikola Tesla" in page
    assert "Alexander Graham Bell" in page
    assert "For teachers" not in page
    assert [user["uid"] for user in pupil.get("/api/groups/1/users").json["users"]] == ["niko", "lex"]


def test_its_list_is_searched_and_filtered_and_comes_in_pages(p3, pupil):
    with database.connection_context():
        for number in range(25):
            p3.add(User.create(name=f"Pupil {number:02}", uid=f"pupil{number:02}"))
        User.create(name="Pupil of nobody", uid="pupil99")
    page = pupil.get("/groups/1?sort=uid")
    assert "1–20 of 27" in page
    assert "21–27 of 27" in page.click("Next")
    assert "pupil99" not in page.click("Next")
    found = pupil.get("/groups/1?search=pupil 1")
    assert "pupil10" in found
    assert "niko" not in found
    assert pupil.get("/api/groups/1/users?role=admin").json["total"] == 0
    assert pupil.get("/api/groups/1/users?search=pupil").json["total"] == 25


def test_its_people_find_in_one_list_what_they_wrote(p3, p4, pupil, teacher, admin):
    with database.connection_context():
        for uid, group in (("niko", None), ("niko", p3), ("hop", None), ("niko", p4)):
            Post.create(user=User.get(uid=uid), note=f"{uid} in {group}", group=group)
    page = pupil.get("/groups/1").click("What they wrote")
    assert "niko in None" in page
    assert "niko in P3" in page
    assert "hop in None" not in page
    assert "Electricity" not in pupil.get("/groups/1/posts?search=niko in")
    assert "No post of this group fits that." in pupil.get("/groups/1/posts?search=hop in")
    notes = [post["note"] for post in teacher.get("/api/groups/1/posts?user=2&limit=2").json["posts"]]
    assert notes == ["niko in P3", "niko in None"]  # what is for another group only is not for a teacher of this one
    assert admin.get("/api/groups/1/posts?group=2").json["total"] == 1
    assert teacher.get("/groups/1/posts").click("Hide", index=0).forms["hide-post"]


def test_a_page_takes_the_same_queries_however_many_are_in_it(p3, teacher):
    def queries():
        with count_queries() as counted:
            teacher.get("/groups/1")
        return counted.count

    queries()
    few = queries()
    with database.connection_context():
        for number in range(15):
            p3.add(User.create(name=f"Pupil {number}", uid=f"pupil{number}"))
    assert queries() == few


def test_whoever_makes_a_group_as_a_teacher_teaches_it(teacher, admin):
    page = teacher.get("/groups").click("Make a group")
    page.forms["new-group"]["name"] = "A team"
    page = page.forms["new-group"].submit(status=303).follow()
    assert "The group was added." in page
    assert "Alexander Graham Bell" in page
    assert admin.post_json("/api/groups", {"name": "Another"}).json | {"created": ""} == {
        "id": 3,
        "name": "Another",
        "quiet": False,
        "created": "",
    }
    assert admin.get("/api/groups/3/users").json["total"] == 0


def test_a_name_that_is_taken_is_said_beside_it(teacher):
    form = teacher.get("/groups/new").forms["new-group"]
    form["name"] = "P3"
    assert "Name is already taken" in form.submit(status=422)


def test_a_teacher_takes_in_whom_they_teach_and_nobody_else(teacher, p3):
    team = teacher.post_json("/api/groups", {"name": "A team"}).json["id"]
    form = teacher.get(f"/groups/{team}").forms["add-person"]
    form["uid"] = " Niko "
    assert "Nikola Tesla" in form.submit(status=303).follow()
    for stranger in (1, 5, 8):  # an admin, a member, somebody who teaches elsewhere
        refused = teacher.put_json(f"/api/groups/{team}/users/{stranger}", {}, status=403)
        assert "Only an admin adds somebody whom you do not teach yet" in refused.json["detail"]
    teacher.put_json(f"/api/groups/{team}/users/99", {}, status=404)


@pytest.mark.parametrize(("uid", "words"), [("nobody", "nobody&#039;s user id"), ("", "is required"), ("🙂", "nobody")])
def test_a_user_id_that_is_nobodys_is_said(teacher, uid, words):
    answer = teacher.post("/groups/1/people", {"uid": uid}, status=422)
    assert words in answer


def test_only_an_admin_says_who_teaches(teacher, admin, p3):
    for role in ("teacher", "king"):
        status = 403 if role == "teacher" else 422
        teacher.put_json("/api/groups/1/users/2", {"role": role}, status=status)
        teacher.post("/groups/1/people", {"uid": "niko", "role": role}, status=status)
    teacher.put_json("/api/groups/1/users/3", {"role": "member"}, status=403)
    assert uids(p3, "teachers") == ["lex"]
    form = admin.get("/groups/1").forms["add-person"]
    form["uid"], form["role"] = "niko", "teacher"
    form.submit(status=303)
    assert uids(p3, "teachers") == ["lex", "niko"]
    admin.put_json("/api/groups/1/users/2", {"role": "member"}, status=204)
    assert uids(p3, "teachers") == ["lex"]


def test_who_is_added_again_keeps_their_role(admin, p3):
    form = admin.get("/groups/1").forms["add-person"]
    form["uid"] = "lex"
    form.submit(status=303)
    assert uids(p3, "teachers") == ["lex"]


def test_a_teacher_takes_nobody_out_but_their_pupils(teacher, p3):
    with database.connection_context():
        p3.add(User.get_by_id(1))
        p3.add(User.get_by_id(5), "teacher")
        p3.add(User.get_by_id(8))
        Group.create(name="P4").add(User.get_by_id(8), "teacher")
    for number in (1, 3, 5, 8):
        teacher.delete(f"/api/groups/1/users/{number}", status=403)
        teacher.post(f"/groups/1/people/{number}/remove", status=403)
    page = teacher.get("/groups/1")
    assert [name for name in page.forms if str(name).startswith("remove-")] == ["remove-2"]
    page.forms["remove-2"].submit(status=303)
    assert uids(p3) == ["marie", "toby"]
    teacher.delete("/api/groups/1/users/2", status=404)


def test_an_admin_who_is_in_a_group_is_touched_by_no_teacher(teacher, p3):
    with database.connection_context():
        p3.add(User.get_by_id(1))
    teacher.get("/users/1/close", status=403)
    teacher.put_json("/api/users/1/closed", {}, status=403)
    team = teacher.post_json("/api/groups", {"name": "A team"}).json["id"]
    teacher.put_json(f"/api/groups/{team}/users/1", {}, status=403)


def test_what_a_teacher_took_out_they_undo_and_a_former_teacher_does_not(teacher, admin, p3):
    page = teacher.get("/groups/1").forms["remove-2"].submit(status=303).follow()
    assert "The group was saved." in page
    page.forms[next(name for name in page.forms if str(name).startswith("undo-"))].submit(status=303)
    assert uids(p3) == ["niko"]
    change = teacher.delete("/api/groups/1/users/2").headers["Link"].partition(">")[0].strip("<")
    admin.delete("/api/groups/1/users/3", status=204)
    teacher.post_json(f"{change}/undo", {}, status=403)
    assert uids(p3) == []


def test_whom_somebody_else_teaches_by_now_does_not_come_back_by_an_undo(teacher, p3, p4):
    change = teacher.delete("/api/groups/1/users/2").headers["Link"].partition(">")[0].strip("<")
    with database.connection_context():
        p4.add(User.get_by_id(2))
    teacher.post_json(f"{change}/undo", {}, status=403)
    assert uids(p3) == []


def test_somebody_who_was_added_is_taken_back_by_an_undo(teacher, p3):
    team = teacher.post_json("/api/groups", {"name": "A team"}).json["id"]
    change = teacher.put_json(f"/api/groups/{team}/users/2", {}).headers["Link"].partition(">")[0].strip("<")
    teacher.post_json(f"{change}/undo", {}, status=200)
    assert teacher.get(f"/api/groups/{team}/users").json["total"] == 1


@pytest.mark.parametrize("role", ["teacher", "member"])
def test_a_role_that_an_admin_gave_is_not_undone_by_who_is_admin_no_more(role, admin, p3, log_in):
    with database.connection_context():
        User.get_by_id(3).update(role="admin")
        p3.add(User.get_by_id(5), "member" if role == "teacher" else "teacher")
    lex = log_in("lex")
    change = lex.put_json("/api/groups/1/users/5", {"role": role}).headers["Link"].partition(">")[0].strip("<")
    admin.patch_json("/api/users/3", {"role": "user"})
    lex.post_json(f"{change}/undo", {}, status=403)
    assert ("hop" in uids(p3, "teachers")) == (role == "teacher")


def test_deleting_a_group_says_what_goes_with_it_and_takes_nobody_along(teacher, p3):
    with database.connection_context():
        Post.create(user=2, note="For P3 only", group=p3)
        Post.create(user=2, note="For everyone")
    page = teacher.get("/groups/1/edit").click("Delete this group")
    assert "Its 2 people stay on this site" in page
    assert "1 post goes with it" in page
    page.forms["delete-group"].submit(status=303)
    with database.connection_context():
        assert not Group.select().exists()
        assert not Membership.select().exists()
        assert User.select().count() == 10
        assert not Post.select().where(Post.note == "For P3 only").exists()
        assert Post.select().where(Post.note == "For everyone").exists()


def test_a_teacher_deletes_no_group_of_another_teacher_and_nothing_of_somebody_they_do_not_teach(teacher, admin, p3):
    with database.connection_context():
        p3.add(User.get_by_id(5), "teacher")
    teacher.get("/groups/1/delete", status=403)
    teacher.delete("/api/groups/1", status=403)
    with database.connection_context():
        p3.remove(User.get_by_id(5))
        post = Post.create(user=1, note="An admin's, for P3 only", group=p3)
    teacher.delete("/api/groups/1", status=403)
    with database.connection_context():
        post.delete()
    teacher.delete("/api/groups/1", status=204)


def test_all_members_of_a_group_are_logged_out_and_nobody_else(teacher, pupil, other, p3, admin):
    with database.connection_context():
        p3.add(User.get_by_id(1))
        p3.add(User.get_by_id(5), "teacher")
        _, token = Session.start(User.get_by_id(2), "script")
    page = teacher.get("/groups/1").forms["end-logins"].submit(status=303).follow()
    assert "1 person was logged out everywhere." in page
    pupil.get("/account", status=303)
    pupil.reset()
    pupil.get("/api/me", headers={"Authorization": f"Bearer {token}"}, status=401)
    for browser in (teacher, admin, other):
        browser.get("/account", status=200)


def test_a_group_is_quiet_and_loud_again_by_a_click(teacher, pupil):
    page = teacher.get("/groups/1").forms["quiet"].submit(status=303).follow()
    assert "This group is quiet" in page
    pupil.post_json("/api/posts", {"note": "Hello"}, status=403)
    assert "This group is quiet" in pupil.get("/groups/1")
    page.forms["quiet"].submit(status=303)
    pupil.post_json("/api/posts", {"note": "Hello"}, status=201)


def test_the_history_has_what_became_of_a_group_in_words(admin, teacher, p3):
    teacher.post("/groups/1/quiet", {"quiet": "yes"}, status=303)
    teacher.delete("/api/groups/1/users/2", status=204)
    page = admin.get("/history")
    assert "P3" in page
    assert "user 2 in group 1" in page
    assert "PJoin" not in page


def test_the_way_to_the_groups_is_in_the_menu_of_who_is_logged_in(pupil, visitor):
    assert "/groups" in [link["href"] for link in pupil.get("/").html.select("nav.you a")]
    assert "/groups" not in visitor.get("/")


def test_no_html_of_a_name_gets_into_a_page(admin):
    admin.post_json("/api/groups", {"name": "<script>alert(1)</script>"})
    for path in ("/groups", "/groups/1", "/groups/1/edit", "/groups/1/delete", "/history"):
        assert "<script>alert" not in admin.get(path)


@pytest.mark.parametrize("form", ["quiet", "edit"])
def test_what_a_teacher_changed_of_their_group_they_undo_and_a_former_teacher_does_not(teacher, admin, p3, form):
    def change():
        page = teacher.get("/groups/1" if form == "quiet" else "/groups/1/edit")
        asked = page.forms["quiet" if form == "quiet" else "edit-group"]
        if form == "edit":
            asked["name"] = "P5"
        page = asked.submit(status=303).follow()
        return page.forms[next(name for name in page.forms if str(name).startswith("undo-"))]

    change().submit(status=303)
    with database.connection_context():
        group = Group.get_by_id(1)
        assert (group.name, group.quiet) == ("P3", False)
    undo = change()
    admin.put_json("/api/groups/1/users/3", {"role": "member"}, status=204)
    undo.submit(status=403)
