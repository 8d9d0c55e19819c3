"""Which change a request was: an answer in JSON has a link to it, and a page that is gone to offers to undo it."""

from typing import Any
from urllib.parse import parse_qsl

from bottle import HTTPResponse, response

from models.shared.history.writer import current_writer
from routes.shared.addresses import address
from routes.shared.login import me
from routes.shared.state import current_state

NEWS = ("added", "saved", "deleted", "undone")  # in an address: what has just been done
CHANGE_PARAMETER = "change"  # the parameter that says which change it was


def change_of_request() -> int | None:
    """What this request has written and kept, as the history has it."""
    writer = current_writer.get()
    return writer.change if writer else None


def with_change(answer: Any, change: int | None) -> Any:
    """The answer, which says which change it was to whoever may undo it: not to visitors."""
    if not change or not me():
        return answer
    said = answer if isinstance(answer, HTTPResponse) else response
    if current_state().dialect:
        said.add_header("Link", f'<{address(f"/api/changes/{change}")}>; rel="change"')
    elif said.status_code == 303 and is_news(str(said.get_header("Location"))):
        said.set_header("Location", f"{said.get_header('Location')}&{CHANGE_PARAMETER}={change}")
    return answer


def is_news(location: str) -> bool:
    """Whether the page there says what has just been done."""
    names = [name for name, _ in parse_qsl(location.partition("?")[2], keep_blank_values=True)]
    return bool(names) and names[0] in NEWS and CHANGE_PARAMETER not in names
