"""Who may do what: every route, asked by everyone. A new route without a line here fails."""

import pytest

from models.joke import Joke
from models.post import Post
from models.session import Session
from models.shared.database import database
from models.shared.loading import all_resources
from models.user import User
from routes import all_sections, resources
from routes.shared.access import admins_only, everyone, members_only, readers_only, sign_up_only

LOG_IN = 303  # a person is sent to /login
OPEN = (200, 200, 200, 200)
OWNERS_PAGE = (LOG_IN, 403, 200, 200)
OWNERS_FORM = (LOG_IN, 403, 303, 303)
MEMBERS_PAGE = (LOG_IN, 200, 200, 200)
NAME = {"name": "Somebody"}
NEW_USER = {"name": "Somebody", "uid": "somebody"}
OPEN_FORM = (303, 303, 303, 303)
ADMINS_PAGE = (LOG_IN, 403, 403, 200)
ADMINS_FORM = (LOG_IN, 403, 403, 303)
NOTE = {"note": "Hello"}
JOKE = {"joke": "Knock, knock."}

# route: (what is sent, the answers to a visitor, to another member, to the owner, and to an admin)
LESSON = {
    "GET users": (None, OPEN),
    "POST users": (NEW_USER, (200, 200, 200, 200)),
    "POST users/create": (NEW_USER, (200, 200, 200, 200)),
    "PUT users": ({"id": 2} | NAME, (401, 403, 200, 200)),
    "DELETE users": ({"uid": "niko"}, (401, 403, 403, 204)),
    "POST authenticate": ({"uid": "niko", "password": "wrong"}, (401, 401, 401, 401)),
    "POST users/authenticate": ({"uid": "niko", "password": "wrong"}, (401, 401, 401, 401)),
    "DELETE authenticate": (None, (401, 204, 204, 204)),
    "GET id": (None, (401, 200, 200, 200)),
    "GET jokes": (None, OPEN),
    "GET jokes/<id:int>": (None, OPEN),
    "GET jokes/random": (None, OPEN),
    "GET jokes/count": (None, OPEN),
    "PUT jokes/like/<id:int>": ({}, OPEN),
    "PUT jokes/jeer/<id:int>": ({}, OPEN),
}
TABLE = {name.replace(" ", " /lesson/api/"): line for name, line in LESSON.items()} | {
    "GET /": (None, OPEN),
    "GET /health": (None, OPEN),
    "GET /static/<path:path>": (None, OPEN),
    "GET /docs": (None, OPEN),
    "GET /users": (None, OPEN),
    "GET /users/new": (None, OPEN),
    "POST /users": (NEW_USER, OPEN_FORM),
    "GET /users/<id:int>": (None, OPEN),
    "GET /users/<id:int>/edit": (None, OWNERS_PAGE),
    "POST /users/<id:int>/edit": (NAME, OWNERS_FORM),
    "GET /users/<id:int>/delete": (None, OWNERS_PAGE),
    "POST /users/<id:int>/delete": ({}, OWNERS_FORM),
    "GET /posts": (None, OPEN),
    "GET /posts/new": (None, MEMBERS_PAGE),
    "POST /posts": (NOTE, (LOG_IN, 303, 303, 303)),
    "GET /posts/<id:int>/edit": (None, OWNERS_PAGE),
    "POST /posts/<id:int>/edit": (NOTE, OWNERS_FORM),
    "GET /posts/<id:int>/delete": (None, OWNERS_PAGE),
    "POST /posts/<id:int>/delete": ({}, OWNERS_FORM),
    "GET /login": (None, OPEN),
    "POST /login": ({"uid": "niko", "password": "wrong"}, (422, 422, 422, 422)),
    "POST /logout": ({}, (LOG_IN, 303, 303, 303)),
    "GET /account": (None, MEMBERS_PAGE),
    "POST /account/password": ({"old": "wrong", "new": "battery staple"}, (LOG_IN, 422, 422, 422)),
    "POST /account/tokens": ({"label": "x"}, (LOG_IN, 201, 201, 201)),
    "POST /account/sessions/<id:int>/end": ({}, (LOG_IN, 403, 303, 403)),
    "POST /account/sessions/end-others": ({}, (LOG_IN, 303, 303, 303)),
    "GET /api/me": (None, (401, 200, 200, 200)),
    "GET /api/sessions": (None, (401, 200, 200, 200)),
    "POST /api/sessions": ({"uid": "niko", "password": "wrong"}, (401, 401, 401, 401)),
    "DELETE /api/sessions/current": (None, (401, 204, 204, 204)),
    "DELETE /api/sessions/<id:int>": (None, (401, 403, 204, 403)),
    "GET /api/openapi.json": (None, OPEN),
    "GET /lesson/openapi.json": (None, OPEN),
    "GET /api/users": (None, OPEN),
    "POST /api/users": (NEW_USER, (201, 201, 201, 201)),
    "GET /api/users/<id:int>": (None, OPEN),
    "PATCH /api/users/<id:int>": (NAME, (401, 403, 200, 200)),
    "DELETE /api/users/<id:int>": (None, (401, 403, 204, 204)),
    "GET /api/users/<id:int>/posts": (None, OPEN),
    "GET /api/posts": (None, OPEN),
    "POST /api/posts": (NOTE, (401, 201, 201, 201)),
    "GET /api/posts/<id:int>": (None, OPEN),
    "PATCH /api/posts/<id:int>": (NOTE, (401, 403, 200, 200)),
    "DELETE /api/posts/<id:int>": (None, (401, 403, 204, 204)),
    "PUT /api/posts/<id:int>/image": (b"no picture", (401, 403, 422, 422)),
    "DELETE /api/posts/<id:int>/image": (None, (401, 403, 204, 204)),
    "GET /uploads/<name>": (None, OPEN),
}
JOKES = {
    "GET /jokes": (None, OPEN),
    "GET /jokes/new": (None, MEMBERS_PAGE),
    "POST /jokes": (JOKE, (LOG_IN, 303, 303, 303)),
    "GET /jokes/<id:int>": (None, OPEN),
    "GET /jokes/<id:int>/edit": (None, ADMINS_PAGE),
    "POST /jokes/<id:int>/edit": (JOKE, ADMINS_FORM),
    "GET /jokes/<id:int>/delete": (None, ADMINS_PAGE),
    "POST /jokes/<id:int>/delete": ({}, ADMINS_FORM),
    "POST /jokes/<id:int>/haha": ({}, OPEN_FORM),
    "POST /jokes/<id:int>/boohoo": ({}, OPEN_FORM),
    "GET /api/jokes": (None, OPEN),
    "POST /api/jokes": (JOKE, (401, 201, 201, 201)),
    "GET /api/jokes/random": (None, OPEN),
    "GET /api/jokes/<id:int>": (None, OPEN),
    "PATCH /api/jokes/<id:int>": (JOKE, (401, 403, 403, 200)),
    "DELETE /api/jokes/<id:int>": (None, (401, 403, 403, 204)),
    "POST /api/jokes/<id:int>/haha": ({}, OPEN),
    "POST /api/jokes/<id:int>/boohoo": ({}, OPEN),
}
TABLE |= JOKES
ASKED = TABLE | {f"{name}/": line for name, line in TABLE.items() if " /lesson/" in name}  # with and without a slash
STAYS_OPEN = {
    "GET /",
    "GET /health",
    "GET /static/<path:path>",
    "GET /login",
    "GET /users/new",
    "GET /docs",
    "GET /api/openapi.json",
    "GET /lesson/openapi.json",
}
PEOPLE = ("visitor", "other", "member", "admin")


