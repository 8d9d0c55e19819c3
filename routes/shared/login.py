"""Who is asking: known by a script's token in the header, else by the browser's cookie."""

from bottle import BaseResponse, request
from peewee import PeeweeException

from models.known_browser import KnownBrowser
from models.session import Session
from models.shared.database import database
from models.shared.tries import repeatable
from models.user import User
from routes.shared.cookie import KNOWN_COOKIE, known_token, remember, tokens_of_cookies
from routes.shared.state import current_state


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


def id_of_me() -> int | None:
    """Who is logged in, for the history."""
    user = me()
    return user.id if user else None


def me_if_possible() -> User | None:
    """The same for the head of a page, which appears also when the database does not answer."""
    try:
        return None if database.is_closed() else me()
    except PeeweeException:
        return None


def log_in_browser(answer: BaseResponse, user: User) -> None:
    """Start a login of `user` in this browser, in place of the one it may have, and give it the token."""
    end_current_session()
    _, token = Session.start(user, "browser", browser_name(request.environ.get("HTTP_USER_AGENT", "")))
    remember(answer, KnownBrowser.remember(known_token(), user), KNOWN_COOKIE)
    remember(answer, token)


def end_current_session() -> None:
    """Log out. Twice at once is as good as once."""
    session = current_session()
    if session:
        with repeatable():
            Session.delete().where(Session.id == session.id).execute()


def session_of_header() -> Session | None:
    """A made-up token is as none, so that it does not shut out somebody with a good cookie."""
    # Not by Bottle's get_header(), which fails for what is not UTF-8.
    scheme, _, token = request.environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    return Session.of_token(token.strip(), "script") if scheme.lower() == "bearer" else None


def session_of_cookie() -> Session | None:
    """The first good one; a token that is over is as none."""
    return Session.of_tokens(tokens_of_cookies(), "browser")


def browser_name(user_agent: str) -> str:
    """What a person would call it, like Firefox on Linux."""
    browsers = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
    systems = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac": "Mac"}
    systems |= {"CrOS": "ChromeOS", "Linux": "Linux"}
    browser = next((name for sign, name in browsers.items() if sign in user_agent), "A browser")
    system = next((name for sign, name in systems.items() if sign in user_agent), "")
    return f"{browser} on {system}" if system else browser
