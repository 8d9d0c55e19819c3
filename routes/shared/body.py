"""What a request carries in its body: a form, JSON, files."""

import json
from typing import Any

from bottle import HTTPError, request

from models.shared.kinds import is_file
from models.shared.picture_limits import LARGEST_FILE
from models.shared.rows import BaseModel
from models.shared.values import from_form
from routes.shared.json_text import read_json
from routes.shared.pairs import as_text, once, pairs_of
from routes.shared.picked import pick, without_read_only
from routes.shared.raw_body import LARGEST_TEXT, LARGEST_UPLOAD, multipart_pairs, raw_body
from routes.shared.state import current_state

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
KEY_FIELD = "one-time-key"  # no column can be called so


def form() -> dict[str, str]:
    """The fields of a submitted form."""
    require_type(FORM)
    return form_with_files()


def form_with_files() -> dict[str, Any]:
    """The same, where a file may be chosen: then it is among them as bytes."""
    if not is_multipart():
        require_type(FORM)
    return {name: value for name, value in sent_form().items() if name != KEY_FIELD}


def form_with_picture(*names: str) -> dict[str, Any]:
    """These fields of a form whose picture may also be taken away: then `image` is None."""
    values = pick(form_with_files(), *names, "remove")
    if values.pop("remove", "") and "image" not in values:
        values["image"] = None
    return values


def is_form() -> bool:
    """Whether a page's form was sent. Programs may send what they like, and call it as they like."""
    return not current_state().dialect and (is_multipart() or content_type() == FORM)


def sent_form() -> dict[str, Any]:
    """All fields of a form, its one-time key too. It is read once."""
    state = current_state()
    if state.sent is None:
        pairs = multipart_pairs(largest_file()) if is_multipart() else pairs_of(as_text(raw_body()))
        state.sent = once(pairs)
    return state.sent


def sent_body(most: int = LARGEST_TEXT) -> bytes:
    """The bytes of what is no form. They are read once."""
    state = current_state()
    if state.body is None:
        state.body = raw_body(most)
    return state.body


def sent_content() -> dict[str, Any]:
    """What was sent by name: of a form, of a JSON object, or the bytes of anything else."""
    if is_form() or is_multipart():
        return sent_form()
    takes_file = any(is_file(field) for field in request.route.config.get("takes", {}).values())
    content = sent_body(LARGEST_UPLOAD if takes_file and content_type() != JSON else largest_text())
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        value = None
    return value if isinstance(value, dict) else {"": content}


def largest_text() -> int:
    """Bytes of JSON that the route takes: more where it says so by `most`, as for a picture within it."""
    most: int = request.route.config.get("most", LARGEST_TEXT)
    return most


def largest_file() -> int:
    """Bytes of a file in a form: more where the route says so by `most_file`, as for rows that come in."""
    most: int = request.route.config.get("most_file", LARGEST_FILE)
    return most


def is_multipart() -> bool:
    """Whether a form was sent in the way that can carry files."""
    return content_type() == "multipart/form-data"


def json_body() -> dict[str, Any]:
    """The members of a JSON object."""
    require_type(JSON)
    value = read_json(as_text(sent_body(largest_text())), once)
    if not isinstance(value, dict):
        raise HTTPError(400, 'The body must be a JSON object, like {"name": "value"}.')
    return value


def form_or_json() -> dict[str, Any]:
    """What a page's form or a program has sent, by name."""
    return json_body() if content_type() == JSON else form()


def body_values(row: BaseModel | None = None) -> dict[str, Any]:
    """What the route `takes`: the members of a JSON body as they are, or what the texts of a form mean.

    Where a file is taken, a form with it will do, or the file alone when it is required. With a `row`, JSON may be
    the whole of it as it was read: what only the program sets may come along unchanged.
    """
    takes = request.route.config["takes"]
    files = [name for name, field in takes.items() if is_file(field)]
    if files and is_multipart():
        return from_form(takes, pick(form_with_files(), *takes))
    if files and not takes[files[0]].null:
        return {files[0]: sent_body(LARGEST_UPLOAD)}
    names = [name for name in takes if name not in files]
    values = json_body() if row is None else without_read_only(json_body(), names, row)
    return pick(values, *names)


def require_type(wanted: str) -> None:
    """415 for a body of another type."""
    if content_type() != wanted:
        raise HTTPError(415, f"Please send {wanted}.")


def content_type() -> str:
    """The type of the body, without its parameters, in small letters."""
    return str(request.content_type.partition(";")[0].strip().lower())
