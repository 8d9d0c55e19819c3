"""Who has a closed account is let in by nothing, and told so when they know the password."""

import pytest

from models.closed_account import ClosedAccount
from models.session import Session
from models.shared.database import database
from models.user import User

CLOSED = "This account is closed. Ask a teacher or an admin."
RIGHT = {"uid": "niko", "password": "battery staple"}


@pytest.fixture
def closed(visitor):
    """Tesla's account, who has a password."""
    with database.connection_context():
        User.get_by_id(2).update(password=RIGHT["password"])
        ClosedAccount.close(User.get_by_id(2), User.get_by_id(1), "Has left.")


def test_the_right_password_lets_nobody_in(closed, visitor):
    page = visitor.get("/login").forms["login"]
    page["uid"], page["password"] = RIGHT.values()
    assert CLOSED in page.submit(status=403)
    assert visitor.post_json("/api/sessions", RIGHT, status=403).json["detail"] == CLOSED
    for path in ("/lesson/api/authenticate", "/lesson/api/users/authenticate"):
        assert visitor.post_json(path, RIGHT, status=403).json["message"] == CLOSED
    with database.connection_context():
        assert not Session.select().exists()


def test_a_wrong_password_does_not_tell_that_it_is_closed(closed, visitor):
    wrong = RIGHT | {"password": "wrong"}
    assert CLOSED not in visitor.post_json("/api/sessions", wrong, status=401)


def test_who_is_logged_in_is_a_visitor_at_once(visitor, member):
    member.get("/account", status=200)
    with database.connection_context():
        _, token = Session.start(User.get_by_id(2), "script")
        ClosedAccount.close(User.get_by_id(2), User.get_by_id(1))
    member.get("/account", status=303)
    visitor.get("/api/me", headers={"Authorization": f"Bearer {token}"}, status=401)
    assert "Nikola Tesla" in visitor.get("/users/2")
