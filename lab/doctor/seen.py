"""What the server saw of a request, as far as it tells why a page was refused. It holds no secret."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from routes.shared.origins import short_origin

LOGIN_PATHS = ("/api/sessions", "/lesson/api/authenticate", "/lesson/api/users/authenticate")
REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True)
class Backend:
    """The settings that matter, and which methods each path has; none where there is nothing.

    What is under one of the `api_prefixes` is for programs, and so for pages of other origins. `paths` are those that
    a mistyped one may stand for.
    """

    origins: tuple[str, ...] = ()
    trusted_proxy: str = ""
    prefix: str = ""
    lesson: bool = False
    host: str = "127.0.0.1"
    api_prefixes: tuple[str, ...] = ("/api/", "/lesson/")
    paths: tuple[str, ...] = ()
    methods_at: Callable[[str], tuple[str, ...]] = lambda _path: ()


@dataclass(frozen=True)
class Seen:
    """One request. `forwarded` says what a proxy said of it, by name; `authorization` is the scheme only.

    `path` is as the site saw it, without the prefix. `logs` is `in` or `out` where the answer set the cookie so.
    """

    method: str
    path: str
    status: int
    scheme: str = "http"
    host: str = ""
    peer: str = ""
    origin: str = ""
    referer: str = ""
    fetch_site: str = ""
    fetch_mode: str = ""
    fetch_dest: str = ""
    content_type: str = ""
    asked_method: str = ""
    asked_headers: str = ""
    authorization: str = ""
    has_cookie: bool = False
    logs: str = ""
    forwarded_scheme: str = ""
    forwarded_host: str = ""

    @property
    def page(self) -> str:
        """The origin of the page that asked. Where a browser says no Origin, its Referer has it."""
        return self.origin or origin_of(self.referer)

    @property
    def own(self) -> str:
        """What the site takes for its own origin."""
        return short_origin(f"{self.scheme}://{self.host}") if self.host else ""

    @property
    def is_foreign(self) -> bool:
        """Whether a page of another origin asked, as far as the browser tells."""
        if self.fetch_site:
            return self.fetch_site not in ("same-origin", "none")
        return bool(self.origin) and short_origin(self.origin) != self.own

    @property
    def crosses_sites(self) -> bool:
        """Whether page and site are two sites for the browser. To plain http it says so on this machine only."""
        if self.fetch_site or not self.page:
            return self.fetch_site == "cross-site"
        here, there = urlsplit(self.page), urlsplit(self.own)
        return (here.scheme, here.hostname) != (there.scheme, there.hostname)

    @property
    def is_preflight(self) -> bool:
        """Whether the browser asked on its own what the page may send."""
        return self.method == "OPTIONS" and bool(self.asked_method)

    @property
    def is_script(self) -> bool:
        """Whether a script of the page asked and reads the answer: no link, form or picture did."""
        return self.is_preflight or (self.fetch_mode or ("cors" if self.origin else "")) == "cors"

    @property
    def needs_login(self) -> bool:
        """Whether it was refused as nobody is logged in; a login is refused for its password."""
        is_login = self.method == "POST" and self.path.rstrip("/") in LOGIN_PATHS
        return self.status == 401 and not is_login

    @property
    def meant_method(self) -> str:
        """The method that the page wants to use; a preflight only asks for it."""
        return self.asked_method if self.is_preflight else self.method


def origin_of(address: str) -> str:
    """The origin of a page with this address; nothing where it has none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    is_page = parts.scheme in ("http", "https") and parts.netloc
    return short_origin(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}") if is_page else ""
