"""What a GET has found, as bytes with a tag: in full, packed with gzip, or not again for whoever has it already."""

import re
import zlib
from functools import cached_property
from typing import NamedTuple

from routes.shared.environ import Environ, Start
from routes.shared.headers import Headers

VARIES = ("Vary", "Accept-Encoding")
LEAST_PACKED = 1024  # bytes; less becomes hardly smaller
NO_WEIGHT = re.compile(r"q=0(\.0*)?")


class Form(NamedTuple):
    """One way to send it. The tag is another one for each, as the bytes are."""

    tag: str
    headers: Headers
    body: bytes


class Representation:
    """The bytes of a 200, and how they may be sent. `tag` is what the bytes are known by, without quotes."""

    def __init__(self, headers: Headers, body: bytes, tag: str, can_be_packed: bool) -> None:
        self.tag, self.body = tag, body
        self.can_be_packed = can_be_packed and len(body) >= LEAST_PACKED
        kept = [(name, value) for name, value in headers if name.lower() not in ("content-length", "etag")]
        self.headers = kept + [VARIES] * self.can_be_packed

    def answer(self, environ: Environ, start: Start) -> list[bytes]:
        """Send it, as the client can take it."""
        is_packed = self.can_be_packed and takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
        form = self.packed if is_packed else self.plain
        if is_known(form.tag, environ.get("HTTP_IF_NONE_MATCH", "")):
            start("304 Not Modified", [each for each in form.headers if not each[0].startswith("Content-")])
            return []
        start("200 OK", form.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [form.body]

    @cached_property
    def plain(self) -> Form:
        """As it is."""
        return form_of(f'"{self.tag}"', self.headers, self.body)

    @cached_property
    def packed(self) -> Form:
        """With gzip, without a time in it: the same bytes each time."""
        packer = zlib.compressobj(wbits=31)
        body = packer.compress(self.body) + packer.flush()
        return form_of(f'"{self.tag}-gzip"', [*self.headers, ("Content-Encoding", "gzip")], body)

    @property
    def size(self) -> int:
        """About how many bytes of memory it takes, packed as well."""
        return len(self.body) * 2 + 2000


def form_of(tag: str, headers: Headers, body: bytes) -> Form:
    """With its tag and its length in the headers."""
    return Form(tag, [*headers, ("ETag", tag), ("Content-Length", str(len(body)))], body)


def takes_gzip(accepted: str) -> bool:
    """Whether Accept-Encoding asks for it: `gzip`, or anything, and not with the weight of nothing (RFC 9110)."""
    accepted = accepted.lower()
    if "gzip" not in accepted and "*" not in accepted:
        return False
    weights = {}
    for each in accepted.split(","):
        name, _, weight = each.partition(";")
        weights[name.strip()] = weight.replace(" ", "")
    return not NO_WEIGHT.fullmatch(weights.get("gzip", weights.get("*", "q=0")))


def is_known(tag: str, known: str) -> bool:
    """Whether If-None-Match names the tag, among others or as a weak one."""
    return tag in known or known.strip() == "*"
