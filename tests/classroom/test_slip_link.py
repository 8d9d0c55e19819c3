"""The link of a slip: its button lets in once, and looking at it does nothing."""

import logging

import pytest
from webtest import TestApp

from models.attempt import Attempt
from models.closed_account import ClosedAccount
from models.session import Session
from models.shared.database import database
from models.slip import Slip
from models.user import User


@pytest.fixture
def link(visitor):
    return give()


def give(pin=None):
    with database.connection_context():
        [(_, _, link)] = Slip.give([User.get(uid="niko")], pin=pin)
    return link


def sessions():
    with database.connection_context():
        return Session.select().count()


def test_the_button_logs_in_and_a_password_must_be_chosen(visitor, link):
    answer = visitor.post("/slip", {"token": link}, status=303)
    assert answer.headers["Location"] == "/users/2"
    answer.follow(status=303)
    assert "Nikola Tesla" in visitor.get("/account/choose-password")


def test_it_is_good_once(visitor, link):
    visitor.post("/slip", {"token": link}, status=303)
    answer = TestApp(visitor.app).post("/slip", {"token": link}, status=422)
    assert "has been used, is too old, or was made void" in answer.html.select_one(".alert").text
    assert sessions() == 1


def test_to_look_at_it_uses_nothing_up(visitor, link):
    for _ in range(3):
        visitor.get("/slip")
        visitor.head("/slip")
    assert sessions() == 0
    visitor.post("/slip", {"token": link}, status=303)


def test_the_page_has_a_way_without_a_script(visitor):
    page = visitor.get("/slip")
    assert "hidden" in page.html.select_one("#slip").attrs
    assert page.html.select_one("#no-token a")["href"] == "/login"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"


def test_a_pin_is_asked_for_and_counted(visitor):
    link = give(pin="4711")
    form = visitor.post("/slip", {"token": link}, status=200).forms["slip"]
    form["secret_pin"] = "0000"
    answer = form.submit(status=422)
    assert "is wrong" in answer.html.select_one(".problem").text
    with database.connection_context():
        assert Attempt.select().count() == 1
    form = answer.forms["slip"]
    form["secret_pin"] = " 4711 "
    form.submit(status=303)
    with database.connection_context():
        assert Attempt.select().count() == 0


def test_after_five_wrong_pins_the_link_is_good_no_more_wherever_they_came_from(visitor):
    link = give(pin="4711")
    for number in range(5):
        visitor.post(
            "/slip",
            {"token": link, "secret_pin": "0000"},
            extra_environ={"REMOTE_ADDR": f"10.0.0.{number}"},
            status=422,
        )
    assert "has been used" in visitor.post("/slip", {"token": link, "secret_pin": "4711"}, status=422)
    assert sessions() == 0


def test_who_was_logged_in_there_is_told_and_logged_out(member, link):
    assert "Nikola Tesla is logged in here just now" not in TestApp(member.app).get("/slip")
    with database.connection_context():
        _, token = Session.start(User.get(uid="hop"), "browser")
    member.set_cookie("session", token)
    assert "Grace Hopper is logged in here just now" in member.get("/slip")
    member.post("/slip", {"token": link}, status=303)
    assert sessions() == 1


def test_the_token_is_in_no_log(visitor, link, caplog):
    with caplog.at_level(logging.DEBUG):
        visitor.post("/slip", {"token": link}, status=303)
    told = [record.getMessage() for record in caplog.records if record.name.startswith("portfolio")]
    assert told
    assert not any(link in line for line in told)


@pytest.mark.parametrize("token", ["", "x", "ä", "x" * 5000, "0" * 43])
def test_what_is_no_token_lets_nobody_in(visitor, link, token):
    visitor.post("/slip", {"token": token.encode()}, status=422)
    assert sessions() == 0


def test_a_closed_account_does_not_come_in_by_a_slip_and_keeps_it(visitor, link):
    with database.connection_context():
        ClosedAccount.create(user=2)
    assert "This account is closed" in visitor.post("/slip", {"token": link}, status=403)
    with database.connection_context():
        assert Slip.of_link(link)
        ClosedAccount.get().delete()
    visitor.post("/slip", {"token": link}, status=303)
