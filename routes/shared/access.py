"""Who may do what. There are no logins yet: what the settings keep for members is open to nobody."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from bottle import HTTPError, request

Handler = Callable[..., Any]


def readers_only(handler: Handler) -> Handler:
    """For routes that show people and what they wrote."""
    return refused_when("directory", "members", "Only members may see this.", handler)


def sign_up_only(handler: Handler) -> Handler:
    """For routes that add a user."""
    return refused_when("sign_up", "closed", "New users are added by an admin.", handler)


def refused_when(setting: str, value: str, reason: str, handler: Handler) -> Handler:
    @wraps(handler)
    def guarded(*args: Any, **values: Any) -> Any:
        if request.app.config[setting] == value:
            raise HTTPError(403, reason)
        return handler(*args, **values)

    return guarded
