"""The dialect of the lesson's own pages, under `/lesson`: other shapes and codes, the same models, rules and guards."""

import json
from typing import Any
from urllib.parse import quote

from bottle import request, response
from peewee import ModelSelect

from models.joke import Joke
from models.shared.passwords import PasswordField
from models.shared.related import with_newest
from models.shared.row_checks import Invalid
from models.user import User
from routes.shared.access import admins_only, everyone, member, members_only, mine_or_admin, readers_only, sign_up_only
from routes.shared.body import json_body, query, some
from routes.shared.cookie import forget
from routes.shared.lesson_dialect import DOB, LESSON, USER, Pictures, lesson_user, row_id, year_first
from routes.shared.login import end_current_session, log_in_browser
from routes.shared.passwords import possible_text, user_with_password
from routes.shared.permissions import GUARDS
from routes.shared.section import Section
from routes.shared.shapes import columns, shape

MOST_ROWS = 500
JOKE_READERS = GUARDS[Joke.readers]
LOGIN = shape(uid=User.uid, password=PasswordField())
LOG_IN = ["/lesson/api/authenticate", "/lesson/api/users/authenticate"]
SIGN_UP = ["/lesson/api/users", "/lesson/api/users/create"]

routes = Section(dialect=LESSON)


@routes.get("/lesson/api/users", apply=readers_only, gives=[USER])
def list_users() -> str:
    """The users, each with their newest posts: at most 500, and where the next ones are."""
    pictures = Pictures()
    return as_list([lesson_user(user, pictures) for user in first_rows(with_newest(User))])


@routes.post(
    SIGN_UP,
    apply=sign_up_only,
    takes=columns(User, "name", "uid", "password", dob=DOB),
    gives=USER,
)
def create_user() -> dict[str, Any]:
    """Add a user."""
    values = some(year_first(json_body()), ("name", "uid", "password", "dob"))
    return lesson_user(User.create(**User.from_form(values)))


@routes.put(
    "/lesson/api/users",
    apply=members_only,
    takes=columns(User, "id", "name", "uid", dob=DOB),
    partial=True,
    gives=USER,
    refuses=(404,),
)
def update_user() -> dict[str, Any]:
    """Change the user with this `id`: they themselves and admins may."""
    values = year_first(json_body())
    user = mine_or_admin(User.get_by_id(row_id(values.get("id"))))
    return lesson_user(user.update(**User.from_form(some(values, ("name", "uid", "dob")))))


@routes.delete("/lesson/api/users", apply=admins_only, takes=columns(User, "uid"), refuses=(404,))
def delete_user() -> None:
    """Delete the user with this `uid`, with all their posts."""
    uid = possible_text(json_body().get("uid")).strip().lower()
    if not uid:
        raise Invalid({"uid": "is required"})
    User.get(User.uid == uid).delete()
    response.status = 204


@routes.post(LOG_IN, apply=everyone, takes=LOGIN, gives=USER, refuses=(401, 429))
def log_in() -> dict[str, Any]:
    """Log in a browser, by its cookie."""
    values = json_body()
    user = user_with_password(values.get("uid"), values.get("password"))
    if not user:
        response.status = 401
        response.set_header("WWW-Authenticate", "Bearer")
        return {"message": "Invalid user id or password"}
    log_in_browser(response, user)
    return lesson_user(user)


@routes.delete("/lesson/api/authenticate", apply=members_only)
def log_out() -> None:
    """Log out."""
    end_current_session()
    forget(response)
    response.status = 204


@routes.get("/lesson/api/id", apply=members_only, gives=USER)
def read_me() -> dict[str, Any]:
    """Who is logged in."""
    return lesson_user(member())


@routes.get("/lesson/api/jokes", apply=JOKE_READERS, gives=[Joke])
def list_jokes() -> str:
    """The jokes: at most 500, and where the next ones are."""
    return as_list([joke.read() for joke in first_rows(Joke.select())])


@routes.get("/lesson/api/jokes/<id:int>", apply=JOKE_READERS, gives=Joke)
def read_joke(id: int) -> dict[str, Any]:
    """One joke."""
    return Joke.get_by_id(id).read()


@routes.get("/lesson/api/jokes/random", apply=JOKE_READERS, gives=Joke, refuses=(404,))
def read_random_joke() -> dict[str, Any]:
    """Any joke."""
    return Joke.random().read()


@routes.get("/lesson/api/jokes/count", apply=JOKE_READERS, gives=shape(count={"type": "integer"}))
def count_jokes() -> dict[str, Any]:
    """How many jokes there are."""
    return {"count": Joke.select().count()}


@routes.put("/lesson/api/jokes/like/<id:int>", apply=JOKE_READERS, gives=Joke)
def laugh_at_joke(id: int) -> dict[str, Any]:
    """Laugh at a joke."""
    return Joke.get_by_id(id).laugh().read()


@routes.put("/lesson/api/jokes/jeer/<id:int>", apply=JOKE_READERS, gives=Joke)
def groan_at_joke(id: int) -> dict[str, Any]:
    """Groan at a joke."""
    return Joke.get_by_id(id).groan().read()


@routes.get("/lesson/openapi.json", apply=everyone, gives=shape())
def read_description() -> bytes:
    """This description, in OpenAPI 3.1."""
    from routes.description.document import answer_document  # which no start needs

    return answer_document(LESSON)


def first_rows(rows: "ModelSelect[Any]") -> list[Any]:
    """At most 500 of `rows`, from where the URL says; a header says where the next ones are."""
    model = rows.model
    after = row_id(query().get("after", 0))
    found = list(rows.where(model.id > after).order_by(model.id).limit(MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        response.set_header("Link", f'<{quote(request.path)}?after={found[MOST_ROWS - 1].id}>; rel="next"')
    return found[:MOST_ROWS]


def as_list(values: list[dict[str, Any]]) -> str:
    """Bottle makes JSON of an object only."""
    response.content_type = "application/json"
    return json.dumps(values)
