"""Every failure becomes one of HTTP's: a page for a browser, for a program the shape of its dialect."""

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from bottle import HTTPError, HTTPResponse, request, response
from peewee import DoesNotExist

from models.closed_account import AccountClosed
from models.shared.counted import TooManyAttempts
from models.shared.row_checks import Invalid
from models.shared.row_version import Changed
from models.shared.waiting import Busy
from routes.shared.failures import failure, not_now
from routes.shared.form_again import form_again
from routes.shared.page import page
from routes.shared.slashes import has_slash_too_many, without_slash
from routes.shared.state import current_state

TITLES = {
    400: "That request cannot be read",
    401: "Please log in first",
    403: "That is not open to you",
    404: "There is nothing here",
    405: "That cannot be done here",
    409: "That cannot be done now",
    411: "How long is that?",
    412: "That has been changed meanwhile",
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
        except Changed as error:
            raise too_late(error) from None
        except TooManyAttempts as error:
            raise HTTPError(429, str(error), Retry_After=error.seconds) from None
        except AccountClosed as error:
            raise HTTPError(403, str(error)) from None
        except Busy as error:
            raise not_now(str(error), error.seconds) from None
        except Exception as error:  # noqa: BLE001 - whatever it is, a client gets an answer
            raise failure(error) from None

    return translated


def refusal(error: Invalid) -> HTTPError:
    """422, with what is wrong with which value."""
    answer = HTTPError(422, str(error))
    answer.problems = error.problems
    return answer


def too_late(error: Changed) -> HTTPError:
    """412, with what has changed where that is known."""
    answer = HTTPError(412, str(error))
    answer.changed = error.values
    return answer


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
        more = {"problems": problems, "changed": getattr(error, "changed", {})}
        response.status, shaped = dialect.shaped(details | {name: each for name, each in more.items() if each})
        response.content_type = dialect.content_type
        return json.dumps(shaped)
    more = {"onward": getattr(error, "onward", ""), "request_id": current_state().request_id}
    return form_instead(error) or page("error", status=status, title=title, detail=detail, problems=problems, **more)


def form_instead(error: HTTPError) -> str | None:
    """The form that was sent, where it only came too early, or too late."""
    detail = str(error.body or "")
    if getattr(error, "is_in_doubt", False):
        current_state().keeps_key = True
        return form_again(detail) if current_state().sent and error.headers.get("Retry-After") else None
    words = {503: detail, 412: "It has been changed while you were writing."}.get(error.status_code)
    words = detail if getattr(error, "keeps_form", False) else words
    return form_again(f"{words} Nothing was changed yet, and what you wrote is still here.") if words else None


def allow_more() -> None:
    """Bottle answers HEAD where there is GET, and does not say so; OPTIONS is answered by the header itself."""
    methods = response.get_header("Allow").split(",")
    response.set_header("Allow", ",".join([*methods, *(["HEAD"] if "GET" in methods else []), "OPTIONS"]))
