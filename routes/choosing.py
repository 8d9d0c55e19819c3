"""Choosing a password of one's own, for whoever was let in by a one-time password."""

from dataclasses import replace

from bottle import HTTPResponse, response

from models.shared.passwords import PasswordField
from models.shared.row_checks import Invalid
from models.user import User
from routes.shared.access import forbid, member, members_only
from routes.shared.addresses import path_of
from routes.shared.body import body_values, form
from routes.shared.controls import Control, control
from routes.shared.login import current_session
from routes.shared.page import form_page, see_other
from routes.shared.passwords import refuse_one_time
from routes.shared.picked import pick
from routes.shared.query import query
from routes.shared.section import Section
from routes.shared.shapes import shape

OWN_PASSWORD = PasswordField(min_length=User.password.min_length)
HAS_ONE = "You have a password of your own already: change it at your account."

routes = Section()


@routes.get("/account/choose-password", apply=members_only)
def show_choosing() -> str | HTTPResponse:
    session = current_session()
    if session and not session.chooses:
        return see_other("/account")
    return choosing_page(query().get("next", ""))


@routes.post("/account/choose-password", apply=members_only)
def choose() -> str | HTTPResponse:
    values = pick(form(), "new", "next")
    try:
        choose_password(values.get("new"))
    except Invalid as error:
        return choosing_page(values.get("next", ""), {"new": error.problems["password"]})
    return see_other(path_of(values.get("next", "")) or "/account?saved")


@routes.put("/api/me/password", apply=members_only, takes=shape(password=OWN_PASSWORD))
def put_password() -> None:
    """Choose a password of one's own, where a one-time password let one in."""
    choose_password(body_values().get("password"))
    response.status = 204


def choose_password(password: object) -> None:
    """`Invalid` for what cannot be one, and for the one-time password."""
    user, session = member(), current_session()
    if not session or not session.chooses:
        forbid(HAS_ONE)
    if not password:
        raise Invalid({"password": "is required"})
    refuse_one_time(user, password)
    user.login = session
    user.update(password=password)


def choosing_page(onward: str, problems: dict[str, str] | None = None) -> str:
    return form_page("account/choose", problems or {}, controls=[chosen_control()], values={"next": onward})


def chosen_control() -> Control:
    hint = f"At least {User.password.min_length} characters. Nobody else knows it, not even your teacher."
    asked = replace(control(User.password), name="new", label="Your new password", hint=hint)
    return replace(asked, attributes={"required": ""} | asked.attributes)
