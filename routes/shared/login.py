"""Who is asking: known by a script's token in the header, else by the browser's cookie."""

from typing import Any

from bottle import BaseResponse, request
from peewee import PeeweeException

from models.attempt import Attempt
from models.base import database
from models.session import Session
from models.user import User

COOKIE = "session"
# The row says when a login is over; the cookie only has to be there until then.
COOKIE_SECONDS = 400 * 24 * 60 * 60


def current_session() -> Session | None:
    """The login that this request belongs to. It is looked up once, and what is answered then depends on it."""
    if "portfolio.session" not in request.environ:
        session = session_of_header() or session_of_cookie()
        if session:
            session.user.login = session
            session.note_use()
        request.environ["portfolio.session"] = session
    found: Session | None = request.environ["portfolio.session"]
    return found


def me() -> User | None:
    """Who is logged in."""
    session = current_session()
    return session.user if session else None


def me_if_possible() -> User | None:
    """The same for the head of a page, which must appear also when the database does not answer."""
    try:
        return me() if not database.is_closed() else None
    except PeeweeException:
        return None


def session_of_header() -> Session | None:
    """A made-up token is as none, so that it does not shut out somebody with a good cookie."""
    scheme, _, token = request.get_header("Authorization", "").partition(" ")
    return Session.of_token(token.strip()) if scheme.lower() == "bearer" else None


def session_of_cookie() -> Session | None:
    token = request.get_cookie(COOKIE)
    return Session.of_token(token) if token else None


def user_with_password(uid: Any, password: Any) -> User | None:
    """Who has this uid and password; each try is counted. TooManyAttempts when there were too many."""
    uid, password = as_text(uid).strip().lower(), as_text(password)
    address = request.environ.get("REMOTE_ADDR", "")
    Attempt.begin(uid, address)
    user = User.log_in(uid, password, lesson=request.app.config["lesson"] == "yes")
    if user:
        Attempt.forget(uid, address)
    return user


def as_text(value: Any) -> str:
    """What is no text, or holds what no password and no uid may, is nobody's."""
    return value if isinstance(value, str) and value.isprintable() else ""


def remember(answer: BaseResponse, token: str) -> None:
    """Give the browser its token. A page of another origin gets it back only over https, and kept apart."""
    attributes = f"Max-Age={COOKIE_SECONDS}"
    answer.add_header("Set-Cookie", cookie(token, attributes))


def forget(answer: BaseResponse) -> None:
    answer.add_header("Set-Cookie", cookie("", "Max-Age=0"))


def cookie(value: str, age: str) -> str:
    is_https = request.environ["wsgi.url_scheme"] == "https"
    is_elsewhere = request.get_header("Origin") in request.app.origins
    same_site = "SameSite=None; Secure; Partitioned" if is_https and is_elsewhere else "SameSite=Lax"
    secure = "; Secure" if is_https and not is_elsewhere else ""
    return f"{COOKIE}={value}; {age}; Path=/; HttpOnly; {same_site}{secure}"
