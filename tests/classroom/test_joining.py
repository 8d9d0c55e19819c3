"""A class without a list: pupils ask by a code, and a teacher ticks whom they know."""

from datetime import timedelta

import pytest
from webtest import TestApp

from models.attempt import MOST_PER_ADDRESS, Attempt
from models.group import Group
from models.joining import Joining
from models.session import Session
from models.shared.database import database
from models.shared.fields import utc_now
from models.slip import Slip
from models.user import User

PASSWORD = "battery staple"
ADA = {"name": "Ada Lovelace", "uid": "ada", "new": PASSWORD}


@pytest.fixture
def code(teacher, p3):
    form = teacher.get(f"/groups/{p3.id}/joining").forms["new-code"]
    page = form.submit(status=303).follow()
    assert len(page.html.select(".board svg")) == 1
    return page.html.select_one(".large-code").text


def ask(visitor, code, status=303, **values):
    return TestApp(visitor.app).post("/join", {"code": code} | values, status=status)


def tick(teacher, p3, number=1, away=False):
    page = teacher.get(f"/groups/{p3.id}/joining")
    form = page.forms["waiting"]
    form[f"joining-{number}"] = True
    if away:
        form.action = page.html.select_one("[formaction]")["formaction"]
    return form.submit()


def undo(teacher, p3, number=1):
    teacher.get(f"/groups/{p3.id}/joining").forms[f"undo-{number}"].submit(status=303)


def logged_in(visitor, uid):
    return TestApp(visitor.app).post("/login", {"uid": uid, "password": PASSWORD}, expect_errors=True).status_int == 303


def uids_of(group):
    with database.connection_context():
        return [user.uid for user in Group.get_by_id(group.id).people()]


def test_who_signs_up_by_the_code_waits_until_they_are_ticked(visitor, teacher, p3, code):
    browser = TestApp(visitor.app)
    form = browser.get(f"/join?code={code}").forms["join"]
    form["name"], form["uid"], form["new"] = ADA["name"], ADA["uid"], PASSWORD
    page = form.submit(status=303).follow()
    assert "Waiting for your teacher" in page
    assert not logged_in(visitor, "ada")
    tick(teacher, p3).follow()
    assert "You are in P3" in browser.get("/join/waiting")
    assert logged_in(visitor, "ada")
    assert "ada" in uids_of(p3)


def test_the_code_may_be_typed_as_it_is_heard(visitor, code):
    page = visitor.get("/join").forms["code-form"]
    page["code"] = code.upper().replace("-", " ")
    assert "Join P3" in page.submit()


def test_a_name_is_picked_from_those_without_a_password(visitor, teacher, p3, code):
    with database.connection_context():
        p3.add(User.get(uid="hop"))
        p3.add(User.create(name="Has One", uid="has", password=PASSWORD))
        Slip.give([User.get(uid="hop")])
    page = TestApp(visitor.app).get(f"/join?code={code}")
    assert [option.text for option in page.html.select("option")] == [
        "I am not in this list",
        "Grace Hopper",
        "Nikola Tesla",
    ]
    form = page.forms["join"]
    form["user"], form["new"] = "5", PASSWORD
    form.submit(status=303)
    assert not logged_in(visitor, "hop")
    tick(teacher, p3)
    assert logged_in(visitor, "hop")
    with database.connection_context():
        assert Slip.select().count() == 0


def test_nobody_picks_a_name_that_is_taken_or_of_somebody_else(visitor, teacher, p3, code):
    ask(visitor, code, user="2", new=PASSWORD)
    for user in ("2", "1", "3", "5", "99", "x"):
        assert "has been picked already" in ask(visitor, code, 422, user=user, new=PASSWORD)


def test_a_wrong_tick_is_undone(visitor, teacher, p3, code):
    ask(visitor, code, **ADA)
    tick(teacher, p3)
    assert logged_in(visitor, "ada")
    undo(teacher, p3)
    assert not logged_in(visitor, "ada")
    assert "ada" not in uids_of(p3)
    with database.connection_context():
        assert User.get_or_none(User.uid == "ada") is None
    tick(teacher, p3)
    assert logged_in(visitor, "ada")


def test_a_wrong_tick_for_a_picked_name_is_undone(visitor, teacher, p3, code):
    ask(visitor, code, user="2", new=PASSWORD)
    tick(teacher, p3)
    assert logged_in(visitor, "niko")
    undo(teacher, p3)
    assert not logged_in(visitor, "niko")
    with database.connection_context():
        assert Session.select().where(Session.user == 2).count() == 0
    assert "niko" in uids_of(p3)


def test_who_is_turned_away_waits_no_more(visitor, teacher, p3, code):
    ask(visitor, code, **ADA)
    tick(teacher, p3, away=True)
    assert "Nobody waits" in teacher.get(f"/groups/{p3.id}/joining")
    ask(visitor, code, **ADA)


def test_the_code_is_over_in_time_full_or_off(visitor, teacher, p3, code):
    with database.connection_context():
        Group.update(join_most=1).execute()
    ask(visitor, code, **ADA)
    assert "as many as it may" in ask(visitor, code, 422, name="Bob", uid="bob", new=PASSWORD)
    with database.connection_context():
        Group.update(join_most=9, join_until=utc_now() - timedelta(seconds=1)).execute()
    assert "its time is over" in visitor.get(f"/join?code={code}", status=422)
    with database.connection_context():
        Group.update(join_until=utc_now() + timedelta(hours=1)).execute()
    assert "Join P3" in visitor.get(f"/join?code={code}")
    teacher.get(f"/groups/{p3.id}/joining").forms["code-off"].submit(status=303)
    visitor.get(f"/join?code={code}", status=422)


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"new": ""}, "is required"),
        ({"new": "short"}, "at least 8"),
        ({"new": "123ada"}, "at least 8"),
        ({"uid": "toby"}, "already taken"),
        ({"uid": "ä"}, "User id"),
        ({"name": ""}, "is required"),
    ],
)
def test_what_cannot_be_is_refused_as_when_signing_up(visitor, code, values, problem):
    sent = {name: text.encode() for name, text in (ADA | values).items()}
    assert problem in ask(visitor, code, 422, **sent).html.select_one(".summary").text


