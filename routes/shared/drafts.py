"""Logged out while writing: what was written is kept for an hour, and found again after the next login."""

from contextlib import suppress
from typing import Any
from urllib.parse import quote

from bottle import HTTPError, request

from models.draft import Draft
from models.known_browser import KnownBrowser
from models.shared.row_checks import Invalid
from routes.shared.addresses import address
from routes.shared.body import KEY_FIELD, is_form, sent_form
from routes.shared.cookie import known_token
from routes.shared.form_again import address_of_form
from routes.shared.login import me
from routes.shared.older_form import without_taken
from routes.shared.passwords import SECRETS

WRITTEN = "written"  # in an address: there is something to be found again; what, the address does not say
NOT_SENT = "This is what you wrote when you were logged out. It has not been sent yet."


def login_address() -> str:
    """Where somebody logs in who has sent a form; from there they come back to it."""
    path = address_of_form(request.path)
    if not path:
        return address("/login")
    back = address(f"{path}?{WRITTEN}" if keep_draft(path) else path)
    return address(f"/login?next={quote(back, safe='')}&sent")


def keep_draft(path: str) -> bool:
    """Keep the texts of the form that is sent, but no password; only where somebody has logged in before.

    What is sent to a route of a `secret` is not kept: a pasted table may have a column of passwords.
    """
    if request.route.config.get("secret"):
        return False
    token = known_token()
    known = KnownBrowser.last_of(token) if token and is_form() else None
    sent: dict[str, Any] = {}
    with suppress(HTTPError, Invalid):  # it cannot be read
        sent = without_taken(sent_form()) if known else {}
    sent = {name: value for name, value in sent.items() if value and name != KEY_FIELD and name not in SECRETS}
    texts = {name: value if isinstance(value, str) else True for name, value in sent.items()}
    return Draft.keep(known, path, texts) if known and texts else False


def draft() -> dict[str, str | bool]:
    """What the person who is logged in wrote in the form of this page; True for a file that they had chosen."""
    if request.method != "GET" or request.query_string != WRITTEN:
        return {}
    user, token = me(), known_token()
    return Draft.of(token, user, request.path) if user and token else {}
