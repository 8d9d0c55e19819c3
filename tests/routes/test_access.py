"""Who may do what: every route, asked by everyone. A new route without a line here fails."""

import json
from functools import partial

import pytest

from models.change import Change
from models.changed_row import ChangedRow
from models.joke import Joke
from models.post import Post
from models.session import Session
from models.shared.database import database
from models.shared.fields import utc_now
from models.shared.loading import all_resources
from models.user import User
from routes import all_sections
from routes.shared.access import admins_only
from tests.server import on_two_processes_too

LOG_IN = "log in"  # a person is sent to /login
OPEN = (200, 200, 200, 200)
READ = (200, 200, 200, 200, 401)
READ_PAGE = (200, 200, 200, 200, LOG_IN)
READ_FORM = (303, 303, 303, 303, LOG_IN)
OWNERS_PAGE = (LOG_IN, 403, 200, 200)
OWNERS_FORM = (LOG_IN, 403, 303, 303)
MEMBERS_PAGE = (LOG_IN, 200, 200, 200)
ADMINS_PAGE = (LOG_IN, 403, 403, 200)
ADMINS_FORM = (LOG_IN, 403, 403, 303)
NAME = {"name": "Somebody"}
NEW_USER = {"name": "Somebody", "uid": "somebody"}
NOTE = {"note": "Hello"}
NO_ROWS, LOOKED_AT = {"text": ""}, {"adds": "yes"}
JOKE = {"joke": "Knock, knock."}

