"""Asks the site as a visitor does who is nobody, without a network between them."""

import secrets
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

from routes.shared.site import Site
from routes.shared.state import FROZEN_KEY, Frozen


class FoundPage(NamedTuple):
    """What an address answers. `kind` is its type, without what follows a semicolon."""

    status: int
    kind: str
    body: bytes


class Visitor:
    """`mark` stands before each address in what the site says: nobody else can have written it."""

    def __init__(self, site: Site, frozen: Frozen) -> None:
        self.site, self.frozen = site, frozen
        self.mark = f"/{secrets.token_hex(8)}"

    def ask(self, path: str, query: str = "") -> FoundPage:
        """What it finds at `path`, as an address has it."""
        said: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], _exc_info: Any = None) -> None:
            said.update({"status": int(status[:3]), **{name.lower(): value for name, value in headers}})

        parts: Any = self.site(self.environ(path, query), start)
        try:
            body = b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
        kind = said.get("content-type", "").partition(";")[0]
        return FoundPage(said["status"], kind, body)

    def environ(self, path: str, query: str) -> dict[str, Any]:
        """A new one, as the site changes it."""
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": self.mark,
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "wsgi.errors": BytesIO(),
            FROZEN_KEY: self.frozen,
        }
