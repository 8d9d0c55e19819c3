"""By what a request is known: an id that a person can say, and where it is in a trace (W3C Trace Context)."""

import os
import re
from base64 import b32encode
from contextvars import ContextVar
from typing import NamedTuple

from routes.shared.environ import Environ, ip_of

REQUEST_ID = re.compile(r"[A-Za-z0-9._~+/=:@-]{1,100}")
TRACE_PARENT = re.compile(
    r"(?P<version>[0-9a-f]{2})-(?P<trace>[0-9a-f]{32})-(?P<parent>[0-9a-f]{16})-(?P<flags>[0-9a-f]{2})(?P<more>-.*)?"
)
TRACE_STATE = re.compile(r"[ -~]{1,512}")
KNOWN_FLAGS = 0x03  # whether it is kept, and whether its id is made by chance


class Mark(NamedTuple):
    """`parent` is what asked us, and empty where nobody has said so; `span` is what is done here."""

    request: str
    trace: str
    parent: str
    span: str
    flags: int
    state: str  # what other programs say of the trace

    def to_pass_on(self) -> dict[str, str]:
        """Headers for another program that is asked for the sake of this request."""
        headers = {"traceparent": f"00-{self.trace}-{self.span}-{self.flags:02x}", "X-Request-Id": self.request}
        return headers | ({"tracestate": self.state} if self.state else {})


current_mark: ContextVar[Mark | None] = ContextVar("current_mark", default=None)


def mark_of(environ: Environ, trusted_proxy: str) -> Mark:
    """What the request brings along, as far as it may, and what it lacks."""
    chance = os.urandom(32)
    request = request_id_of(environ, trusted_proxy) or sayable(chance)
    trace, parent, flags = parent_of(environ.get("HTTP_TRACEPARENT", "")) or (chance[8:24].hex(), "", 0)
    state = environ.get("HTTP_TRACESTATE", "") if parent else ""
    return Mark(request, trace, parent, chance[24:].hex(), flags, state if TRACE_STATE.fullmatch(state) else "")


def request_id_of(environ: Environ, trusted_proxy: str) -> str:
    """The id that a proxy of ours has given it; nothing of anybody else's, and nothing that is no id."""
    is_trusted = trusted_proxy and trusted_proxy in ("*", ip_of(environ.get("REMOTE_ADDR") or ""))
    said: str = environ.get("HTTP_X_REQUEST_ID", "") if is_trusted else ""
    return said if REQUEST_ID.fullmatch(said) else ""


def sayable(chance: bytes) -> str:
    """Twelve letters and digits of which no two look alike."""
    letters = b32encode(chance[:8]).decode().lower()
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:12]}"


def parent_of(text: str) -> tuple[str, str, int] | None:
    """The trace, the parent and the flags of a `traceparent`; None for one that is not valid."""
    found = TRACE_PARENT.fullmatch(text)
    if not found or found["version"] == "ff" or (found["version"] == "00" and found["more"]):
        return None
    if not (int(found["trace"], 16) and int(found["parent"], 16)):
        return None
    return found["trace"], found["parent"], int(found["flags"], 16) & KNOWN_FLAGS
