"""Every failure becomes one of HTTP's: a page for a browser, for a program the shape of its dialect."""

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from bottle import HTTPError, HTTPResponse, request, response
from peewee import DatabaseError, DoesNotExist, InterfaceError, OperationalError

from models.shared.counted import TooManyAttempts
from models.shared.row_checks import Invalid
from models.shared.storage import DiskFull, StorageFailed
from models.shared.unavailable import Unavailable
from models.shared.waiting import Busy
from routes.shared.addresses import address
from routes.shared.environ import begins_twice
from routes.shared.form_again import form_again
from routes.shared.log import log, quoted
from routes.shared.page import page
from routes.shared.state import current_state

RETRY_SECONDS = 1  # when it is worth asking again
TITLES = {
    400: "That request cannot be read",
    401: "Please log in first",
    403: "That is not open to you",
    404: "There is nothing here",
    405: "That cannot be done here",
    409: "That is being done already",
    411: "How long is that?",
    413: "That is too much at once",
    415: "That kind of content is not understood here",
    416: "There is no such part",
    422: "Some values cannot be used",
    429: "That was tried too often",
    500: "Something went wrong here",
    503: "Not just now",
}


def translate_errors(handler: Callable[..., Any]) -> Callable[..., Any]:
    """What the models raise, in HTTP's words. Anything unforeseen is logged and answered with 500."""

    @wraps(handler)
    def translated(*args: Any, **values: Any) -> Any:
        try:
            return handler(*args, **values)
        except HTTPResponse:
            raise
        except DoesNotExist:
            raise HTTPError(404, "It may have been deleted, or the address is wrong.") from None
        except Invalid as error:
            raise refusal(error) from None
        except TooManyAttempts as error:
            raise HTTPError(429, str(error), Retry_After=error.seconds) from None
        except Busy as error:
            raise HTTPError(503, str(error), Retry_After=error.seconds) from None
        except Exception as error:  # noqa: BLE001 - whatever it is, a client gets an answer
            raise failure(error) from None

    return translated


def refusal(error: Invalid) -> HTTPError:
    """422, with what is wrong with which value."""
    answer = HTTPError(422, str(error))
    answer.problems = error.problems
    return answer


def failure(error: Exception) -> HTTPError:
    """The answer to what nobody asked for: a fault of ours, or of the machine. Only the log tells all of it."""
    if has_words(error):
        log.error("Answered with 503: %s", error)
        return unavailable(error)
    log.error("%s %s failed", quoted(request.method), quoted(request.path), exc_info=error)
    current_state().has_failed = True
    if is_unavailable(error):
        return unavailable(error)
    return HTTPError(500, "It has been written down and will be looked at.")


def is_unavailable(error: BaseException | None) -> bool:
    """Whether the database or the disk is busy, broken or gone, rather than asked for something it cannot know.

    The first failure may be hidden by that of taking back what was half done.
    """
    while error:
        is_our_mistake = getattr(getattr(error, "orig", None), "sqlite_errorname", "") == "SQLITE_ERROR"
        is_broken = type(error) is DatabaseError  # the others of that name say what we did wrong
        if (is_broken or isinstance(error, OperationalError | InterfaceError | StorageFailed)) and not is_our_mistake:
            return True
        error = error.__context__
    return False


def has_words(error: Exception) -> bool:
    """Whether the error says what is the matter, for whoever sits at the site."""
    return isinstance(error, Unavailable | DiskFull)


def unavailable(error: Exception) -> HTTPError:
    """503, as the database or the disk does not answer."""
    reason = str(error) if has_words(error) else "Nothing can be read or kept here at this moment. Please try again."
    return HTTPError(503, reason, Retry_After=RETRY_SECONDS)


def answer_error(error: HTTPError) -> str:
    """The body of an error's answer, in the shape that its path asks for."""
    status = error.status_code
    if status == 404 and has_slash_too_many():
        response.status = 308  # with the same method and body
        response.set_header("Location", without_slash())
        return ""
    if status == 405:
        allow_more()
        if request.method == "OPTIONS":
            response.status = 204
            return ""
    title = TITLES.get(status) or HTTPStatus(status).phrase
    detail = str(error.body or "")
    problems = getattr(error, "problems", {})
    dialect = current_state().dialect
    if dialect:
        details = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        response.status, shaped = dialect.shaped(details | ({"problems": problems} if problems else {}))
        response.content_type = dialect.content_type
        return json.dumps(shaped)
    again = (
        form_again(f"{detail} Nothing was changed yet, and what you wrote is still here.") if status == 503 else None
    )
    return again or page("error", status=status, title=title, detail=detail, problems=problems)


def has_slash_too_many() -> bool:
    """Whether nothing has this path, but something the one without the slash at its end."""
    environ = request.environ
    path = environ["PATH_INFO"]
    dialect = current_state().dialect
    is_as_it_is = dialect is not None and dialect.ignores_trailing_slash
    if is_as_it_is or not path.endswith("/") or "bottle.route" in environ or begins_twice(environ):
        return False
    try:
        request.app.router.match(environ | {"PATH_INFO": path.rstrip("/")})
    except HTTPError as error:
        return bool(error.status_code == 405)
    return path != "/"


def without_slash() -> str:
    """The address that was asked for, with its query, but without the slash at its end."""
    query = f"?{request.query_string}" if request.query_string else ""
    return address(quote(request.environ["PATH_INFO"].rstrip("/"))) + query


def allow_more() -> None:
    """Bottle answers HEAD where there is GET, and does not say so; OPTIONS is answered by the header itself."""
    methods = response.get_header("Allow").split(",")
    response.set_header("Allow", ",".join([*methods, *(["HEAD"] if "GET" in methods else []), "OPTIONS"]))
