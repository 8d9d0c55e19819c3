"""Nobody fills the table of users: sign-ups are counted for each network, generously enough for a class."""

import pytest
from webtest import TestApp

from models.shared.database import database
from models.sign_up import SignUp
from models.user import User

PATHS = ["/api/users", "/lesson/api/users", "/lesson/api/users/create"]


@pytest.fixture
def class_of_hundred(visitor):
    """A hundred have signed up in the network of the visitor."""
    with database.connection_context():
        SignUp.insert_many([{"address": ""} for _ in range(100)]).execute()


def ada(number=0):
    return {"name": "Ada Lovelace", "uid": f"ada{number}"}


def counted():
    with database.connection_context():
        return SignUp.select().count()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.usefixtures("class_of_hundred")
def test_after_a_hundred_it_is_time_to_wait(visitor, path):
    answer = visitor.post_json(path, ada(), status=429)
    assert 0 < int(answer.headers["Retry-After"]) <= 36
    assert "Too many attempts; try again in" in answer.text
    with database.connection_context():
        assert User.select().count() == 10


@pytest.mark.usefixtures("class_of_hundred")
def test_the_form_says_so_too(visitor):
    form = visitor.get("/users/new").forms["new-user"]
    form["name"], form["uid"] = "Ada Lovelace", "ada"
    assert form.submit(status=429).html.h1.text == "That was tried too often"


@pytest.mark.usefixtures("class_of_hundred")
def test_another_network_and_an_admin_may_go_on(visitor, admin, member):
    admin.post_json("/api/users", ada(1), status=201)
    TestApp(visitor.app, extra_environ={"REMOTE_ADDR": "192.0.2.7"}).post_json("/api/users", ada(2), status=201)
    member.post_json("/api/users", ada(3), status=429)


def test_each_way_to_sign_up_is_counted_and_what_is_refused_is_not(visitor, admin):
    for number, path in enumerate(PATHS):
        visitor.post_json(path, ada(number))
        visitor.post_json(path, ada(number), status="4*")
    visitor.post("/users", ada(7), status=303)
    visitor.post("/users", ada(7), status=422)
    visitor.get("/users/new", status=200)
    admin.post("/users", ada(8), status=303)
    assert counted() == len(PATHS) + 1


def test_where_sign_up_is_closed_nothing_is_counted(visit):
    visitor = visit(sign_up="closed")
    visitor.post_json("/api/users", ada(), status=401)
    assert counted() == 0
