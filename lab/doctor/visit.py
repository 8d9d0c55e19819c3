"""What a backend says to a page of some origin: what a browser asks first, what it reads, the cookie it is given."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lab.doctor import about_backends, about_logins, about_origins
from lab.doctor.asking import Answer, Asker
from lab.doctor.browser import (
    ALLOWED_ORIGIN,
    are_two_sites,
    is_redirect,
    keeps_cookie,
    lacking_headers,
    lets_read,
    lets_send,
    lets_use,
    target_of,
)
from lab.doctor.finding import Finding
from routes.shared.cookie import COOKIE
from routes.shared.origins import OF_EACH_MACHINE

ASKED = [("POST", "content-type"), ("PATCH", "authorization,content-type"), ("DELETE", "authorization")]
BY_SCRIPT = {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}
NO_LOGIN = b"{}"  # which is refused before anything is counted


@dataclass
class Visit:
    """A page of the origin `page`, at a backend that is there."""

    asker: Asker
    page: str

    @property
    def own(self) -> str:
        """The backend's origin."""
        return self.asker.origin

    def findings(self, login: dict[str, str] | None) -> Iterator[Finding]:
        """What a page of that origin may do. The first thing that keeps it out hides the others."""
        is_own = self.page == self.own
        kept_out = None if is_own else self.kept_out() or self.kept_from_reading()
        hidden = self.hides_https()
        yield from filter(None, [kept_out, hidden, None if hidden else self.keeps_no_cookie()])
        if not is_own and not kept_out:
            yield from self.of_the_slash()
        if login and not kept_out and self.asker.checks_certificate:
            yield from self.of_the_login(login)

    def preflight(self, method: str, headers: str, origin: str, path: str = "/api/users") -> Answer:
        asked = {"Origin": origin, "Access-Control-Request-Method": method, **BY_SCRIPT}
        return self.asker.ask("OPTIONS", path, asked | ({"Access-Control-Request-Headers": headers} if headers else {}))

    def kept_out(self) -> Finding | None:
        """What a browser finds in the answers to what it asks first."""
        refused = (self.refused(self.preflight(*asked, self.page), *asked) for asked in ASKED)
        return next(filter(None, refused), None)

    def of_the_slash(self) -> Iterator[Finding]:
        answer = self.preflight("GET", "", self.page, "/api/users/")
        if is_redirect(answer):
            yield about_backends.sent_on("/api/users/", target_of(answer))

    def refused(self, answer: Answer, method: str, headers: str) -> Finding | None:
        if is_redirect(answer):
            return about_backends.moved(self.asker.base, target_of(answer))
        if not 200 <= answer.status < 300:
            return about_backends.preflight_refused(answer.status)
        if not lets_send(answer, self.page):
            return self.not_listed(answer)
        if not lets_use(answer, method):
            return about_backends.not_let_through("method", method)
        lacking = lacking_headers(answer, headers)
        return about_backends.not_let_through("header", ", ".join(lacking)) if lacking else None

    def not_listed(self, answer: Answer) -> Finding:
        """Another origin that looks like it may be let in."""
        values = answer.all(ALLOWED_ORIGIN)
        if values:
            return about_backends.other_cors(values)
        alike = [each for each in look_alikes(self.page) if lets_send(self.preflight("GET", "", each), each)]
        return about_origins.not_listed(self.page, tuple(alike[:1]), are_all=False)

    def kept_from_reading(self) -> Finding | None:
        """A request for which a browser asks nothing first, and one that writes nothing."""
        answer = self.asker.ask("GET", "/api/users?limit=1", {"Origin": self.page, **BY_SCRIPT})
        if is_redirect(answer):
            return about_backends.moved(self.asker.base, target_of(answer))
        return None if lets_read(answer, self.page) else about_backends.other_cors(answer.all(ALLOWED_ORIGIN))

    def hides_https(self) -> Finding | None:
        """Whether the site takes its own page for a stranger. What is sent makes no login and no row."""
        headers = {"Origin": self.own, "Content-Type": "application/json"}
        answer = self.asker.ask("POST", "/api/sessions", headers, NO_LOGIN)
        is_https, knows_https = self.own.startswith("https:"), bool(answer.all("strict-transport-security"))
        if is_https and not knows_https:
            return about_origins.hidden_https(urlsplit(self.own).netloc, "", "", says_so=False)
        return about_origins.hidden_host(self.own, "another host") if answer.status == 403 else None

    def keeps_no_cookie(self) -> Finding | None:
        if self.own.startswith("http:") and are_two_sites(self.page, self.own):
            return about_logins.kept_back(self.page, self.own)
        return None

    def of_the_login(self, login: dict[str, str]) -> Iterator[Finding]:
        """Whether a browser keeps the cookie of a login. It is logged out again."""
        path, headers = "/lesson/api/authenticate", {"Origin": self.page, **BY_SCRIPT}
        sent = headers | {"Content-Type": "application/json"}
        answer = self.asker.ask("POST", path, sent, json.dumps(login).encode())
        cookie = next((each for each in answer.all("set-cookie") if each.startswith(f"{COOKIE}=")), "")
        if not cookie:
            yield about_backends.not_logged_in(answer.status)
            return
        pair, _, attributes = cookie.partition(";")
        self.asker.ask("DELETE", path, headers | {"Cookie": pair})
        crosses, is_https = are_two_sites(self.page, self.own), self.own.startswith("https:")
        if is_https and not keeps_cookie(cookie, is_https, crosses):
            yield about_backends.not_kept(attributes.strip())


def look_alikes(page: str) -> Iterator[str]:
    """Origins that somebody may have meant by this one."""
    scheme, _, rest = page.partition("://")
    yield f"{'http' if scheme == 'https' else 'https'}://{rest}"
    host = about_origins.host_of(page)
    if host in OF_EACH_MACHINE:
        yield from (f"{scheme}://{name}{rest.removeprefix(host)}" for name in OF_EACH_MACHINE if name != host)
