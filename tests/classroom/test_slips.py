"""Slips of paper: for whom they are made, shown once, and what opens with them."""

import re

import pytest
from webtest import TestApp

from models.draft import Draft
from models.group import Group
from models.receipt import Receipt
from models.session import Session
from models.shared.database import database
from models.slip import Slip
from models.user import User
from tests.classroom.conftest import PUPIL

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@pytest.fixture
def links(monkeypatch):
    """The links whose codes have been drawn."""
    from classroom.slips import printed

    drawn, real = [], printed.qr_code
    monkeypatch.setattr(printed, "qr_code", lambda link: drawn.append(link) or real(link))
    return drawn


def make_slips(browser, p3, **values):
    form = browser.get(f"/users/slips?group={p3.id}").forms["slips"]
    for name, value in values.items():
        form[name] = value
    return form, form.submit(expect_errors=True)


def slips_on(answer):
    return [(slip.h2.text, *[each.text for each in slip.select("dd")]) for slip in answer.html.select(".slip")]


def test_a_teacher_prints_slips_for_a_group(teacher, p3, links):
    _, answer = make_slips(teacher, p3)
    assert answer.status_int == 201
    [(name, opened, uid, password)] = slips_on(answer)
    assert f"/groups/{p3.id}/joining" in teacher.get(f"/users/slips?group={p3.id}")
    assert (name, opened, uid) == ("Nikola Tesla", "http://localhost/login", "niko")
    assert re.fullmatch("([a-z]+-){3}[a-z]+", password)
    [link] = links
    assert re.fullmatch(r"http://localhost/slip#[A-Za-z0-9_-]{43}", link)
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(answer.html.select(".slip svg")) == 1


def test_what_a_slip_says_lets_in_once(teacher, p3, links):
    _, answer = make_slips(teacher, p3)
    [(_, _, uid, password)] = slips_on(answer)
    browser = TestApp(teacher.app)
    browser.post("/login", {"uid": uid, "password": password}, status=303).follow(status=303)
    browser.get("/account/choose-password", status=200)


def test_a_form_that_is_sent_again_makes_none_and_shows_none(teacher, p3, links, monkeypatch):
    form, answer = make_slips(teacher, p3)
    [(_, _, _, password)] = slips_on(answer)
    monkeypatch.setattr("models.slip.hash_of", lambda text: pytest.fail("hashed again"))
    again = form.submit(status=303)
    assert again.headers["Location"] == f"/users/slips?group={p3.id}&shown"
    page = again.follow()
    assert "nobody can show them again" in page
    assert password not in page
    with database.connection_context():
        assert Slip.select().count() == 1
        assert Slip.of_uid("niko").user_with(password)


def test_nothing_that_stands_on_a_slip_is_kept(teacher, p3, links):
    _, answer = make_slips(teacher, p3, secret_pin="4711")
    [(_, _, _, password)] = slips_on(answer)
    [token] = TOKEN.findall(links[0])
    with database.connection_context():
        names = [name for name in database.get_tables() if not name.startswith("folded")]
        rows = {name: str(database.execute_sql(f'select * from "{name}"').fetchall()) for name in names}
        assert Receipt.get().body == ""
    pin = re.compile(r"\b4711\b")  # a hash may have these digits in it
    assert [name for name, text in rows.items() if password in text or token in text or pin.search(text)] == []


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/users/slips"), ("POST", "/users/slips"), ("POST", "/users/slips/void")]
)
def test_only_who_teaches_comes_to_the_slips(visitor, member, admin, method, path):
    assert visitor.request(path, method=method, status=303).headers["Location"].startswith("/login")
    member.request(path, method=method, status=403)
    admin.request(path, method=method, status=[200, 415])


def test_who_is_not_ticked_gets_none(teacher, p3, links):
    with database.connection_context():
        p3.add(User.get(uid="hop"))
    _, answer = make_slips(teacher, p3, **{f"user-{PUPIL}": False})
    assert [uid for _, _, uid, _ in slips_on(answer)] == ["hop"]


