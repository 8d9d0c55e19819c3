"""The dialect of the course's later pages: who is logged in, and people by their number."""

from typing import Any

from bottle import HTTPError, response

from models.shared.related import with_newest
from models.shared.row_checks import Invalid
from models.user import User
from routes.shared.access import admins_only, browsers_only, member, members_only, mine_or_admin
from routes.shared.body import json_body
from routes.shared.lesson_dialect import LESSON
from routes.shared.lesson_lists import as_list, first_rows
from routes.shared.lesson_rows import Pictures, lesson_person, lesson_portrait
from routes.shared.lesson_shapes import CHOSEN, DOB, ME, PERSON, PFP
from routes.shared.lesson_values import (
    LARGEST_BASE64,
    picture_in,
    refuse_lesson_password,
    sign_up,
    with_uid,
    year_first,
)
from routes.shared.login import current_session
from routes.shared.permissions import viewer
from routes.shared.picked import some
from routes.shared.section import Section
from routes.shared.shapes import columns, shape
from routes.shared.sign_up import sign_up_only

SPARE = 64 * 1024  # bytes of JSON around a picture

routes = Section(dialect=LESSON)


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
    return as_list([lesson_person(user, pictures) for user in first_rows(with_newest(User, viewer()))])


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
    with_uid(json_body().get("uid")).delete()
    response.status = 204


@routes.get("/lesson/api/id", apply=members_only, gives=ME)
def read_me() -> dict[str, Any]:
    """Who is logged in."""
    return lesson_person(member()) | {"is_admin": member().is_admin, "is_teacher": False}


@routes.get("/lesson/api/id/pfp", apply=members_only, gives=shape(pfp=PFP), refuses=(404,))
def read_portrait() -> dict[str, Any]:
    """One's own picture."""
    return own_portrait()


@routes.put(
    "/lesson/api/id/pfp", apply=members_only, takes=shape(pfp=PFP), gives=shape(pfp=PFP), most=LARGEST_BASE64 + SPARE
)
def put_portrait() -> dict[str, Any]:
    """Give oneself a picture, in place of the one that one may have."""
    user, content = member(), picture_in(json_body().get("pfp"))
    try:
        user.update(image=content)
    except Invalid as error:
        raise Invalid({{"image": "pfp"}.get(name, name): message for name, message in error.problems.items()}) from None
    return own_portrait()


@routes.delete("/lesson/api/id/pfp", apply=members_only)
def delete_portrait() -> None:
    """Take one's own picture away, if there is one."""
    member().update(image=None)
    response.status = 204


def own_portrait() -> dict[str, Any]:
    pfp = lesson_portrait(member())
    if not pfp:
        raise HTTPError(404, "You have no picture.")
    return {"pfp": pfp}
