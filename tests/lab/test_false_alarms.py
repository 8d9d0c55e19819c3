"""None of our own pages and answers asks again for each row; a warning of that is never a false alarm."""

import pytest

from models.session import Session
from models.shared.database import database
from models.user import User
from tests.routes.test_access import JOKES, TABLE

ROWS = ("/1", "/2", "/3")  # the ids that stand in an address, one after the other


def path_of_route(rule, number):
    return rule.replace("/<id:int>", ROWS[number]).replace("<name>", "none.png").replace("<path:path>", "style.css")


@pytest.fixture
def toby(site):
    """The admin, on a site where each request is answered anew."""
    here = site(remember="no", origins=("https://page.example",))
    with database.connection_context():
        _, token = Session.start(User.get(uid="toby"), "browser", "A browser")
    here.set_cookie("session", token)
    return here


def warned(browser):
    """What is said of the last requests but that they were slow, which says more of the machine; they are forgotten."""
    found = browser.get("/lab/requests.json").json["requests"]
    browser.post("/lab/requests/forget")
    kinds = [(f"{each['method']} {each['path']}", kind) for each in found for kind in each["warnings"]]
    return {each for each in kinds if each[1] != "slow"}


@pytest.mark.parametrize("number", [0, 1])
def test_no_page_and_no_answer_is_called_a_loop(toby, number):
    asked, found = 0, set()
    for name, (sent, *_) in sorted((TABLE | JOKES).items(), key=lambda line: not line[0].startswith("GET")):
        method, rule = name.split()
        path = path_of_route(rule, number)
        if rule in ("/logout", "/api/sessions/current", "/lesson/api/authenticate") or method == "DELETE":
            continue
        if method == "GET":
            toby.get(path, expect_errors=True)
            for more in ("?limit=3", "?search=a", "?sort=-id"):
                toby.get(path + more, expect_errors=True)
        elif "/api/" in rule and isinstance(sent, dict):
            getattr(toby, f"{method.lower()}_json")(path, sent, expect_errors=True)
        else:
            toby.request(path, method=method, POST=sent or {}, expect_errors=True)
        asked += 1
        found |= warned(toby)
    assert asked > 60
    assert found == set()


def test_no_deletion_is_called_a_loop(toby):
    for path in ("/api/posts/1/image", "/api/posts/1", "/api/users/2", "/api/jokes/1"):
        toby.delete(path, expect_errors=True)
    toby.post("/users/5/delete")
    toby.post("/jokes/2/delete")
    assert warned(toby) == set()