def test_nobody_ticked_is_said(teacher, p3):
    _, answer = make_slips(teacher, p3, **{f"user-{PUPIL}": False})
    assert answer.status_int == 422
    assert "tick at least one person" in answer.html.select_one(".alert").text


@pytest.mark.parametrize("pin", ["123", "12345", "abcd", "١٢٣٤", "12 4"])
def test_a_pin_has_four_digits(teacher, p3, pin):
    answer = teacher.post(
        f"/users/slips?group={p3.id}", {f"user-{PUPIL}": "yes", "secret_pin": pin.encode()}, status=422
    )
    assert "must have 4 digits" in answer
    with database.connection_context():
        assert Slip.select().count() == 0


def test_a_teacher_gives_none_to_whom_they_do_not_teach(teacher, p3, p4, other_teacher):
    for uid in ("toby", "hop", "marie", "lex", "nobody"):
        assert "There is nobody with that user id" in teacher.get(f"/users/slips?uid={uid}")
    for path in (f"/users/slips?group={p3.id}", "/users/slips?uid=hop", "/users/slips?uid=toby"):
        for number in (1, 3, 5, 8, 99):
            teacher.post(path, {f"user-{number}": "yes"}, status=422)
    teacher.get(f"/users/slips?group={p4.id}", status=404)
    teacher.post(f"/users/slips?group={p4.id}", {f"user-{PUPIL}": "yes"}, status=404)
    other_teacher.post("/users/slips?uid=niko", {f"user-{PUPIL}": "yes"}, status=422)
    with database.connection_context():
        assert Slip.select().count() == 0


def test_a_group_gives_its_teacher_no_slip_of_an_admin_or_another_teacher_who_is_in_it(teacher, admin, p3, p4):
    with database.connection_context():
        for number in (1, 5, 8):
            p3.add(User.get_by_id(number))
    path = f"/users/slips?group={p3.id}"
    assert ticks(teacher.get(path)) == ["user-5", "user-2"]
    for number in (1, 8):
        teacher.post(path, {f"user-{number}": "yes"}, status=422)
        teacher.post(path.replace("?", "/void?"), {f"user-{number}": "yes"}, status=422)
    assert ticks(admin.get(path)) == ["user-5", "user-8", "user-2"]
    with database.connection_context():
        assert Slip.select().count() == 0


def ticks(page):
    return [box["name"] for box in page.html.select("#slips [type=checkbox]")]


@pytest.mark.parametrize("number", ["x", "", "-1", "9" * 30, "%C2%B2"])
def test_a_group_that_cannot_be_is_none(admin, number):
    admin.get(f"/users/slips?group={number}", status=404)


def test_an_admin_gives_one_to_anybody_but_themselves(admin, links):
    form = admin.get("/users/slips?uid=marie").forms["slips"]
    assert [uid for _, _, uid, _ in slips_on(form.submit(status=201))] == ["marie"]
    assert "slips" not in admin.get("/users/slips?uid=toby").forms


def test_a_pupil_sees_no_slips(pupil, teacher, p3):
    assert "Only a teacher or an admin" in pupil.get(f"/users/slips?group={p3.id}", status=403)
    pupil.post(f"/users/slips?group={p3.id}", {f"user-{PUPIL}": "yes"}, status=403)
    pupil.post(f"/users/slips/void?group={p3.id}", {f"user-{PUPIL}": "yes"}, status=403)


def test_a_token_of_a_script_makes_none(teacher, p3, visitor):
    page = teacher.get("/account").forms["make-token"].submit()
    token = page.html.select_one("#token").text
    script = TestApp(visitor.app)
    script.post(
        f"/users/slips?group={p3.id}", {f"user-{PUPIL}": "yes"}, {"Authorization": f"Bearer {token}"}, status=403
    )


