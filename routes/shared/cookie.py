"""The cookie that keeps a browser logged in: it holds the token of a login, and nothing else."""

from bottle import BaseResponse, request

from routes.shared.addresses import address

COOKIE = "session"
MOST_COOKIES = 100  # other sites of our host may have set some of our name, which come before ours
# The row says when a login is over; the cookie only has to be there until then.
COOKIE_SECONDS = 400 * 24 * 60 * 60


def tokens_of_cookies() -> list[str]:
    """What the browser sends under our name. Read from the environment, as Bottle's way fails where it is not UTF-8."""
    pairs = [pair.strip().partition("=") for pair in request.environ.get("HTTP_COOKIE", "").split(";")]
    return [value.strip('"') for name, _, value in pairs if name == COOKIE][:MOST_COOKIES]


def remember(answer: BaseResponse, token: str) -> None:
    """Give the browser its token."""
    answer.add_header("Set-Cookie", f"{COOKIE}={token}; Max-Age={COOKIE_SECONDS}; {cookie_attributes()}")


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