# route: (what is sent, the answers to a visitor, to another member, to the owner and to an admin; and, where it is
# another one, to a visitor when DIRECTORY is `members`)
LESSON = {
    "GET users": (None, READ),
    "POST users": (NEW_USER, (200, 200, 200, 200)),
    "POST users/create": (NEW_USER, (200, 200, 200, 200)),
    "PUT users": ({"id": 2} | NAME, (401, 403, 200, 200)),
    "DELETE users": ({"uid": "niko"}, (401, 403, 403, 204)),
    "PUT users/<id:int>": (NAME, (401, 403, 200, 200)),
    "DELETE users/<id:int>": (None, (401, 403, 403, 204)),
    "GET user": (None, (401, 200, 200, 200)),
    "POST user": (NEW_USER | {"password": "battery staple"}, (200, 200, 200, 200)),
    "PUT user": ({"uid": "niko"} | NAME, (401, 403, 200, 200)),
    "DELETE user": ({"uid": "niko"}, (401, 403, 403, 204)),
    "GET id/pfp": (None, (401, 404, 404, 404)),
    "PUT id/pfp": ({"pfp": "R0lGODlh"}, (401, 400, 400, 400)),
    "DELETE id/pfp": (None, (401, 204, 204, 204)),
    "POST authenticate": ({"uid": "niko", "password": "wrong"}, (401, 401, 401, 401)),
    "POST users/authenticate": ({"uid": "niko", "password": "wrong"}, (401, 401, 401, 401)),
    "DELETE authenticate": (None, (401, 204, 204, 204)),
    "GET id": (None, (401, 200, 200, 200)),
    "GET jokes": (None, READ),
    "GET jokes/<id:int>": (None, READ),
    "GET jokes/random": (None, READ),
    "GET jokes/count": (None, READ),
    "PUT jokes/like/<id:int>": ({}, READ),
    "PUT jokes/jeer/<id:int>": ({}, READ),
}
TABLE = {name.replace(" ", " /lesson/api/"): line for name, line in LESSON.items()} | {
    "GET /": (None, OPEN),
    "GET /health": (None, OPEN),
    "GET /static/<path:path>": (None, OPEN),
    "GET /docs": (None, OPEN),
    "GET /docs/make-your-own": (None, OPEN),
    "GET /users": (None, READ_PAGE),
    "GET /users/new": (None, OPEN),
    "POST /users": (NEW_USER, (303, 303, 303, 303)),
    "GET /users/chart": (None, READ_PAGE),
    "GET /users/import": (None, ADMINS_PAGE),
    "POST /users/import": (NO_ROWS, (LOG_IN, 403, 403, 422)),
    "GET /users/import/<key>": (None, (LOG_IN, 403, 403, 404)),
    "POST /users/import/<key>": (LOOKED_AT, (LOG_IN, 403, 403, 404)),
    "POST /users/import/<key>/cancel": ({}, ADMINS_FORM),
    "GET /users/<id:int>": (None, READ_PAGE),
    "GET /users/<id:int>/edit": (None, OWNERS_PAGE),
    "POST /users/<id:int>/edit": (NAME, OWNERS_FORM),
    "GET /users/<id:int>/delete": (None, OWNERS_PAGE),
    "POST /users/<id:int>/delete": ({}, OWNERS_FORM),
    "GET /posts": (None, READ_PAGE),
    "GET /posts/chart": (None, READ_PAGE),
    "GET /posts/import": (None, MEMBERS_PAGE),
    "POST /posts/import": (NO_ROWS, (LOG_IN, 422, 422, 422)),
    "GET /posts/import/<key>": (None, (LOG_IN, 404, 404, 404)),
    "POST /posts/import/<key>": (LOOKED_AT, (LOG_IN, 404, 404, 404)),
    "POST /posts/import/<key>/cancel": ({}, (LOG_IN, 303, 303, 303)),
    "GET /posts/new": (None, MEMBERS_PAGE),
    "POST /posts": (NOTE, (LOG_IN, 303, 303, 303)),
    "GET /posts/<id:int>/edit": (None, OWNERS_PAGE),
    "POST /posts/<id:int>/edit": (NOTE, OWNERS_FORM),
    "GET /posts/<id:int>/delete": (None, OWNERS_PAGE),
    "POST /posts/<id:int>/delete": ({}, OWNERS_FORM),
    "GET /history": (None, MEMBERS_PAGE),
    "GET /history/<id:int>": (None, OWNERS_PAGE),
    "POST /history/<id:int>/undo": ({}, OWNERS_FORM),
    "GET /history/lately": (None, ADMINS_PAGE),
    "POST /history/lately": ({"person": "2"}, ADMINS_FORM),
    "GET /api/changes": (None, (401, 200, 200, 200)),
    "GET /api/changes/<id:int>": (None, (401, 403, 200, 200)),
    "POST /api/changes/<id:int>/undo": ({}, (401, 403, 200, 200)),
    "GET /api/changes/lately": (None, (401, 403, 403, 200)),
    "POST /api/changes/lately/undo": ({"person": 2}, (401, 403, 403, 200)),
    "GET /login": (None, OPEN),
    "POST /login": ({"uid": "niko", "password": "wrong"}, (422, 422, 422, 422)),
    "POST /logout": ({}, (LOG_IN, 303, 303, 303)),
    "GET /account": (None, MEMBERS_PAGE),
    "GET /account/export": (None, MEMBERS_PAGE),
    "POST /account/password": ({"old": "wrong", "new": "battery staple"}, (LOG_IN, 422, 422, 422)),
    "GET /account/choose-password": (None, (LOG_IN, 303, 303, 303)),
    "POST /account/choose-password": ({"new": "battery staple"}, (LOG_IN, 403, 403, 403)),
    "PUT /api/me/password": ({"password": "battery staple"}, (401, 403, 403, 403)),
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
    "GET /users/<id:int>/erase": (None, OWNERS_PAGE),
    "POST /users/<id:int>/erase": ({}, OWNERS_FORM),
    "POST /api/users/<id:int>/erase": ({}, (401, 403, 204, 204)),
    "GET /api/users": (None, READ),
    "POST /api/users": (NEW_USER, (201, 201, 201, 201)),
    "GET /api/users/counts": (None, READ),
    "GET /api/users.csv": (None, READ),
    "GET /api/users.json": (None, READ),
    "GET /api/users/<id:int>": (None, READ),
    "PATCH /api/users/<id:int>": (NAME, (401, 403, 200, 200)),
    "DELETE /api/users/<id:int>": (None, (401, 403, 204, 204)),
    "GET /api/users/<id:int>/deletion": (None, (401, 403, 200, 200)),
    "PUT /api/users/<id:int>/image": (b"no picture", (401, 403, 422, 422)),
    "DELETE /api/users/<id:int>/image": (None, (401, 403, 404, 404)),
    "GET /api/users/<id:int>/posts": (None, READ),
    "GET /api/posts": (None, READ),
    "POST /api/posts": (NOTE, (401, 201, 201, 201)),
    "GET /api/posts/counts": (None, READ),
    "GET /api/posts.csv": (None, READ),
    "GET /api/posts.json": (None, READ),
    "GET /api/posts/<id:int>": (None, READ),
    "PATCH /api/posts/<id:int>": (NOTE, (401, 403, 200, 200)),
    "DELETE /api/posts/<id:int>": (None, (401, 403, 204, 204)),
    "GET /api/posts/<id:int>/deletion": (None, (401, 403, 200, 200)),
    "PUT /api/posts/<id:int>/image": (b"no picture", (401, 403, 422, 422)),
    "DELETE /api/posts/<id:int>/image": (None, (401, 403, 204, 204)),
    "GET /uploads/<name>": (None, READ_PAGE),
}
JOKES = {
    "GET /jokes": (None, READ_PAGE),
    "GET /jokes/chart": (None, READ_PAGE),
    "GET /jokes/import": (None, MEMBERS_PAGE),
    "POST /jokes/import": (NO_ROWS, (LOG_IN, 422, 422, 422)),
    "GET /jokes/import/<key>": (None, (LOG_IN, 404, 404, 404)),
    "POST /jokes/import/<key>": (LOOKED_AT, (LOG_IN, 404, 404, 404)),
    "POST /jokes/import/<key>/cancel": ({}, (LOG_IN, 303, 303, 303)),
    "GET /jokes/new": (None, MEMBERS_PAGE),
    "POST /jokes": (JOKE, (LOG_IN, 303, 303, 303)),
    "GET /jokes/<id:int>": (None, READ_PAGE),
    "GET /jokes/<id:int>/edit": (None, ADMINS_PAGE),
    "POST /jokes/<id:int>/edit": (JOKE, ADMINS_FORM),
    "GET /jokes/<id:int>/delete": (None, ADMINS_PAGE),
    "POST /jokes/<id:int>/delete": ({}, ADMINS_FORM),
    "POST /jokes/<id:int>/haha": ({}, READ_FORM),
    "POST /jokes/<id:int>/boohoo": ({}, READ_FORM),
    "GET /api/jokes": (None, READ),
    "POST /api/jokes": (JOKE, (401, 201, 201, 201)),
    "GET /api/jokes/counts": (None, READ),
    "GET /api/jokes.csv": (None, READ),
    "GET /api/jokes.json": (None, READ),
    "GET /api/jokes/random": (None, READ),
    "GET /api/jokes/<id:int>": (None, READ),
    "PATCH /api/jokes/<id:int>": (JOKE, (401, 403, 403, 200)),
    "DELETE /api/jokes/<id:int>": (None, (401, 403, 403, 204)),
    "GET /api/jokes/<id:int>/deletion": (None, (401, 403, 403, 200)),
    "POST /api/jokes/<id:int>/haha": ({}, READ),
    "POST /api/jokes/<id:int>/boohoo": ({}, READ),
}
TABLE |= JOKES
COUNTED = {"users": "role", "posts": "user", "jokes": "haha"}
ASKED = TABLE | {f"{name}/": line for name, line in TABLE.items() if " /lesson/" in name}  # with and without a slash
PEOPLE = ("visitor", "other", "member", "admin")


