"""Logging in and out, one's logins, and the tokens of scripts."""

from dataclasses import replace
from typing import Any

from bottle import HTTPError, HTTPResponse, response

from models.session import DAYS, Session
from models.shared.fields import LineField, utc_text
from models.shared.passwords import PasswordField
from models.shared.row_checks import Invalid
from models.user import User
from routes.shared.access import everyone, member, members_only, mine
from routes.shared.addresses import address, path_of
from routes.shared.body import body_values, form
from routes.shared.controls import Control, control
from routes.shared.cookie import forget
from routes.shared.drafts import WRITTEN
from routes.shared.expanded import read_with_version
from routes.shared.login import end_current_session, log_in_browser
from routes.shared.page import page, see_other
from routes.shared.passwords import old_password, user_with_password
from routes.shared.picked import pick
from routes.shared.query import query
from routes.shared.section import Section
from routes.shared.shapes import shape

WRONG = "The user id or the password is wrong."
TOKEN = LineField(help_text="For the header `Authorization: Bearer …`; it cannot be read again.")

routes = Section()


@routes.get("/login", apply=everyone)
def show_login() -> str:
    parameters = query()
    return login_page({"next": parameters.get("next", "")}, sent="sent" in parameters)


@routes.post("/login", apply=everyone, secret=True)
def log_in() -> str | HTTPResponse:
    values = pick(form(), "uid", "password", "next")
    try:
        user, problem = user_with_password(values.get("uid"), values.get("password")), WRONG
    except Invalid as error:
        user, problem = None, f"The password {error.problems['password']}."
    if not user:
        response.status = 422
        return login_page(values, problem)
    answer = see_other(path_of(values.get("next", "")) or f"/users/{user.id}")
    log_in_browser(answer, user)
    return answer


@routes.post("/logout", apply=members_only, secret=True)
def log_out() -> HTTPResponse:
    end_current_session()
    answer = see_other("/")
    forget(answer)
    return answer


@routes.get("/api/me", apply=members_only, gives=User)
def read_me() -> dict[str, Any]:
    """Who is logged in."""
    return read_with_version(member())


@routes.get("/api/sessions", apply=members_only, gives=shape(sessions=[Session]))
def list_sessions() -> dict[str, Any]:
    """My logins, the newest first."""
    return {"sessions": [session.read() for session in Session.of_user(member())]}


@routes.post(
    "/api/sessions",
    apply=everyone,
    secret=True,
    takes=shape(uid=User.uid, password=PasswordField(), label=Session.label, days=DAYS),
    makes=shape(token=TOKEN, expires=Session.expires, user=User),
    refuses=(401, 429),
)
def create_session() -> dict[str, Any]:
    """Log in a script. With a one-time password, it must choose another one before anything else."""
    values = body_values()
    missing = {name: "is required" for name in ("uid", "password") if values.get(name) in (None, "")}
    if missing:
        raise Invalid(missing)
    user = user_with_password(values["uid"], values["password"])
    if not user:
        raise HTTPError(401, WRONG, WWW_Authenticate="Bearer")
    session, token = Session.start(user, "script", values.get("label"), values.get("days"))
    response.status = 201
    response.set_header("Location", address(f"/api/sessions/{session.id}"))
    response.set_header("Cache-Control", "no-store")
    return {"token": token, "expires": utc_text(session.expires), "user": user.read()}


@routes.delete("/api/sessions/current", apply=members_only)
def delete_current_session() -> None:
    """Log out."""
    end_current_session()
    forget(response)
    response.status = 204


@routes.delete("/api/sessions/<id:int>", apply=members_only)
def delete_session(id: int) -> None:
    """End one of my logins."""
    mine(Session.get_by_id(id)).delete()
    response.status = 204


def login_page(values: dict[str, str], problem: str = "", sent: bool = False) -> str:
    is_kept = values.get("next", "").endswith(f"?{WRITTEN}")
    return page("sessions/login", controls=login_controls(), values=values, problem=problem, sent=sent, is_kept=is_kept)


def login_controls() -> list[Control]:
    uid = replace(control(User.uid), hint="", attributes={"required": "", "autocomplete": "username"})
    return [uid, old_password("password", "Password")]
