"""A form that could not be answered just now comes again, with what was written in it."""

from collections.abc import Iterator
from typing import Any

from bottle import HTTPError, HTTPResponse, Route, request

from routes.shared.state import current_state


def form_again(words: str) -> str | None:
    """The page of the form that was sent, with `words` above it; None where no form was sent, or its page fails too."""
    state = current_state()
    if not state.sent or state.failure:
        return None
    state.texts, state.notice = state.sent, words
    try:
        _address, route, values = next(pages_of_form(request.path))
        answer = route.call(**values)
        if isinstance(answer, HTTPResponse):  # some return it, some raise it
            raise answer
        return str(answer)
    except (HTTPResponse, StopIteration):
        state.texts, state.notice = {}, ""
        return None


def address_of_form(path: str) -> str:
    """Where the form is that is sent to `path`; nothing when there is no such page."""
    return next((address for address, _route, _values in pages_of_form(path)), "")


def pages_of_form(path: str) -> Iterator[tuple[str, Route, dict[str, Any]]]:
    """Pages that may have the form which is sent to `path`: under `new`, there itself, or above it."""
    addresses = [f"{path}/new"]
    while path:
        addresses.append(path)
        path = path.rpartition("/")[0]
    for address in addresses:
        try:
            route, values = request.app.match({"REQUEST_METHOD": "GET", "PATH_INFO": address})
        except HTTPError:
            continue
        if "new" in values.values():  # a page of something else, which is not called so
            continue
        yield address, route, values
