"""The dialect of the lesson's own pages, under `/lesson`: other shapes and codes, the same models, rules and guards."""

import json
from typing import Any, NoReturn
from urllib.parse import quote

from bottle import HTTPError, request, response
from peewee import ModelSelect

from models.joke import Joke
from models.shared.logins import typed_uid
from models.shared.passwords import LESSON_PASSWORD, PasswordField
from models.shared.related import with_newest
from models.shared.row_checks import Invalid
from models.user import User
from routes.shared.access import (
    admins_only,
    browsers_only,
    everyone,
    member,
    members_only,
    mine_or_admin,
    readers_only,
)
from routes.shared.addresses import address
from routes.shared.body import json_body
from routes.shared.cookie import forget
from routes.shared.lesson_dialect import (
    DOB,
    LESSON,
    ME,
    PAGE,
    PERSON,
    PFP,
    USER,
    Pictures,
    is_lesson_password,
    lesson_person,
    lesson_user,
    page_number,
    refuse_lesson_password,
    row_id,
    year_first,
)
from routes.shared.login import current_session, end_current_session, log_in_browser
from routes.shared.passwords import user_with_password
from routes.shared.permissions import GUARDS
from routes.shared.picked import some
from routes.shared.query import query
from routes.shared.section import Section
from routes.shared.shapes import columns, shape
from routes.shared.sign_up import sign_up_only

MOST_ROWS, MOST_PAGES, PAGE_SIZE = 500, 1_000_000, 50
JOKE_READERS = GUARDS[Joke.readers]
NO_PORTRAITS = "Pictures of people cannot be kept here yet."
CHOSEN = PasswordField(min_length=User.password.min_length, help_text="At least 8 characters.")
LOGIN = shape(uid=User.uid, password=PasswordField())
LOG_IN = ["/lesson/api/authenticate", "/lesson/api/users/authenticate"]
SIGN_UP = ["/lesson/api/users", "/lesson/api/users/create"]

routes = Section(dialect=LESSON)


@routes.get("/lesson/api/users", apply=readers_only, gives=([USER], PAGE))
def list_users() -> str | dict[str, Any]:
    """The users, each with their newest posts: at most 500, and where the next ones are.

    With `page` in the address, and `per_page` if need be, that page of them.
    """
    parameters = query()
    if "page" in parameters:
        return numbered_page(parameters["page"], parameters.get("per_page", str(PAGE_SIZE)))
    pictures = Pictures()
    return as_list([lesson_user(user, pictures) for user in first_rows(with_newest(User))])


@routes.post(
    SIGN_UP,
    apply=sign_up_only,
    takes=columns(User, "name", "uid", "password", dob=DOB),
    gives=USER,
    refuses=(429,),
)
def create_user() -> dict[str, Any]:
    """Add a user."""
    return lesson_user(sign_up(year_first(json_body())))


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
    with_uid(json_body().get("uid")).delete()
    response.status = 204


@routes.put(
    "/lesson/api/users/<id:int>",
    apply=members_only,
    takes=columns(User, "name", "uid", dob=DOB),
    partial=True,
    gives=PERSON,
)
def update_user_by_id(id: int) -> dict[str, Any]:
    """Change a user: they themselves and admins may."""
    user = mine_or_admin(User.get_by_id(id))
    return lesson_person(user.update(**User.from_form(some(year_first(json_body()), ("name", "uid", "dob")))))


@routes.delete("/lesson/api/users/<id:int>", apply=admins_only)
def delete_user_by_id(id: int) -> None:
    """Delete a user, with all their posts."""
    User.get_by_id(id).delete()
    response.status = 204


@routes.get("/lesson/api/user", apply=members_only, gives=(PERSON, [PERSON]))
def read_person() -> str | dict[str, Any]:
    """Who is logged in; for an admin the list of all."""
    pictures = Pictures()
    if not member().is_admin:
        return lesson_person(member(), pictures)
    return as_list([lesson_person(user, pictures) for user in first_rows(with_newest(User))])


@routes.post(
    "/lesson/api/user",
    apply=sign_up_only,
    takes=columns(User, "name", "uid", password=CHOSEN, dob=DOB),
    gives=PERSON,
)
def create_person() -> dict[str, Any]:
    """Add a user who can log in."""
    values = year_first(json_body())
    if values.get("password") in (None, ""):
        raise Invalid({"password": "is required"})
    return lesson_person(sign_up(values))


