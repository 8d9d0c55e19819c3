"""Signing up: who may add a user, and how many may come from one network."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from bottle import request, response

from models.sign_up import SignUp
from routes.shared.access import Guard, Handler, admin_only
from routes.shared.cross_site import SAFE_METHODS
from routes.shared.login import me
from routes.shared.network import client_network
from routes.shared.state import current_state


class SignUpGuard(Guard):
    """Also counts the users that are added."""

    def __call__(self, handler: Handler) -> Handler:
        """As a Guard, which comes first."""

        @wraps(handler)
        def counted(*args: Any, **values: Any) -> Any:
            with counted_sign_up():
                return handler(*args, **values)

        return super().__call__(counted)


@SignUpGuard
def sign_up_only() -> None:
    """Everyone, or admins when SIGN_UP is `closed`."""
    if request.app.config["sign_up"] == "closed":
        admin_only("New users are added by an admin.")


@contextmanager
def counted_sign_up() -> Iterator[None]:
    """A user who is added counts for the network, unless an admin does it. TooManyAttempts when there were too many."""
    user = me()
    if request.method in SAFE_METHODS or (user and user.is_admin):
        yield
        return
    this = SignUp.begin(client_network())
    try:
        yield
    except BaseException:
        SignUp.take_back(this)
        raise
    if response.status_code >= 400 or current_state().is_again:
        SignUp.take_back(this)
