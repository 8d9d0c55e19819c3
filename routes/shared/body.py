"""What a request carries: its query, its form, its JSON, its files. All text is UTF-8, and no name comes twice."""

import json
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any
from urllib.parse import parse_qsl

from bottle import HTTPError, request

from models.shared.kinds import is_file
from models.shared.row_checks import Invalid
from models.shared.rows import BaseModel
from models.shared.values import from_form
from routes.shared.json_text import read_json
from routes.shared.raw_body import LARGEST_TEXT, LARGEST_UPLOAD, MOST_FIELDS, multipart_pairs, raw_body
from routes.shared.state import current_state

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
KEY_FIELD = "one-time-key"  # no column can be called so


def query(known: Collection[str] = ()) -> dict[str, str]:
    """The parameters of the URL, but those that others add to any address; `known` ones are ours all the same."""
    text = as_text(request.query_string.encode("latin-1"))  # WSGI carries bytes so
    return once([pair for pair in pairs_of(text) if pair[0] in known or not is_added(pair[0])])


def form() -> dict[str, str]:
    """The fields of a submitted form."""
    require_type(FORM)
    return form_with_files()


def form_with_files() -> dict[str, Any]:
    """The same, where a file may be chosen: then it is among them as bytes."""
    if not is_multipart():
        require_type(FORM)
    return {name: value for name, value in sent_form().items() if name != KEY_FIELD}


def is_form() -> bool:
    """Whether a page's form was sent. Programs may send what they like, and call it as they like."""
    return not current_state().dialect and (is_multipart() or content_type() == FORM)


def sent_form() -> dict[str, Any]:
    """All fields of a form, its one-time key too. It is read once."""
    state = current_state()
    if state.sent is None:
        state.sent = once(multipart_pairs()) if is_multipart() else once(pairs_of(as_text(raw_body())))
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
    content = sent_body(LARGEST_UPLOAD if takes_file and content_type() != JSON else LARGEST_TEXT)
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        value = None
    return value if isinstance(value, dict) else {"": content}


def is_multipart() -> bool:
    """Whether a form was sent in the way that can carry files."""
    return content_type() == "multipart/form-data"


def json_body() -> dict[str, Any]:
    """The members of a JSON object."""
    require_type(JSON)
    value = read_json(as_text(sent_body()), once)
    if not isinstance(value, dict):
        raise HTTPError(400, 'The body must be a JSON object, like {"name": "value"}.')
    return value


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


def without_read_only(values: dict[str, Any], names: Iterable[str], row: BaseModel) -> dict[str, Any]:
    """`values` without what `row` shows beyond `names`; `Invalid` when that is to be changed."""
    others = [name for name in values if name not in names]
    shown = row.read() if others else {}
    changed = {name: "is read-only" for name in others if name in shown and values[name] != shown[name]}
    unknown = {name: "is not a field" for name in others if name not in shown}
    if changed:
        raise Invalid(changed | unknown)
    return {name: value for name, value in values.items() if name in names or name in unknown}


def pick(values: dict[str, Any], *names: str) -> dict[str, Any]:
    """`values`, which may have these names only."""
    unknown = {name: "is not a field" for name in values if name not in names}
    if unknown:
        raise Invalid(unknown, "There are names that are no fields here.")
    return values


def some(values: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Those of `values` that have these names: a page's address may carry what others added to it."""
    return {name: values[name] for name in names if name in values}


def require_type(wanted: str) -> None:
    """415 for a body of another type."""
    if content_type() != wanted:
        raise HTTPError(415, f"Please send {wanted}.")


def content_type() -> str:
    """The type of the body, without its parameters, in small letters."""
    return str(request.content_type.partition(";")[0].strip().lower())


def as_text(content: bytes) -> str:
    """400 for bytes that are not UTF-8."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise HTTPError(400, "That is not UTF-8.") from None


def pairs_of(text: str) -> list[tuple[str, str]]:
    """The pairs of `name=value&name=value`, as a URL and a form have them."""
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise HTTPError(400, f"The values are not UTF-8, or more than {MOST_FIELDS}.") from None


def is_added(name: str) -> bool:
    """Whether scripts put it behind an address so that no cache answers, or campaigns to be counted."""
    return name == "_" or name.startswith("utm_")


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The pairs as a dictionary; `Invalid` for a name that comes twice, as one reader might take the other value."""
    values = dict(pairs)
    if len(values) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        raise Invalid({name: "must be given once" for name, count in counts.items() if count > 1})
    return values