@routes.put(
    "/lesson/api/user",
    apply=members_only,
    takes=columns(User, "uid", "name", "password", dob=DOB),
    partial=True,
    gives=PERSON,
    refuses=(404,),
)
def update_person() -> dict[str, Any]:
    """Change who is logged in; an admin names another one by the `uid`.

    With a new `password` all other logins end. A script's token gives none.
    """
    values = year_first(json_body())
    user = mine_or_admin(with_uid(values["uid"]) if values.get("uid") else member())
    if values.get("password"):
        browsers_only.check()  # their page does not ask for the old one
        refuse_lesson_password(user.uid, values["password"])
    user.login = current_session()
    return lesson_person(user.update(**User.from_form(some(values, ("name", "password", "dob")))))


@routes.delete("/lesson/api/user", apply=admins_only, takes=columns(User, "uid"), refuses=(404,))
def delete_person() -> None:
    """Delete the user with this `uid`, with all their posts."""
    delete_user()


@routes.post(LOG_IN, apply=everyone, secret=True, takes=LOGIN, gives=USER, refuses=(401, 429))
def log_in() -> dict[str, Any]:
    """Log in a browser, by its cookie."""
    values = json_body()
    user = user_with_password(values.get("uid"), values.get("password"))
    if not user:
        response.status = 401
        response.set_header("WWW-Authenticate", "Bearer")
        return {"message": why_not(values.get("uid"), values.get("password"))}
    log_in_browser(response, user)
    return lesson_user(user)


@routes.delete("/lesson/api/authenticate", apply=members_only)
def log_out() -> None:
    """Log out."""
    end_current_session()
    forget(response)
    response.status = 204


@routes.get("/lesson/api/id", apply=members_only, gives=ME)
def read_me() -> dict[str, Any]:
    """Who is logged in."""
    return lesson_person(member()) | {"is_admin": member().is_admin, "is_teacher": False}


@routes.get("/lesson/api/id/pfp", apply=members_only, gives=shape(pfp=PFP), refuses=(404,))
def read_portrait() -> NoReturn:
    """One's own picture: nobody has one yet."""
    raise HTTPError(404, "You have no picture.")


@routes.put("/lesson/api/id/pfp", apply=members_only, takes=shape(pfp=PFP), gives=shape(pfp=PFP))
def put_portrait() -> NoReturn:
    """Give oneself a picture: refused, as none can be kept yet."""
    raise HTTPError(400, NO_PORTRAITS)


@routes.delete("/lesson/api/id/pfp", apply=members_only)
def delete_portrait() -> NoReturn:
    """Take one's own picture away: refused, as none can be kept yet."""
    raise HTTPError(400, NO_PORTRAITS)


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


def sign_up(values: dict[str, Any]) -> User:
    """A new user, of those values that we have a place for."""
    refuse_lesson_password(values.get("uid"), values.get("password"))
    user: User = User.create(**User.from_form(some(values, ("name", "uid", "password", "dob"))))
    return user


def with_uid(uid: Any) -> User:
    """The user who has it. `Invalid` for what is none."""
    text = typed_uid(uid)
    if not text:
        raise Invalid({"uid": "is required"})
    user: User = User.get(User.uid == text)
    return user


def why_not(uid: Any, password: Any) -> str:
    """Why a login is refused, whether there is such a user or not."""
    if is_lesson_password(uid, password) and not request.app.config["lesson"]:
        return f"The password {LESSON_PASSWORD} and the user id is known to everyone, so it is not accepted here"
    return "Invalid user id or password"


def numbered_page(page: str, per_page: str) -> dict[str, Any]:
    """A page of the users as the course's later pages ask for it; one behind the last is empty."""
    number, size = page_number("page", page, MOST_PAGES), page_number("per_page", per_page, MOST_ROWS)
    total, pictures = User.select().count(), Pictures()
    users = with_newest(User).order_by(User.id).paginate(number, size)
    neighbours = {"has_next": number * size < total, "has_prev": number > 1}
    return {
        "users": [lesson_person(user, pictures) for user in users],
        "pagination": {"page": number, "per_page": size, "total": total} | neighbours,
    }


def first_rows(rows: "ModelSelect[Any]") -> list[Any]:
    """At most 500 of `rows`, from where the URL says; a header says where the next ones are."""
    model = rows.model
    after = row_id(query().get("after", 0))
    found = list(rows.where(model.id > after).order_by(model.id).limit(MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        following = address(f"{quote(request.path)}?after={found[MOST_ROWS - 1].id}")
        response.set_header("Link", f'<{following}>; rel="next"')
    return found[:MOST_ROWS]


def as_list(values: list[dict[str, Any]]) -> str:
    """Bottle makes JSON of an object only."""
    response.content_type = "application/json"
    return json.dumps(values)
