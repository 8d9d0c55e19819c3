"""The cookies: one keeps a browser logged in, one says where somebody has logged in before. Each holds a token."""

from bottle import BaseResponse, request

from models.known_browser import KnownBrowser
from routes.shared.addresses import address
from routes.shared.environ import Environ

COOKIE = "session"
KNOWN_COOKIE = "browser"  # it stays when the login ends, and logs nobody in
MOST_COOKIES = 100  # other sites of our host may have set some of our name, which come before ours
# The row says when a login is over; the cookie only has to be there until then.
COOKIE_SECONDS = 400 * 24 * 60 * 60


def tokens_of_cookies(cookie: str = COOKIE) -> list[str]:
    """What the browser sends under this name."""
    return tokens_in(request.environ, cookie)


def tokens_in(environ: Environ, cookie: str) -> list[str]:
    """The same of any request. Not read in Bottle's way, which fails where it is not UTF-8."""
    pairs = [pair.strip().partition("=") for pair in environ.get("HTTP_COOKIE", "").split(";")]
    return [value.strip('"') for name, _, value in pairs if name == cookie][:MOST_COOKIES]


def known_token() -> str:
    """The token of a browser in which somebody has logged in before, if it has one."""
    tokens = tokens_of_cookies(KNOWN_COOKIE)
    return KnownBrowser.known_among(tokens) if len(tokens) > 1 else "".join(tokens)


def remember(answer: BaseResponse, token: str, cookie: str = COOKIE) -> None:
    """Give the browser its token."""
    answer.add_header("Set-Cookie", cookie_text(token, cookie))


def cookie_text(token: str, cookie: str) -> str:
    """What a browser is told, to keep it."""
    return f"{cookie}={token}; Max-Age={COOKIE_SECONDS}; {cookie_attributes()}"


def forget(answer: BaseResponse) -> None:
    """Take the token away from the browser."""
    answer.add_header("Set-Cookie", f"{COOKIE}=; Max-Age=0; {cookie_attributes()}")


def cookie_attributes() -> str:
    """Only a page of one of the ORIGINS gets a cookie that other sites may send, over https and kept apart."""
    usual = f"Path={address('') or '/'}; HttpOnly"
    if request.environ["wsgi.url_scheme"] != "https":
        return f"{usual}; SameSite=Lax"
    if request.environ.get("HTTP_ORIGIN") in request.app.config["origins"]:
        return f"{usual}; SameSite=None; Secure; Partitioned"
    return f"{usual}; SameSite=Lax; Secure"
