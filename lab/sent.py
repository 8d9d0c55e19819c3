"""What came with a request, as it may be kept: secrets are hidden, and files are only their size."""

import json
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode

from lab.secrets import HIDDEN, Secrets, is_secret_name
from routes.shared.body import FORM
from routes.shared.cookie import COOKIE
from routes.shared.environ import SAID_BY_PROXIES, Environ
from routes.shared.headers import Headers
from routes.shared.passwords import SECRETS
from routes.shared.raw_body import LARGEST_TEXT
from routes.shared.state import RequestState

SCHEMES = ("bearer", "basic", "digest", "token")  # of Authorization; another word there may be the token itself
MOST_HEADERS = 40
MOST_OF_HEADER = 300  # letters
MOST_SENT = 100
MOST_OF_FIELD = 4000  # letters
MOST_JSON = 64 * 1024  # bytes of a body whose values are kept


def remember_secrets(environ: Environ, state: RequestState, secrets: Secrets) -> None:
    """Remember what is secret in the request, wherever else it may stand."""
    secrets.add(environ.get("HTTP_AUTHORIZATION", "").partition(" ")[2].strip())
    try:
        secrets.add_all(morsel.value for morsel in SimpleCookie(environ.get("HTTP_COOKIE", "")).values())
    except CookieError:
        secrets.add(environ.get("HTTP_COOKIE", ""))
    for name, value in [*sent_values(environ, state).items(), *parse_qsl(environ.get("QUERY_STRING", ""))]:
        remember_named(name, value, secrets)


def is_secret_field(name: str) -> bool:
    """Whether what is sent by this name must not be shown."""
    return name in SECRETS or is_secret_name(name)


def remember_named(name: str, value: Any, secrets: Secrets) -> None:
    """Remember a value that has a secret name, or within which one has."""
    if is_secret_field(name):
        secrets.add_all(texts_in(value))
    elif isinstance(value, dict):
        for inner, each in value.items():
            remember_named(str(inner), each, secrets)
    elif isinstance(value, list):
        for each in value[:MOST_SENT]:
            remember_named("", each, secrets)


def texts_in(value: Any) -> list[Any]:
    """The values within lists and objects."""
    if isinstance(value, dict):
        value = list(value.values())
    return [text for each in value for text in texts_in(each)] if isinstance(value, list) else [value]


def sent_values(environ: Environ, state: RequestState) -> dict[str, Any]:
    """The fields of a form, or the members of a JSON object, as far as they have been read."""
    if state.sent is not None:
        return state.sent
    parts = environ.get("bottle.request.post")  # a student may ask Bottle itself
    if parts and environ.get("CONTENT_TYPE", "").startswith("multipart/"):
        return {name: value if isinstance(value, str) else b"" for name, value in parts.items()}
    content = read_body(environ, state)
    if environ.get("CONTENT_TYPE", "").startswith(FORM):
        return dict(parse_qsl(content.decode("utf-8", "replace"), keep_blank_values=True))
    try:
        value = json.loads(content) if content else {}
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {"": value}


def read_body(environ: Environ, state: RequestState) -> bytes:
    """The body, as far as the site has read it, or Bottle, which keeps it for whoever asks again."""
    kept = environ.get("bottle.request.body")
    if state.body is not None or kept is None:
        return state.body or b""
    place = kept.tell()
    kept.seek(0)
    content: bytes = kept.read(LARGEST_TEXT)
    kept.seek(place)
    return content


def body_of(environ: Environ, state: RequestState, secrets: Secrets) -> dict[str, Any]:
    """What was sent by name; of what has no names, or is long, only its size."""
    content = read_body(environ, state)
    values = sent_values(environ, state) if len(content) <= MOST_JSON else {}
    if not values and content:
        return {"": f"<{len(content)} bytes>"}
    return {
        secrets.hide(name)[:MOST_OF_HEADER]: kept_value(name, value, secrets)
        for name, value in list(values.items())[:MOST_SENT]
    }


def kept_value(name: str, value: Any, secrets: Secrets) -> Any:
    """A value of a body, in JSON's types."""
    if is_secret_field(name):
        return HIDDEN
    if isinstance(value, bytes):
        return f"<a file of {len(value)} bytes>"
    if isinstance(value, str):
        text = secrets.hide(value)
        return text if len(text) <= MOST_OF_FIELD else f"{text[:MOST_OF_FIELD]}… ({len(text)} letters)"
    if isinstance(value, dict):
        return {str(inner): kept_value(str(inner), each, secrets) for inner, each in list(value.items())[:MOST_SENT]}
    if isinstance(value, list):
        return [kept_value("", each, secrets) for each in value[:MOST_SENT]]
    return value if value is None or isinstance(value, bool | int | float) else str(type(value).__name__)


def query_of(environ: Environ, secrets: Secrets) -> str:
    """The query of the address."""
    return secrets.hide(without_named(environ.get("QUERY_STRING", "")))[:2000]


def without_named(query: str) -> str:
    """A query without the values that have secret names."""
    pairs = parse_qsl(query, keep_blank_values=True)
    if not any(is_secret_field(name) for name, _ in pairs):
        return query
    return urlencode([(name, HIDDEN if is_secret_field(name) else value) for name, value in pairs])


def shown_address(address: str, secrets: Secrets) -> str:
    """The address of another page, whose query may hold secrets, too."""
    path, mark, query = address.partition("?")
    return secrets.hide(path + mark + without_named(query))[:MOST_OF_HEADER]


def headers_of(environ: Environ, secrets: Secrets) -> dict[str, str]:
    """The headers. Of a cookie its name is kept, of a token that there was one."""
    found = {}
    for key in environ:
        if key.startswith("HTTP_") or key in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            name = key.removeprefix("HTTP_").replace("_", "-").title()
            found[name] = kept_header(name, str(environ[key]), secrets)
        if len(found) == MOST_HEADERS:
            break
    return found


def kept_header(name: str, value: str, secrets: Secrets) -> str:
    """The value of one header."""
    if name == "Cookie":
        return "; ".join(f"{each.partition('=')[0].strip()[:50]}={HIDDEN}" for each in value.split(";")[:20])
    if name == "Authorization":
        scheme = value.partition(" ")[0]
        return f"{scheme} {HIDDEN}" if scheme.lower() in SCHEMES else HIDDEN
    if is_secret_name(name):
        return HIDDEN
    return shown_address(value, secrets)


def said_by_proxies(environ: Environ) -> dict[str, str]:
    """What a proxy says of the request, before the site takes it out."""
    return {name: environ[name] for name in SAID_BY_PROXIES if name in environ}


def logs_of(headers: Headers) -> str:
    """`in` or `out`, when the answer gives a browser the cookie of a login or takes it away."""
    cookies = [value for name, value in headers if name == "Set-Cookie" and value.startswith(f"{COOKIE}=")]
    return ("out" if "; Max-Age=0;" in cookies[0] else "in") if cookies else ""
