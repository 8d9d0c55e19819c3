"""What a request carries: its query, its form, its JSON. Read with limits, as UTF-8, and nothing twice."""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any, NoReturn
from urllib.parse import parse_qsl

from bottle import HTTPError, request

from models.base import Invalid
from routes.shared.strict import strict

LARGEST_BODY = 1024 * 1024
MOST_FIELDS = 100


def query() -> dict[str, str]:
    """The parameters of the URL."""
    return parameters(as_text(request.query_string.encode("latin-1")))  # WSGI carries bytes so


def form() -> dict[str, str]:
    """The fields of a submitted form."""
    require_type("application/x-www-form-urlencoded")
    return parameters(as_text(body()))


def json_body() -> dict[str, Any]:
    """The members of a JSON object."""
    require_type("application/json")
    try:
        value = json.loads(as_text(body()), parse_constant=refuse_constant, object_pairs_hook=once)
    except RecursionError:
        raise HTTPError(400, "The JSON is nested too deeply.") from None
    except ValueError:
        raise HTTPError(400, "The body is not JSON.") from None
    if not isinstance(value, dict):
        raise HTTPError(400, 'The body must be a JSON object, like {"name": "value"}.')
    return value


def sent() -> dict[str, Any]:
    """The members of the JSON body, which may have the names that the route `takes`, and are of their types."""
    takes = request.route.config["takes"]
    return {name: strict(takes[name], value) for name, value in pick(json_body(), *takes).items()}


def pick(values: dict[str, Any], *names: str) -> dict[str, Any]:
    """`values`, which may have these names only."""
    unknown = {name: "is not a field" for name in values if name not in names}
    if unknown:
        raise Invalid(unknown)
    return values


def some(values: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Those of `values` that have these names: a page's address may carry what others added to it."""
    return {name: values[name] for name in names if name in values}


def body() -> bytes:
    from werkzeug.exceptions import BadRequest, RequestEntityTooLarge  # all of Werkzeug, so only when something is sent
    from werkzeug.wsgi import get_input_stream

    try:
        return get_input_stream(request.environ, max_content_length=LARGEST_BODY).read()
    except RequestEntityTooLarge:
        raise HTTPError(413, f"At most {LARGEST_BODY // 1024:,} KiB can be sent here.") from None
    except (BadRequest, OSError):
        raise HTTPError(400, "The body ended too early, or its chunks cannot be read.") from None


def require_type(wanted: str) -> None:
    if request.content_type.partition(";")[0].strip().lower() != wanted:
        raise HTTPError(415, f"Please send {wanted}.")


def as_text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise HTTPError(400, "That is not UTF-8.") from None


def parameters(text: str) -> dict[str, str]:
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise HTTPError(400, f"The values are not UTF-8, or more than {MOST_FIELDS}.") from None
    return once(pairs)


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The pairs as a dictionary; `Invalid` for a name that comes twice, as one reader might take the other value."""
    values = dict(pairs)
    if len(values) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        raise Invalid({name: "must be given once" for name, count in counts.items() if count > 1})
    return values


def refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
