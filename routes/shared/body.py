"""What a request carries: its query, its form, its JSON, its files. Read with limits, as UTF-8, and nothing twice."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, NoReturn
from urllib.parse import parse_qsl

from bottle import HTTPError, request

from models.shared.fields import FileField
from models.shared.picture import LARGEST_FILE
from models.shared.rows import Invalid
from routes.shared.strict import strict

LARGEST_BODY = 1024 * 1024
LARGEST_UPLOAD = LARGEST_FILE + LARGEST_BODY
LARGEST_PART = 256 * 1024  # of a form with files, where it is no file; the head of one that is, too
MOST_FIELDS = 100


def query() -> dict[str, str]:
    """The parameters of the URL."""
    return parameters(as_text(request.query_string.encode("latin-1")))  # WSGI carries bytes so


def form() -> dict[str, str]:
    """The fields of a submitted form."""
    require_type("application/x-www-form-urlencoded")
    return parameters(as_text(body()))


def form_with_files() -> dict[str, Any]:
    """The same, where a file may be chosen: then it is among them as bytes."""
    return multipart() if is_multipart() else form()


def is_multipart() -> bool:
    return content_type() == "multipart/form-data"


def multipart() -> dict[str, Any]:
    """The fields of a form as text, its files as bytes. A file that was not chosen is left out."""
    from werkzeug import formparser  # all of Werkzeug, so only when a file is sent

    parser = formparser.FormDataParser(
        stream_factory=lambda *_, **__: BytesIO(),  # no file of its own on the disk
        max_content_length=LARGEST_UPLOAD,
        max_form_memory_size=LARGEST_PART,
        max_form_parts=MOST_FIELDS,
        silent=False,
    )
    with http_errors(LARGEST_UPLOAD):
        _, fields, files = parser.parse_from_environ(request.environ)
    pairs: list[tuple[str, Any]] = []
    for name, text in fields.items(multi=True):
        if "\ufffd" in text:  # Werkzeug's sign for bytes that are none
            raise Invalid({name or "": "must be text in UTF-8, or a file with a name"})
        pairs.append((name or "", text))
    for name, file in files.items(multi=True):
        content = file.read()
        if content and not file.filename:
            raise Invalid({name or "": "must be a file with a name"})
        if file.filename:
            pairs.append((name or "", content))
    return once(pairs)


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


def body_values() -> dict[str, Any]:
    """What the route `takes`: the members of a JSON body, each of its type.

    Where a file is taken, a form with it will do, or the file alone when it is required.
    """
    takes = request.route.config["takes"]
    files = [name for name, field in takes.items() if isinstance(field, FileField)]
    if files and is_multipart():
        return pick(multipart(), *takes)
    if files and not takes[files[0]].null:
        return {files[0]: body(LARGEST_UPLOAD)}
    values = pick(json_body(), *(name for name in takes if name not in files))
    return {name: strict(takes[name], value) for name, value in values.items()}


def pick(values: dict[str, Any], *names: str) -> dict[str, Any]:
    """`values`, which may have these names only."""
    unknown = {name: "is not a field" for name in values if name not in names}
    if unknown:
        raise Invalid(unknown)
    return values


def some(values: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Those of `values` that have these names: a page's address may carry what others added to it."""
    return {name: values[name] for name in names if name in values}


def body(most: int = LARGEST_BODY) -> bytes:
    from werkzeug import wsgi

    with http_errors(most):
        return wsgi.get_input_stream(request.environ, max_content_length=most).read()


@contextmanager
def http_errors(most: int) -> Iterator[None]:
    """What Werkzeug finds wrong with a body, as our own answers."""
    from werkzeug import exceptions

    try:
        yield
    except exceptions.RequestEntityTooLarge:
        words = {LARGEST_UPLOAD: f"A file may have at most {LARGEST_FILE // 1024**2} MiB."}
        raise HTTPError(413, words.get(most, f"At most {most // 1024:,} KiB can be sent here.")) from None
    except (exceptions.BadRequest, OSError, ValueError):
        raise HTTPError(400, "The body ended too early, or its parts cannot be read.") from None


def require_type(wanted: str) -> None:
    if content_type() != wanted:
        raise HTTPError(415, f"Please send {wanted}.")


def content_type() -> str:
    return str(request.content_type.partition(";")[0].strip().lower())


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