def all_routes():
    return [route for section in all_sections() for route in section.routes]


def name_of(route):
    return f"{route.method} {route.rule}"


def ask(browser, name, sent):
    """Send what `name` says about something that belongs to user 2."""
    method, rule = name.split(" ")
    with database.connection_context():
        if "/history" in rule or "/changes" in rule:
            row = a_change()
        elif "/sessions/" in rule:
            row = Session.select().where(Session.user == 2).get()
        elif "/jokes" in rule:
            row = Joke.get_by_id(1)
        else:
            row = Post.get(Post.user == 2) if "/posts/<" in rule else User.get_by_id(2)
        name = Post.get(Post.user == 2).image_name
    path = rule.replace("<id:int>", str(row.id)).replace("<path:path>", "style.css").replace("<name>", name)
    path = path.replace("<key>", "a-key")
    if method == "GET":
        path += "?person=2" if path.endswith("/lately") else ""
        path += f"?by={COUNTED[path.split('/')[-2]]}" if path.endswith(("/counts", "/chart")) else ""
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


def a_change():
    """Something that user 2 has done just now; to undo it gives the post the note that it has."""
    post = Post.get(Post.user == 2)
    change = Change.create(person=2, command="POST /posts", created=utc_now())
    values = json.dumps({"note": post.note})
    ChangedRow.create(change=change, table_name="posts", row_id=post.id, done="update", before=values, after=values)
    return change


