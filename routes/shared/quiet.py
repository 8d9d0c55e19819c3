"""Who is in a quiet group only reads there and everywhere, whatever way they write: a form, JSON, a file, an undo."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from bottle import HTTPError, Route

from models.membership import Membership
from routes.shared.body import is_form, sent_form
from routes.shared.cross_site import SAFE_METHODS
from routes.shared.login import me

QUIET = "Your group is quiet just now: you can read, and write again later."
# Logging in and out, and choosing a password, is nobody's writing. Another route says so by `logs_in=True`.
ABOUT_LOGIN = (
    *("/login", "/logout", "/account", "/api/sessions", "/api/me/password"),
    *("/lesson/api/authenticate", "/lesson/api/users/authenticate"),
)


class ReadOnlyWhenQuiet:
    """What Bottle calls for each route."""

    api = 2

    def apply(self, handler: Callable[..., Any], route: Route) -> Callable[..., Any]:
        """`handler`, which refuses members of a quiet group where it changes something. To read asks nothing."""
        if route.method in SAFE_METHODS or is_about_login(route):
            return handler

        @wraps(handler)
        def unless_quiet(*args: Any, **values: Any) -> Any:
            refuse_quiet()
            return handler(*args, **values)

        return unless_quiet


def is_about_login(route: Route) -> bool:
    """Whether it only lets somebody in or out."""
    known = any(f"{route.rule}/".startswith(f"{path}/") for path in ABOUT_LOGIN)
    return known or bool(route.config.get("logs_in"))


def refuse_quiet() -> None:
    """403 for a member of a quiet group; its teachers and admins go on."""
    user = me()
    if user and not user.is_admin and Membership.must_be_quiet(user):
        if is_form():
            sent_form()  # which comes again with what was written in it
        refused = HTTPError(403, QUIET)
        refused.keeps_form = True
        raise refused
