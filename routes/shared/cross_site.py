"""Forms and scripts of other sites must not act for somebody who is logged in here.

The rule of Go's http.CrossOriginProtection: browsers say where a request comes from, so no form needs a token.
"""

from bottle import HTTPError, request

from routes.shared.login import current_session
from routes.shared.origins import is_own, note_stranger

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def refuse_cross_site() -> None:
    """403 for a request that would change something, from a page that is neither ours nor of our ORIGINS."""
    if request.method in SAFE_METHODS or comes_from_us():
        return
    session = current_session()
    if session and session.kind == "script":
        return
    note_stranger(request.environ, f"{request.method} was refused")
    raise HTTPError(403, "That came from a page of another site.")


def comes_from_us() -> bool:
    """Whether a page of ours or of our ORIGINS sent the request, or no browser did."""
    origin, site = request.environ.get("HTTP_ORIGIN"), request.environ.get("HTTP_SEC_FETCH_SITE")
    if origin in request.app.config["origins"]:
        return True
    if site:
        return site in ("same-origin", "none")
    if origin:
        return is_own(origin, request.environ)
    return True  # not a browser, so no cookies to abuse