def all_routes():
    return [route for section in all_sections() for route in section.routes]


def name_of(route):
    return f"{route.method} {route.rule}"


def ask(browser, name, sent):
    """Send what `name` says about something that belongs to user 2."""
    method, rule = name.split(" ")
    with database.connection_context():
        if "/sessions/" in rule:
            row = Session.select().where(Session.user == 2).get()
        elif "/jokes" in rule:
            row = Joke.get_by_id(1)
        else:
            row = Post.get(Post.user == 2) if "/posts/<" in rule else User.get_by_id(2)
        name = Post.get(Post.user == 2).image_name
    path = rule.replace("<id:int>", str(row.id)).replace("<path:path>", "style.css").replace("<name>", name)
    if method == "GET":
        return browser.get(path, expect_errors=True)
    if isinstance(sent, bytes):
        return browser.put(path, sent, expect_errors=True)
    if "/api/" in path:
        return (
            browser._gen_request(method, path, expect_errors=True)
            if sent is None
            else (getattr(browser, f"{method.lower()}_json")(path, sent, expect_errors=True))
        )
    return browser.post(path, sent, expect_errors=True)


def rows():
    with database.connection_context():
        return [list(model.select().order_by(model.id).dicts()) for model in (User, Post, Session, Joke)]


def test_every_route_has_its_line_in_the_table():
    yours = [model.plural for model in all_resources() if model is not Joke]
    routes = [name_of(route) for route in all_routes() if not set(yours) & set(route.rule.split("/"))]
    assert sorted(routes) == sorted(TABLE)


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("name", ASKED)
def test_everyone_gets_the_answer_of_the_table(name, person, request):
    request.getfixturevalue("member")  # so that user 2 has a login that can be ended
    browser, before = request.getfixturevalue(person), rows()
    sent, statuses = ASKED[name]
    answer = ask(browser, name, sent)
    status = statuses[PEOPLE.index(person)]
    assert answer.status_int == status, answer.text
    if status == LOG_IN and person == "visitor" and statuses != OPEN_FORM:
        assert answer.headers["Location"].startswith("/login")
    if status == 401:
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    is_sent_away = answer.headers.get("Location", "").startswith("/login")
    if status in (401, 403, 422) or is_sent_away or name.startswith("GET"):
        assert rows() == before