def assert_answered(answer, status):
    log_in = "/login?next=" if answer.request.method == "GET" else "/login"
    assert answer.headers.get("Location", "").startswith(log_in) == (status == LOG_IN)
    assert answer.status_int == (303 if status == LOG_IN else status), answer.text
    assert answer.headers.get("WWW-Authenticate") == ("Bearer" if status == 401 else None)


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
    status = statuses[PEOPLE.index(person)]
    assert_answered(ask(browser, name, sent), status)
    if status in (LOG_IN, 401, 403, 422) or name.startswith("GET"):
        assert rows() == before


@pytest.mark.parametrize("name", ASKED)
def test_a_directory_for_members_shows_nobody_to_visitors(name, visit, member):
    sent, statuses = ASKED[name]
    assert_answered(ask(visit(directory="members"), name, sent), [*statuses, statuses[0]][len(PEOPLE)])


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


@on_two_processes_too
def test_of_two_admins_who_delete_each_other_at_once_one_stays(log_in, at_once):
    with database.connection_context():
        User.update(role="admin").where(User.id == 2).execute()
    toby, niko, answers = log_in("toby"), log_in("niko"), []

    def delete(browser, id):
        answers.append(browser.delete(f"/api/users/{id}", status="*").status_int)

    at_once(partial(delete, toby, 2), partial(delete, niko, 1))
    assert min(answers) == 204
    assert max(answers) >= 400
    with database.connection_context():
        assert User.select().where(User.role == "admin").count() == 1


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("id", "is read-only"),
        ("posts", "is read-only"),
        ("age", "is read-only"),
        ("password_hash", "is not a field"),
        ("created", "is not a field"),
        ("user", "is not a field"),
    ],
)
def test_what_nobody_sets_of_a_user_is_refused(member, field, message):
    answer = member.patch_json("/api/users/2", {field: 1, "name": "N. T."}, status=422)
    assert answer.json["problems"] == {field: message}
    assert member.get("/api/users/2").json["name"] == "Nikola Tesla"


def test_a_post_belongs_to_who_writes_it_whatever_they_send(member):
    assert member.post_json("/api/posts", {"note": "Hello", "user": 1}, status=422)
    assert member.post_json("/api/posts", NOTE).json["user"] == 2


@pytest.mark.parametrize("path", ["/api/users/2", "/api/posts/4"])
def test_what_is_deleted_twice_is_gone_the_second_time(admin, path):
    admin.delete(path, status=204)
    admin.delete(path, status=404)
