"""What somebody wrote is not lost when the site is busy: the form comes again, all but the password."""

import sqlite3

import pytest

from models.shared.passwords import HASHING
from models.shared.picture import DECODING
from tests.drawn import png


@pytest.fixture
def busy(monkeypatch):
    """All places where passwords are hashed and pictures decoded are taken, and nobody may wait for one."""
    monkeypatch.setattr(HASHING, "seconds", 0)
    monkeypatch.setattr(DECODING, "seconds", 0)
    with HASHING.place(), HASHING.place(), DECODING.place(), DECODING.place():
        yield


@pytest.fixture
def _nobody_waits_for_a_writer(monkeypatch):
    monkeypatch.setattr("models.shared.database.BUSY_SECONDS", 0.02)


def send_again(browser, path, name, /, **texts):
    form = browser.get(path).forms[name]
    for field, text in texts.items():
        form[field] = text
    answer = form.submit(status=503)
    assert int(answer.headers["Retry-After"]) >= 1
    assert "what you wrote is still here" in answer.html.select_one("main > .alert[role=alert]").text
    return answer.forms[name]


@pytest.mark.usefixtures("busy")
def test_a_sign_up_comes_again(visitor):
    form = send_again(
        visitor, "/users/new", "new-user", name="Ada <b>", uid="ada", password="correct horse", dob="1815-12-10"
    )
    assert [form[name].value for name in ("name", "uid", "password", "dob")] == ["Ada <b>", "ada", "", "1815-12-10"]


@pytest.mark.usefixtures("busy")
def test_a_login_comes_again_and_knows_where_one_wanted_to_go(visitor):
    form = send_again(visitor, "/login?next=%2Fposts", "login", uid="niko", password="correct horse")
    assert [form[name].value for name in ("uid", "password", "next")] == ["niko", "", "/posts"]


@pytest.mark.usefixtures("busy")
def test_the_note_of_a_post_comes_again_without_its_picture(member):
    form = member.get("/posts/new").forms["new-post"]
    form["note"], form["image"] = "One\ntwo", ("a.png", png())
    page = form.submit(status=503)
    assert page.forms["new-post"]["note"].value.replace("\r", "") == "One\ntwo"
    assert page.html.select_one("#image-problem").text == "Picture was not kept: please choose it again"


@pytest.mark.usefixtures("busy")
def test_a_change_comes_again_as_it_was_written_and_not_as_the_row_is(admin):
    form = send_again(admin, "/users/2/edit", "edit-user", name="N. T.", password="correct horse", role="admin")
    assert [form[name].value for name in ("name", "uid", "password", "role")] == ["N. T.", "niko", "", "admin"]


@pytest.mark.usefixtures("busy")
def test_a_new_password_is_asked_for_again(member):
    form = send_again(member, "/account", "change-password", old="correct horse", new="battery staple")
    assert (form["old"].value, form["new"].value) == ("", "")


@pytest.mark.usefixtures("_nobody_waits_for_a_writer")
def test_what_another_programs_writing_keeps_out_comes_again(member, settings):
    form = member.get("/jokes/new").forms["new"]
    form["joke"] = "A joke that must not get lost."
    program = sqlite3.connect(settings.database_path)
    program.execute("begin immediate")
    form = form.submit(status=503).forms["new"]
    program.close()
    assert form["joke"].value == "A joke that must not get lost."
    form.submit(status=303)


@pytest.mark.usefixtures("busy")
def test_a_program_gets_no_form(visitor):
    values = {"name": "Ada", "uid": "ada", "password": "correct horse"}
    assert visitor.post_json("/api/users", values, status=503).content_type == "application/problem+json"