@pytest.mark.parametrize("name", [name for name in ASKED if name.startswith("GET")])
def test_a_directory_for_members_shows_nobody_to_visitors(name, visit, member):
    visitor = visit(directory="members")
    answer = ask(visitor, name, None)
    if name in STAYS_OPEN or name.removesuffix("/") in STAYS_OPEN:
        assert answer.status_int == 200
    elif "/api/" in name:
        assert answer.status_int == 401
    else:
        assert answer.headers["Location"].startswith("/login?next=")


def test_what_shows_people_or_posts_is_for_readers_and_what_changes_something_is_guarded():
    """Each route that changes something has a guard, or is on the short list that its section declares."""
    for section in all_sections():
        # A model of your own may say `everyone`, and only there is it a guard.
        open_guards = {everyone} if section is resources.routes else set()
        for route in section.routes:
            if route.method == "GET":
                guarded = ({readers_only, members_only, admins_only, sign_up_only} | open_guards) & set(route.plugins)
                assert guarded or name_of(route) in STAYS_OPEN, name_of(route)
            else:
                guarded = ({members_only, admins_only} | open_guards) & set(route.plugins)
                assert guarded or name_of(route) in section.public, name_of(route)
    public = {name for section in all_sections() for name in section.public}
    lesson = {name for name in TABLE if name.startswith(("POST /lesson/api/", "PUT /lesson/api/jokes/"))}
    laughs = {f"POST {api}/jokes/<id:int>/{sound}" for api in ("", "/api") for sound in ("haha", "boohoo")}
    assert public == {"POST /users", "POST /login", "POST /api/users", "POST /api/sessions"} | lesson | laughs


def test_where_sign_up_is_closed_nobody_is_led_there(visit):
    visitor = visit(sign_up="closed")
    for path in ("/", "/users", "/login"):
        assert "/users/new" not in visitor.get(path)


def test_where_sign_up_is_closed_only_an_admin_adds_users(visit, admin, other):
    visitor = visit(sign_up="closed")
    assert visitor.get("/users/new", status=303).headers["Location"] == "/login?next=%2Fusers%2Fnew"
    visitor.post("/users", NEW_USER, status=303)
    visitor.post_json("/api/users", NEW_USER, status=401)
    admin.app = other.app = visitor.app
    other.get("/users/new", status=403)
    assert other.post_json("/api/users", NEW_USER, status=403).json["detail"] == "New users are added by an admin."
    assert visitor.get("/api/users").json["total"] == 10
    admin.post_json("/api/users", NEW_USER, status=201)


def test_a_guard_for_admins_lets_only_them_pass(visitor, other, admin):
    visitor.app.route("/api/admins", "POST", lambda: "yes", apply=admins_only)
    visitor.post("/api/admins", status=401)
    other.post("/api/admins", status=403)
    admin.post("/api/admins", status=200)


def test_only_an_admin_changes_a_role(member, admin):
    assert member.patch_json("/api/users/2", {"role": "admin", "name": "N. T."}, status=403)
    assert member.get("/api/users/2").json["name"] == "Nikola Tesla"
    assert admin.patch_json("/api/users/2", {"role": "admin"}).json["role"] == "admin"
    assert admin.patch_json("/api/users/2", {"role": "king"}, status=422).json["problems"]


def test_the_last_admin_stays_one(admin):
    problems = {"role": "must stay admin, as nobody else is one"}
    assert admin.patch_json("/api/users/1", {"role": "user"}, status=422).json["problems"] == problems
    assert admin.delete("/api/users/1", status=422).json["problems"] == problems
    page = admin.get("/users/1/delete").forms["delete-user"].submit(status=422)
    assert "is the only admin" in page
    assert admin.get("/api/me").json["role"] == "admin"


@pytest.mark.parametrize("field", ["id", "password_hash", "posts", "age", "created", "user"])
def test_what_is_no_field_of_a_user_is_refused(member, field):
    answer = member.patch_json("/api/users/2", {field: 1, "name": "N. T."}, status=422)
    assert answer.json["problems"] == {field: "is not a field"}
    assert member.get("/api/users/2").json["name"] == "Nikola Tesla"


def test_a_post_belongs_to_who_writes_it_whatever_they_send(member):
    assert member.post_json("/api/posts", {"note": "Hello", "user": 1}, status=422)
    assert member.post_json("/api/posts", NOTE).json["user"] == 2


@pytest.mark.parametrize("path", ["/api/users/2", "/api/posts/4"])
def test_what_is_deleted_twice_is_gone_the_second_time(admin, path):
    admin.delete(path, status=204)
    admin.delete(path, status=404)
