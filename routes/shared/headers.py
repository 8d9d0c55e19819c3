"""The headers that every answer of ours has, whatever made it. (What is no HTTP, the server itself refuses.)"""

from typing import Any

from routes.shared.cross_site import SAFE_METHODS
from routes.shared.origins import is_own, note_stranger
from routes.shared.state import RequestState

Headers = list[tuple[str, str]]

SAFETY = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'self'; object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
HTTPS_SECONDS = 365 * 24 * 60 * 60
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
    "Access-Control-Allow-Headers": "content-type, authorization, x-origin",
    "Access-Control-Max-Age": "7200",
}
WHEN_ASKED = ("idempotency-key", "if-match", "if-none-match")


def preflight(environ: dict[str, Any]) -> Headers:
    """What a page of one of our origins may send; a one-time key or a condition where it asks for that."""
    asked = environ.get("HTTP_ACCESS_CONTROL_REQUEST_HEADERS", "").lower()
    allowed = [PREFLIGHT["Access-Control-Allow-Headers"], *(name for name in WHEN_ASKED if name in asked)]
    return list((PREFLIGHT | {"Access-Control-Allow-Headers": ", ".join(allowed)}).items())


def with_all(headers: Headers, environ: dict[str, Any], state: RequestState, origins: tuple[str, ...]) -> Headers:
    """`headers`, and those of ours that a handler has not set itself."""
    named = {name.lower() for name, _ in headers} - {"vary"}
    ours = dict(SAFETY)
    if environ["wsgi.url_scheme"] == "https":
        ours["Strict-Transport-Security"] = f"max-age={HTTPS_SECONDS}"
    if state.is_session_known:  # somebody asked who is logged in, so the answer is for them only
        ours["Cache-Control"] = "no-store"
    ours |= for_other_origins(environ, state, origins)
    return headers + [(name, value) for name, value in ours.items() if name.lower() not in named]


def for_other_origins(environ: dict[str, Any], state: RequestState, origins: tuple[str, ...]) -> dict[str, str]:
    """What lets a page of one of `origins` read the answer (CORS)."""
    origin = environ.get("HTTP_ORIGIN", "")
    if not state.dialect:
        return {}
    if origin not in origins:
        if origin and environ["REQUEST_METHOD"] in SAFE_METHODS and not is_own(origin, environ):
            note_stranger(environ, "An answer was not read")
        return {"Vary": "Origin"} if origins else {}
    return {
        "Vary": "Origin",
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Credentials": "true",
        "Access-Control-Expose-Headers": "Location, Link, Retry-After, ETag",
    }


def is_preflight(environ: dict[str, Any], state: RequestState) -> bool:
    """Whether a browser asks what a page of another origin may send, before it sends it."""
    is_asking = environ["REQUEST_METHOD"] == "OPTIONS" and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ
    return is_asking and state.dialect is not None
