"""Closing somebody's account, and opening it again: as pages and as JSON."""

from typing import Any

from bottle import HTTPError, HTTPResponse, response

from models.closed_account import ClosedAccount
from models.shared.row_checks import Invalid
from models.user import User
from routes.shared.access import forbid, member, members_only
from routes.shared.body import body_values, form
from routes.shared.controls import controls
from routes.shared.page import form_page, see_other
from routes.shared.picked import pick
from routes.shared.section import Section
from routes.shared.shapes import columns
from routes.shared.teaching import taught_user

routes = Section()


@routes.get("/users/<id:int>/close", apply=members_only)
def ask_to_close(id: int) -> str:
    return close_page(taught_user(id), {}, {})


@routes.post("/users/<id:int>/close", apply=members_only)
def close_account(id: int) -> str | HTTPResponse:
    user, texts = taught_user(id), pick(form(), "reason")
    try:
        ClosedAccount.close(user, member(), **ClosedAccount.from_form(texts))
    except Invalid as error:
        return close_page(user, texts, error.problems)
    return see_other(f"/users/{id}?saved")


@routes.post("/users/<id:int>/open", apply=members_only)
def open_account(id: int) -> HTTPResponse:
    closed_of(taught_user(id)).delete()
    return see_other(f"/users/{id}?saved")


@routes.put(
    "/api/users/<id:int>/closed", apply=members_only, takes=columns(ClosedAccount, "reason"), gives=ClosedAccount
)
def put_closed(id: int) -> dict[str, Any]:
    """Close an account: nobody can log in as this user, and what they have made stays. Who teaches them may."""
    return ClosedAccount.close(taught_user(id), member(), **body_values()).read()


@routes.get("/api/users/<id:int>/closed", apply=members_only, gives=ClosedAccount, refuses=(403,))
def read_closed(id: int) -> dict[str, Any]:
    """Who closed an account, when and why: for those who teach the user; 404 while it is open."""
    return found_of(taught_user(id)).read()


@routes.delete("/api/users/<id:int>/closed", apply=members_only)
def delete_closed(id: int) -> None:
    """Open an account again: a teacher none that an admin has closed."""
    closed_of(taught_user(id)).delete()
    response.status = 204


def found_of(user: User) -> ClosedAccount:
    closed = ClosedAccount.of(user)
    if not closed:
        raise HTTPError(404, "This account is open.")
    return closed


def closed_of(user: User) -> ClosedAccount:
    """What closes the account, for whoever may open it again."""
    closed = found_of(user)
    if not member().is_admin and (closed.closed_by is None or closed.closed_by.is_admin):
        forbid("An admin has closed this account, so only an admin opens it again.")
    return closed


def close_page(user: User, values: dict[str, Any], problems: dict[str, str]) -> str:
    asked, closed = controls(ClosedAccount, "reason"), ClosedAccount.of(user)
    return form_page("classroom/close_account", problems, user=user, controls=asked, values=values, closed=closed)
