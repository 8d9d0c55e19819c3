"""The dialect of the lesson's own pages, under `/lesson`: other shapes and codes, the same models, rules and guards."""

from typing import Any

from bottle import response

from models.shared.passwords import PasswordField
from models.shared.related import with_newest
from models.shared.viewers import viewer_as
from models.user import User
from routes.shared.access import (
    admins_only,
    everyone,
    forbid,
    members_only,
    mine_or_admin,
    readers_only,
)
from routes.shared.body import json_body
from routes.shared.cookie import forget
from routes.shared.lesson_dialect import LESSON
from routes.shared.lesson_lists import USUAL_PEOPLE, as_list, first_rows, numbered_page
from routes.shared.lesson_rows import Pictures, lesson_user
from routes.shared.lesson_shapes import DOB, PAGE, USER
from routes.shared.lesson_values import (
    row_id,
    sign_up,
    why_not,
    with_uid,
    year_first,
)
from routes.shared.login import end_current_session, log_in_browser
from routes.shared.passwords import user_with_password
from routes.shared.permissions import viewer
from routes.shared.picked import some
from routes.shared.query import query
from routes.shared.section import Section
from routes.shared.shapes import columns, shape
from routes.shared.sign_up import sign_up_only

LOGIN = shape(uid=User.uid, password=PasswordField())
LOG_IN = ["/lesson/api/authenticate", "/lesson/api/users/authenticate"]
SIGN_UP = ["/lesson/api/users", "/lesson/api/users/create"]

routes = Section(dialect=LESSON)


@routes.get("/lesson/api/users", apply=readers_only, varies=True, gives=([USER], PAGE))
def list_users() -> str | dict[str, Any]:
    """The users, each with their newest posts: at most 500, and where the next ones are.

    With `page` in the address, and `per_page` if need be, that page of them.
    """
    parameters = query()
    if "page" in parameters:
        return numbered_page(parameters["page"], parameters.get("per_page", str(USUAL_PEOPLE)))
    pictures = Pictures()
    return as_list([lesson_user(user, pictures) for user in first_rows(with_newest(User, viewer()))])


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


@routes.post(LOG_IN, apply=everyone, secret=True, takes=LOGIN, gives=USER, refuses=(401, 429))
def log_in() -> dict[str, Any]:
    """Log in a browser, by its cookie."""
    values = json_body()
    user = user_with_password(values.get("uid"), values.get("password"))
    if not user:
        response.status = 401
        response.set_header("WWW-Authenticate", "Bearer")
        return {"message": why_not(values.get("uid"), values.get("password"))}
    if user.slip:  # its page has no form for what must come then
        forbid("That password is for one login only: log in at the site itself, and choose one of your own there.")
    log_in_browser(response, user)
    return lesson_user(user, looking=viewer_as(user))


@routes.delete("/lesson/api/authenticate", apply=members_only)
def log_out() -> None:
    """Log out."""
    end_current_session()
    forget(response)
    response.status = 204


@routes.get("/lesson/openapi.json", apply=everyone, gives=shape())
def read_description() -> bytes:
    """This description, in OpenAPI 3.1."""
    from routes.description.document import answer_document  # which no start needs

    return answer_document(LESSON)
