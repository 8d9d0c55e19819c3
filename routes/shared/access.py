"""Who may do what. A guard is given to a route as `apply=…`; a row's owner is asked for in the handler."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn
from urllib.parse import quote

from bottle import HTTPError, HTTPResponse, Route, request

from models.shared.rows import BaseModel
from models.user import User
from routes.shared.addresses import address
from routes.shared.conditions import Row, as_it_was_seen
from routes.shared.drafts import login_address
from routes.shared.list_place import address_of_here
from routes.shared.login import current_session, me
from routes.shared.state import current_state

Handler = Callable[..., Any]


class Guard:
    """Runs `check` before a handler. A check raises when the person may not go on; its docstring says who may."""

    def __init__(self, check: Callable[[], None]) -> None:
        self.check, self.__doc__ = check, check.__doc__

    def __call__(self, handler: Handler) -> Handler:
        """Bottle calls this for the handler of a route that has the guard."""

        @wraps(handler)
        def guarded(*args: Any, **values: Any) -> Any:
            self.check()
            return handler(*args, **values)

        return guarded


def applied_guards(route: Route) -> list[Guard]:
    """Those that run before the handler of `route`, in this order."""
    return [each for each in reversed([*route.all_plugins()]) if isinstance(each, Guard)]


@Guard
def everyone() -> None:
    """Everyone."""


@Guard
def members_only() -> None:
    """Whoever is logged in."""
    member()


@Guard
def admins_only() -> None:
    """Admins."""
    admin_only("Only an admin may do this.")


@Guard
def readers_only() -> None:
    """Everyone, or whoever is logged in when DIRECTORY is `members`."""
    if request.app.config["directory"] == "members":
        member()


@Guard
def browsers_only() -> None:
    """Whoever is logged in by a browser: a script's token must not make others."""
    member()
    session = current_session()
    if session and session.kind != "browser":
        forbid("A script's token cannot do this.")


def member() -> User:
    """Who is logged in; everyone else is asked to."""
    return me() or ask_to_log_in()


def is_mine(row: BaseModel) -> bool:
    """Whether who is asking is its owner or an admin."""
    user = me()
    return bool(user and (row.owner_id == user.id or user.is_admin))


def mine_or_admin(row: Row) -> Row:
    """`row`, for its owner and for admins."""
    member()
    if not is_mine(row):
        forbid("That belongs to somebody else.")
    return as_it_was_seen(row)


def mine(row: Row) -> Row:
    """`row`, for its owner."""
    if row.owner_id != member().id:
        forbid("That belongs to somebody else.")
    return as_it_was_seen(row)


def admin_only(reason: str) -> None:
    """403 with `reason` for a member who is no admin."""
    if not member().is_admin:
        forbid(reason)


def forbid(reason: str) -> NoReturn:
    """403: whoever asks is known, and may not do this."""
    raise HTTPError(403, reason)


def ask_to_log_in() -> NoReturn:
    """401 for a program; a person is sent to the login page, and afterwards back to the page they wanted."""
    if current_state().dialect:
        raise HTTPError(401, "Send a token, or log in with a browser.", WWW_Authenticate="Bearer")
    if request.method not in ("GET", "HEAD"):
        raise HTTPResponse(status=303, Location=login_address())
    raise HTTPResponse(status=303, Location=address(f"/login?next={quote(address_of_here(), safe='')}"))