def test_slips_are_made_void_by_a_click(teacher, p3, links):
    _, answer = make_slips(teacher, p3)
    [(_, _, uid, password)] = slips_on(answer)
    browser = TestApp(teacher.app)
    browser.post("/login", {"uid": uid, "password": password}, status=303)
    page = teacher.get(f"/users/slips?group={p3.id}")
    assert "has used the slip" in page
    form = page.forms["slips"]
    form.action = page.html.select_one("[formaction]")["formaction"]
    page = form.submit(status=303).follow()
    assert "let nobody in any more" in page
    assert "cannot log in yet" in page
    browser.get("/account/choose-password", status=303)  # whoever used it has not chosen yet, and is out


def test_to_void_slips_leaves_who_has_a_password(teacher, p3):
    with database.connection_context():
        User.get(uid="niko").update(password="battery staple")
    page = teacher.get(f"/users/slips?group={p3.id}")
    assert "has a password" in page
    teacher.post(f"/users/slips/void?group={p3.id}", {f"user-{PUPIL}": "yes"}, status=303)
    with database.connection_context():
        assert User.log_in("niko", "battery staple", lesson=False)


def test_the_page_warns_where_nobody_else_can_open_the_address(teacher, p3, links):
    _, answer = make_slips(teacher, p3)
    assert "this machine only" in answer
    (cookie,) = [f"session={each.value}" for each in teacher.cookiejar if each.name == "session"]
    there = {"Host": "class.example", "Origin": "http://class.example", "Cookie": cookie}
    sent = {f"user-{PUPIL}": "yes"}
    answer = TestApp(teacher.app).post(f"/users/slips?group={p3.id}", sent, there, status=201)
    assert "this machine only" not in answer
    assert links[-1].startswith("http://class.example/slip#")


def test_the_address_is_never_that_of_another_origin(teacher, p3, links):
    form = teacher.get(f"/users/slips?group={p3.id}").forms["slips"]
    form.submit(headers={"Origin": "https://evil.example"}, status=403)
    assert links == []


def test_a_name_is_text_on_the_slip(teacher, p3, links):
    with database.connection_context():
        User.update(name="<b>Bobby</b>").where(User.id == PUPIL).execute()
    _, answer = make_slips(teacher, p3)
    assert slips_on(answer)[0][0] == "<b>Bobby</b>"
    assert "<b>Bobby" not in answer.text


def test_the_page_lists_the_groups_that_one_teaches(teacher, admin, p3, p4):
    with database.connection_context():
        Group.create(name="Empty")
    assert [a.text for a in teacher.get("/users/slips").html.select(".whose-slips a")] == ["P3"]
    assert len(admin.get("/users/slips").html.select(".whose-slips a")) == 3
    empty = next(a["href"] for a in admin.get("/users/slips").html.select(".whose-slips a") if a.text == "Empty")
    assert "Nobody is in Empty yet" in admin.get(empty)


def test_the_lab_does_not_show_them_again(visit, p3, visitor):
    pytest.importorskip("lab")
    site = visit(lab="on", sample_data="lesson")
    with database.connection_context():
        _, token = Session.start(User.get(uid="toby"), "browser")
    site.set_cookie("session", token)
    _, answer = make_slips(site, p3, secret_pin="4711")
    [(_, _, _, password)] = slips_on(answer)
    seen = site.get("/lab/requests/2").text
    assert "Slip.give" in seen
    assert password not in seen
    assert "4711" not in seen


def test_a_pin_is_in_no_draft_of_who_is_logged_out(p3, visitor):
    with database.connection_context():
        User.get_by_id(3).update(password="battery staple")
    browser = TestApp(visitor.app)
    browser.post("/login", {"uid": "lex", "password": "battery staple"}, status=303)
    with database.connection_context():
        Session.delete().execute()
    for end in ("", "/void"):
        browser.post(f"/users/slips{end}?group={p3.id}", {"secret_pin": "4711", f"user-{PUPIL}": "yes"}, status=303)
    with database.connection_context():
        assert Draft.select().count() == 0