def test_two_who_wait_have_two_user_ids(visitor, code):
    ask(visitor, code, **ADA)
    assert "already taken" in ask(visitor, code, 422, **ADA)


def test_a_user_id_that_was_taken_meanwhile_is_told_to_the_teacher(visitor, teacher, p3, code):
    ask(visitor, code, **ADA)
    with database.connection_context():
        User.create(name="Another Ada", uid="ada")
    assert "still waits: uid is already taken" in " ".join(tick_refused(teacher, p3).split())


def tick_refused(teacher, p3):
    form = teacher.get(f"/groups/{p3.id}/joining").forms["waiting"]
    form["joining-1"] = True
    return form.submit(status=422).html.select_one(".alert").text


def test_guesses_of_codes_are_counted(visitor, code):
    for _ in range(10):
        visitor.get("/join?code=acid-acid-acid", status=422)
    visitor.get("/join?code=acid-acid-acid", status=429)
    visitor.get(f"/join?code={code}", status=200)  # one who guesses keeps no class out
    guess_more(MOST_PER_ADDRESS - 10)
    visitor.get("/join?code=acid-acid-acorn", status=429)
    visitor.get(f"/join?code={code}", status=429)


def test_who_knows_a_code_does_not_guess_others_for_ever(visitor, code):
    visitor.get("/join?code=acid-acid-acid", status=422)
    guess_more(MOST_PER_ADDRESS - 2)
    visitor.get(f"/join?code={code}", status=200)
    visitor.get("/join?code=acid-acid-acorn", status=422)
    visitor.get("/join?code=acid-acid-acre", status=429)


def guess_more(times):
    with database.connection_context():
        here = Attempt.get().address
        Attempt.insert_many([{"uid": f"#join {number}", "address": here} for number in range(times)]).execute()


def test_only_who_teaches_the_group_sees_who_waits(visitor, log_in, other_teacher, p3, code):
    pupil, admin = log_in("niko"), log_in("toby")
    paths = [f"/groups/{p3.id}/joining{end}" for end in ("", "/off", "/let-in", "/turn-away", "/1/undo")]
    for path in paths:
        assert visitor.post(path, status=303).headers["Location"].startswith("/login")
        pupil.post(path, status=403)
        other_teacher.post(path, status=404)
    admin.get(paths[0])
    pupil.get(paths[0], status=403)


def test_a_teacher_undoes_nothing_of_another_group(teacher, other_teacher, p3, p4, code):
    visitor = TestApp(teacher.app)
    ask(visitor, code, **ADA)
    tick(teacher, p3)
    other_teacher.post(f"/groups/{p4.id}/joining/1/undo", status=404)
    assert logged_in(visitor, "ada")


@pytest.mark.parametrize(
    "sent", [{"hours": "2", "most": "30"}, {"hours": "24", "most": "0"}, {"hours": "24", "most": "x"}, {}]
)
def test_a_code_has_an_end_and_a_number(teacher, p3, sent):
    teacher.post(f"/groups/{p3.id}/joining", sent, status=[415, 422])
    with database.connection_context():
        assert Group.get_by_id(p3.id).join_code is None


def test_what_waits_keeps_no_password_and_no_token(visitor, code):
    answer = ask(visitor, code, **ADA)
    token = answer.headers["Set-Cookie"].partition("joining=")[2].partition(";")[0]
    with database.connection_context():
        kept = str(Joining.select().dicts().get())
    assert PASSWORD not in kept
    assert token not in kept


def make_admin(user):
    user.update(role="admin")


def make_teacher(user):
    Group.get(name="P4").add(user, "teacher")


def move(user):
    Group.get(name="P3").remove(user)
    Group.get(name="P4").add(user)


@pytest.mark.usefixtures("p4")
@pytest.mark.parametrize("becomes", [make_admin, make_teacher, move])
def test_who_is_no_pupil_of_the_group_any_more_gets_no_password_by_a_tick(teacher, p3, code, becomes):
    ask(teacher, code, user="2", new=PASSWORD)
    with database.connection_context():
        becomes(User.get_by_id(2))
    assert "Nikola Tesla still waits: user is no pupil of this group any more" in tick_refused(teacher, p3)
    assert not logged_in(teacher, "niko")


@pytest.mark.usefixtures("p4")
@pytest.mark.parametrize("becomes", [make_admin, make_teacher, move])
@pytest.mark.parametrize("asked", [{"user": "2", "new": PASSWORD}, ADA])
def test_who_is_no_pupil_of_the_group_any_more_stays_when_a_tick_is_undone(teacher, p3, code, becomes, asked):
    ask(teacher, code, **asked)
    tick(teacher, p3)
    uid = asked.get("uid", "niko")
    form = teacher.get(f"/groups/{p3.id}/joining").forms["undo-1"]
    with database.connection_context():
        becomes(User.get(uid=uid))
    assert "stays as they are: user is no pupil of this group any more" in form.submit(status=422)
    assert logged_in(teacher, uid)
