"""The site may stand under a prefix, with another site above it: no address that it gives leads there."""

import re

import pytest
from webtest import TestApp

from config import BadSetting
from models.session import Session
from models.shared.database import database
from models.user import User
from tests.links import walk
from tests.server import HOUSE

CLASS = "/class"


def below(site, handed_over):
    """A web server that has the site under /class, and another one for everything else, which answers 418.

    It hands the prefix over as a server does, or is a proxy that strips it, or one that leaves it.
    """

    def both(environ, start):
        path = environ["PATH_INFO"]
        if not f"{path}/".startswith(f"{CLASS}/"):
            start("418 I'm a Teapot", [])
            return [b"Another site"]
        if handed_over != "left":
            environ["PATH_INFO"] = path.removeprefix(CLASS)
        if handed_over == "server":
            environ["SCRIPT_NAME"] = CLASS
        return site(environ, start)

    return both


@pytest.fixture(params=["server", "stripped", "left"])
def both(request, visitor):
    visitor.app.config["prefix"] = "" if request.param == "server" else CLASS
    return below(visitor.app, request.param)


def browser_of(both, uid):
    browser = TestApp(both)
    if uid:
        with database.connection_context():
            browser.set_cookie("session", Session.start(User.get(uid=uid), "browser", "A browser")[1])
    return browser


@pytest.mark.parametrize("uid", ["", "niko", "toby"])
def test_no_address_leaves(both, uid):
    count, leaving = walk(browser_of(both, uid), CLASS)
    assert not leaving
    assert count > 250


def test_what_a_browser_does_stays_there(both):
    """A login that comes back to the page that was wanted; a post written, changed and deleted; a joke; the end."""
    browser = TestApp(both)
    browser.post_json(f"{CLASS}/api/users", {"name": "Ada", "uid": "ada", "password": "correct horse"}, status=201)
    asked = browser.get(f"{CLASS}/posts/new?a=1", status=303).follow()
    form = asked.forms["login"]
    form["uid"], form["password"] = "ada", "correct horse"
    answer = form.submit(status=303)
    assert answer.headers["Set-Cookie"].split("; ")[2] == f"Path={CLASS}"
    assert answer.headers["Location"] == f"{CLASS}/posts/new?a=1"
    form = answer.follow().forms["new-post"]
    form["note"] = "Below another site"
    posts = form.submit(status=303).follow(status=200)
    form = posts.click("Edit").forms["edit-post"]
    form.submit(status=303).follow(status=200).click("Delete").forms["delete-post"].submit(status=303).follow(
        status=200
    )
    browser.get(f"{CLASS}/jokes/1").forms["haha"].submit(status=303).follow(status=200)
    ended = browser.get(f"{CLASS}/account").forms["logout"].submit(status=303)
    assert ended.headers["Location"] == f"{CLASS}/"
    assert f"Path={CLASS};" in ended.headers["Set-Cookie"]


def test_what_a_program_makes_is_found_there(both):
    program = browser_of(both, "toby")
    for path, values in (
        ("/api/users", {"name": "Ada", "uid": "ada", "password": "correct horse"}),
        ("/api/posts", {"note": "x"}),
        ("/api/jokes", {"joke": "x"}),
    ):
        made = program.post_json(CLASS + path, values, status=201)
        assert program.get(made.headers["Location"], status=200).json["id"] == made.json["id"]
    log_in = {"uid": "ada", "password": "correct horse"}
    assert program.post_json(f"{CLASS}/api/sessions", log_in).headers["Location"].startswith(f"{CLASS}/api/sessions/")


def test_the_description_says_where_the_site_is(both):
    browser = TestApp(both)
    for path in ("/api/openapi.json", "/lesson/openapi.json"):
        assert browser.get(CLASS + path).json["servers"] == [{"url": CLASS}]
    assert f"http://localhost:80{CLASS}/api/users" in browser.get(f"{CLASS}/docs").html.select_one("code.curl").text


def test_the_lessons_list_goes_on_there(both, monkeypatch):
    monkeypatch.setattr("routes.shared.lesson_lists.MOST_ROWS", 4)
    answer = TestApp(both).get(f"{CLASS}/lesson/api/users")
    assert answer.headers["Link"] == f'<{CLASS}/lesson/api/users?after=4>; rel="next"'


@pytest.mark.parametrize("elsewhere", ["/users", "/classes/users", "//class/users", "/class//evil.example", "/"])
def test_a_login_leads_to_no_other_site(both, elsewhere):
    browser = TestApp(both)
    browser.post_json(f"{CLASS}/api/users", {"name": "Ada", "uid": "ada", "password": "correct horse"}, status=201)
    values = {"uid": "ada", "password": "correct horse", "next": elsewhere}
    assert browser.post(f"{CLASS}/login", values, status=303).headers["Location"] == f"{CLASS}/users/11"


def test_a_prefix_of_a_server_has_one_slash_and_no_line_of_its_own(visitor):
    for name in ("//evil.example", "/evil.example/"):
        answer = TestApp(visitor.app, extra_environ={"SCRIPT_NAME": name}).get("/account", status=303)
        assert answer.headers["Location"].startswith("/evil.example/login?")
    answer = TestApp(visitor.app, extra_environ={"SCRIPT_NAME": "/a\r\nb\xc3\xa9"}).get("/account", status=303)
    assert answer.headers["Location"].startswith("/a%0D%0Ab%C3%A9/login?")


@pytest.mark.parametrize("prefix", ["/users", "/api", "/lesson/api", "/jokes"])
def test_a_prefix_at_which_the_site_has_pages_is_refused(visit, prefix):
    with pytest.raises(BadSetting, match=f"^PREFIX must not be {prefix}: "):
        visit(prefix=prefix)


@pytest.mark.parametrize("prefix", ["/", "/use", "/users-of-school", "/school/users"])
def test_any_other_prefix_is_good(visit, prefix):
    visit(prefix=prefix).get("/users", status=200)


def test_no_prefix_can_be_asked_for(visitor):
    visitor.app.config["prefix"] = "/"
    browser = TestApp(visitor.app, extra_environ={"SCRIPT_NAME": "/$default"})
    assert browser.get("/account", status=303).headers["Location"].startswith("/login?")


@pytest.mark.parametrize("view", sorted(HOUSE.glob("views/**/*.tpl")), ids=lambda view: view.name)
def test_a_view_writes_no_address_itself(view):
    """Each goes through `address()`, or is a place on the page, or comes from the routes."""
    given = (
        "address(",
        "link}}",
        "value.link",
        "bar.link",
        "section.",
        "unfiltered",
        "chart_url",
        "sort_url(",
        "post.image[",
        "picture.",
        "value.picture.",
        "frozen.backend}}",
        "action}}",
        *("card.href", "row.href", "each.href", "here}}", "all_rows}}", "try_it}}", "further}}", "row.link", "back}}"),
    )
    for name, text in re.findall(r'\b(href|src|action|formaction)=("[^"]*)', view.read_text()):
        is_given = any(text.startswith(f'"{{{{{word}') for word in given)
        assert is_given or text.startswith('"#'), f"{name}={text}"
