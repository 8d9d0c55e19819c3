"""How GET and HEAD are answered: with what is remembered, or with what a handler finds, as far as a client needs it."""

from collections.abc import Callable, Hashable, Iterable
from hashlib import blake2b
from typing import Any

from models.shared.database import database, is_sqlite
from models.shared.version import current_version
from routes.shared.environ import Environ, Start
from routes.shared.headers import Headers
from routes.shared.remembered import Memory, key_of
from routes.shared.representation import Representation
from routes.shared.state import RequestState

TEXTS = ("text/", "application/json", "application/javascript", "image/svg+xml")

Handle = Callable[[Environ, RequestState, Start], Iterable[bytes]]


def read(environ: Environ, state: RequestState, start: Start, handle: Handle, memory: Memory | None) -> Iterable[bytes]:
    """The answer that is in the memory, or that of `handle`. A visitor's is kept when nobody wrote meanwhile."""
    key = key_of(environ) if memory else None
    version = version_for(memory, key) if memory and key else None
    kept = memory.find(version, key) if memory and version is not None else None
    if memory and key and version is None and not is_sqlite() and database.obj.has_no_server():
        kept = memory.last(key)  # better than nothing
    if kept:
        return kept.answer(environ, start)
    found = find(environ, state, start, handle)
    if not isinstance(found, Representation):
        return found
    if memory and key and version is not None and is_for_all(environ, state, found) and current_version() == version:
        memory.keep(version, key, found)
    return found.answer(environ, start)


def version_for(memory: Memory, key: Hashable) -> Hashable:
    """The version of the database; None when it is not there, and at once where that is known and an answer is kept."""
    is_known_to_be_lost = not is_sqlite() and database.obj.is_lost()
    return None if is_known_to_be_lost and memory.last(key) else current_version()


def find(environ: Environ, state: RequestState, start: Start, handle: Handle) -> Representation | Iterable[bytes]:
    """What GET finds, for HEAD too. What is no text, or no success, is answered at once."""
    said: list[tuple[str, Headers]] = []
    method, environ["REQUEST_METHOD"] = environ["REQUEST_METHOD"], "GET"
    body = handle(environ, state, lambda status, headers, _exc_info=None: said.append((status, headers)))
    environ["REQUEST_METHOD"] = method
    status, headers = said[-1]
    named = by_name(headers)
    is_text = named.get("content-type", "").startswith(TEXTS) and "content-disposition" not in named  # a file is long
    if status.startswith("200 ") and is_text:
        return represented(environ, state, headers, whole(body))
    start(status, headers)
    return body if method == "GET" else nothing(body)


def whole(body: Iterable[bytes]) -> bytes:
    """All of an answer, also of a file."""
    try:
        return b"".join(body)
    finally:
        nothing(body)


def nothing(body: Any) -> list[bytes]:
    """Of an answer, whose file is closed."""
    if hasattr(body, "close"):
        body.close()
    return []


def represented(environ: Environ, state: RequestState, headers: Headers, body: bytes) -> Representation:
    """What a handler answers. It may say itself who may keep it, and what it is known by."""
    named = by_name(headers)
    if "cache-control" not in named:
        headers = [*headers, ("Cache-Control", "no-store" if state.session else "no-cache")]
    tag = named["etag"].strip('"') if "etag" in named else tag_of_bytes(state.version, body)
    # Packed, the length of an answer tells whether what a stranger put into its address is in what is for one person.
    can_be_packed = not (state.session and environ["QUERY_STRING"])
    return Representation(headers, body, tag, can_be_packed)


def tag_of_bytes(version: str, body: bytes) -> str:
    """What these bytes are known by: their digest, behind the version of the row that they show."""
    digest = blake2b(body, digest_size=12).hexdigest()
    return f"{version}-{digest}" if version else digest


def by_name(headers: Headers) -> dict[str, str]:
    """The values by their names in small letters."""
    return {name.lower(): value for name, value in headers}


def is_for_all(environ: Environ, state: RequestState, found: Representation) -> bool:
    """Whether each visitor gets the same, as long as nobody writes: no cookie, and no form with a one-time key."""
    named = by_name(found.headers)
    is_open = named["cache-control"] == "no-cache" and "set-cookie" not in named
    return is_open and not state.session and not environ["bottle.route"].config.get("varies")
