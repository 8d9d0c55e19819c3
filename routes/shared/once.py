"""A request with a one-time key is done once. Sent again, it gets the first one's answer."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from hashlib import sha256
from threading import Lock
from typing import Any, NoReturn

from bottle import HTTPError, HTTPResponse, Route, request, response
from peewee import PeeweeException

from models.receipt import Receipt
from models.shared.database import database
from models.shared.together import together
from models.shared.tries import current_try
from routes.shared.body import KEY_FIELD, is_form, sent_content, sent_form
from routes.shared.cross_site import SAFE_METHODS
from routes.shared.history.told import change_of_request, with_change
from routes.shared.login import id_of_me, me
from routes.shared.network import client_network
from routes.shared.passwords import SECRETS
from routes.shared.state import current_state

KEY_HEADER = "Idempotency-Key"
LONGEST_KEY = 255
running: dict[tuple[str, str], str] = {}  # what this process is doing: whose key, and for which content
lock = Lock()


def takes_key(handler: Callable[..., Any], route: Route) -> Callable[..., Any]:
    """`handler`, which takes a key where it changes something. What makes a `secret` takes none: nobody keeps it."""
    if not may_have_key(route):
        return handler

    @wraps(handler)
    def done_once(*args: Any, **values: Any) -> Any:
        key = sent_key()
        if not key:
            return with_change(handler(*args, **values), change_of_request())
        this = current_try.get()
        if this:
            this.has_key = True
        whose, content = owner_of_key(key), digest_of_request()
        with alone(key, whose, content):
            return first_answer(key, whose, content, lambda: handler(*args, **values))

    return done_once


def may_have_key(route: Route) -> bool:
    """Whether the route changes something, and makes no `secret`."""
    return route.method not in SAFE_METHODS and not route.config.get("secret")


def owner_of_key(key: str) -> str:
    """A visitor's key is of their network, and stays so when they are logged in by what their form did."""
    user, network = me(), f"network {client_network()}"
    return network if not user or (is_form() and Receipt.of(key, network)) else f"user {user.id}"


def first_answer(key: str, whose: str, content: str, handle: Callable[[], Any]) -> Any:
    """The answer that is kept, or that of `handle`, kept in one transaction with all it writes, unless it refuses."""
    kept = Receipt.of(key, whose)
    if kept:
        return again(kept, content)
    try:
        with together():
            answer = handle()
            said = answer if isinstance(answer, HTTPResponse) else response
            is_refused = said.status_code >= 400
            if not is_refused:
                change = database.change_so_far() if me() else None
                answered = what_is_kept(answer, said)
                Receipt.keep(key, whose, content=content, person=id_of_me(), change=change, **answered)
    except Exception:
        kept = receipt_of_another_process(key, whose)
        if not kept:
            raise
    else:
        kept = receipt_of_another_process(key, whose) if is_refused else None
    return again(kept, content) if kept else with_change(answer, change_of_request())


def receipt_of_another_process(key: str, whose: str) -> Receipt | None:
    """One may have been quicker, and so this one was refused."""
    try:
        return Receipt.of(key, whose)
    except PeeweeException:
        return None


def again(kept: Receipt, content: str) -> HTTPResponse:
    """The first answer. 422 when something else was asked for."""
    if kept.content != content:
        refuse_other_content()
    kept.confirm()
    current_state().is_again = True
    headers = {"Location": kept.location, "Content-Type": kept.content_type}
    answer = HTTPResponse(kept.body, kept.status, {name: value for name, value in headers.items() if value})
    return with_change(answer, kept.change)


def what_is_kept(answer: Any, said: Any) -> dict[str, Any]:
    """Of an answer; no cookie."""
    body = said.body if answer is said else answer
    is_json = isinstance(body, dict)
    return {
        "status": said.status_code,
        "location": said.get_header("Location"),
        "content_type": "application/json" if is_json else said.get_header("Content-Type"),
        "body": json.dumps(body) if is_json else body or "",
    }


@contextmanager
def alone(key: str, whose: str, content: str) -> Iterator[None]:
    """409 while this process is still at the same request; 422 when it is at another one with this key."""
    with lock:
        first = running.setdefault((key, whose), content)
        is_first = first is content  # the same object: an equal text may be that of the first one
    if first != content:
        refuse_other_content()
    if not is_first:
        raise HTTPError(409, "It has been sent before and is being done. Please do not send it again.", Retry_After=1)
    try:
        yield
    finally:
        del running[key, whose]


def refuse_other_content() -> NoReturn:
    """A key stands for one request."""
    raise HTTPError(422, "This key was sent with another request before. Please take a new one.")


def sent_key() -> str:
    """Of the header, else of the form; nothing when there is none."""
    of_form = str(sent_form().get(KEY_FIELD, "")) if is_form() else ""
    key = unquoted(request.environ.get("HTTP_IDEMPOTENCY_KEY", of_form).strip(" \t"))
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise HTTPError(400, f"A one-time key has at most {LONGEST_KEY} characters, in one line.")
    return key


def unquoted(text: str) -> str:
    """RFC 8941 writes a text in quotes; many send it bare."""
    is_quoted = len(text) > 1 and text[0] == text[-1] == '"'
    return text[1:-1].replace('\\"', '"').replace("\\\\", "\\") if is_quoted else text


def digest_of_request() -> str:
    """Of the method, the path and all values, but passwords: also a digest of one could be guessed."""
    hashed = sha256(f"{request.method} {request.path}\n".encode())
    for name, value in sorted(sent_content().items()):
        if name in SECRETS or name == KEY_FIELD:
            continue
        content = value if isinstance(value, bytes) else json.dumps(value, sort_keys=True).encode()
        hashed.update(f"{json.dumps(name)} {len(content)}\n".encode() + content)
    return hashed.hexdigest()
