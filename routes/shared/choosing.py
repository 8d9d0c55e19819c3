"""Who was let in by a one-time password chooses one of their own before anything else."""

from urllib.parse import quote

from bottle import HTTPError, HTTPResponse, request

from routes.shared.addresses import address
from routes.shared.cookie import COOKIE
from routes.shared.list_place import address_of_here
from routes.shared.login import current_session
from routes.shared.state import current_state

CHOOSING_PAGE = "/account/choose-password"
OWN_PASSWORD_PATH = "/api/me/password"  # noqa: S105 - its address
CHOOSE_FIRST = f"Choose a password of your own first: PUT {OWN_PASSWORD_PATH}, or log in with a browser."
OPEN_BEFORE = {
    ("GET", CHOOSING_PAGE),
    ("POST", CHOOSING_PAGE),
    ("PUT", OWN_PASSWORD_PATH),
    ("POST", "/logout"),
    ("DELETE", "/api/sessions/current"),
    ("DELETE", "/lesson/api/authenticate"),
}
FILES = ("/static/", "/uploads/")


def require_own_password() -> None:
    """A page leads to the form where it is chosen, a program gets 403; logging out is open, and so are files."""
    if may_be_chosen_later():
        return
    session = current_session()
    if not session or not session.chooses:
        return
    if current_state().dialect:
        raise HTTPError(403, CHOOSE_FIRST)
    raise HTTPResponse(status=303, Location=address(f"{CHOOSING_PAGE}{onward()}"))


def may_be_chosen_later() -> bool:
    """Whether nobody needs to know who asks: they have sent no token, or want what is open."""
    environ = request.environ
    has_token = "HTTP_AUTHORIZATION" in environ or f"{COOKIE}=" in environ.get("HTTP_COOKIE", "")
    is_open = (
        (request.method, request.path) in OPEN_BEFORE or request.path.startswith(FILES) or request.method == "OPTIONS"
    )
    return is_open or not has_token


def onward() -> str:
    """Where they come to afterwards, for the address of the form."""
    return f"?next={quote(address_of_here(), safe='')}" if request.method == "GET" else ""
