"""Who is asking: known by a script's token in the header, else by the browser's cookie.

Headers are read from the environment, as Bottle's `get_header` fails for one that is not UTF-8.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_network
from typing import Any

from bottle import BaseResponse, request
from peewee import PeeweeException

from models.attempt import Attempt
from models.session import Session
from models.shared.database import database
from models.shared.passwords import LENGTHS, is_password, place_to_hash
from models.shared.rows import Invalid
from models.shared.text import check_characters
from models.user import User
from routes.shared.state import current_state

COOKIE = "session"
MOST_COOKIES = 4  # a browser may hold one for us as a site of its own and one as a part of another
# The row says when a login is over; the cookie only has to be there until then.
COOKIE_SECONDS = 400 * 24 * 60 * 60


def current_session() -> Session | None:
    """The login that this request belongs to. It is looked up once, and then the answer depends on it."""
    state = current_state()
    if not state.is_session_known:
        state.session = session_of_header() or session_of_cookie()
        state.is_session_known = True
        if state.session:
            state.session.note_use()
    return state.session


def me() -> User | None:
    """Who is logged in."""
    session = current_session()
    return session.user if session else None


def me_if_possible() -> User | None:
    """The same for the head of a page, which appears also when the database does not answer."""
    try:
        return None if database.is_closed() else me()
    except PeeweeException:
        return None


def session_of_header() -> Session | None:
    """A made-up token is as none, so that it does not shut out somebody with a good cookie."""
    scheme, _, token = request.environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    return Session.of_token(token.strip(), "script") if scheme.lower() == "bearer" else None


def session_of_cookie() -> Session | None:
    pairs = [pair.strip().partition("=") for pair in request.environ.get("HTTP_COOKIE", "").split(";")]
    tokens = [value.strip('"') for name, _, value in pairs if name == COOKIE]
    sessions = (Session.of_token(token, "browser") for token in tokens[:MOST_COOKIES])
    return next((session for session in sessions if session), None)


def user_with_password(uid: Any, password: Any) -> User | None:
    """Who has this uid and password; each try is counted. TooManyAttempts when there were too many."""
    uid, password = possible_text(uid).strip().lower(), possible_text(password)
    with counted_try(uid):
        user = User.log_in(uid, password, lesson=request.app.config["lesson"])
    if user:
        Attempt.forget(uid, client_network())
    return user


@contextmanager
def counted_try(whose: str) -> Iterator[None]:
    """A place to hash, for a try that is counted."""
    with place_to_hash():  # before it is counted, as there may be none
        Attempt.begin(whose, client_network())
        yield


def client_network() -> str:
    """The address of the client; of IPv6 the part that a household gets, in which it may use any address."""
    text = request.environ.get("REMOTE_ADDR", "")
    if ":" not in text:
        return str(text)
    try:
        return str(ip_network((text.partition("%")[0], 64), strict=False))
    except ValueError:
        return str(text)


def possible_text(value: Any) -> str:
    """`value`, or nothing when nobody can have chosen it."""
    if not isinstance(value, str) or len(value) > LENGTHS[1]:
        return ""
    try:
        check_characters(value, lines=False)
    except ValueError:
        return ""
    return value


def check_old_password(user: User, old: Any, field: str) -> None:
    """`Invalid` unless `old` is the password of `user`. Counted, as a stolen login must not guess it."""
    whose = f"#{user.id}"  # no uid, as that can be changed without a password
    with counted_try(whose):
        is_right = is_password(user.password_hash, possible_text(old))
    if not is_right:
        raise Invalid({field: "is wrong"})
    Attempt.forget(whose, client_network())


def log_in_browser(answer: BaseResponse, user: User) -> None:
    """Start a login of `user` in this browser, in place of the one it may have, and give it the token."""
    end_current_session()
    _, token = Session.start(user, "browser", browser_name(request.environ.get("HTTP_USER_AGENT", "")))
    remember(answer, token)


def end_current_session() -> None:
    """Log out. Twice at once is as good as once."""
    session = current_session()
    if session:
        Session.delete().where(Session.id == session.id).execute()


def remember(answer: BaseResponse, token: str) -> None:
    """Give the browser its token."""
    answer.add_header("Set-Cookie", f"{COOKIE}={token}; Max-Age={COOKIE_SECONDS}; {cookie_attributes()}")


def forget(answer: BaseResponse) -> None:
    answer.add_header("Set-Cookie", f"{COOKIE}=; Max-Age=0; {cookie_attributes()}")


def cookie_attributes() -> str:
    """Only a page of one of the ORIGINS gets a cookie that other sites may send, over https and kept apart."""
    if request.environ["wsgi.url_scheme"] != "https":
        return "Path=/; HttpOnly; SameSite=Lax"
    if request.environ.get("HTTP_ORIGIN") in request.app.config["origins"]:
        return "Path=/; HttpOnly; SameSite=None; Secure; Partitioned"
    return "Path=/; HttpOnly; SameSite=Lax; Secure"


def browser_name(user_agent: str) -> str:
    """What a person would call it, like Firefox on Linux."""
    browsers = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
    systems = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac": "Mac"}
    systems |= {"CrOS": "ChromeOS", "Linux": "Linux"}
    browser = next((name for sign, name in browsers.items() if sign in user_agent), "A browser")
    system = next((name for sign, name in systems.items() if sign in user_agent), "")
    return f"{browser} on {system}" if system else browser
