"""Asks a running backend as a browser would whose page is elsewhere, and says what keeps the page from working."""

import json
import re
from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from lab.doctor import about_backends, about_origins
from lab.doctor.asking import Answer, Asker, NotReached
from lab.doctor.browser import is_redirect, target_of
from lab.doctor.finding import Finding
from lab.doctor.visit import Visit

ON_THIS_MACHINE, IN_ITS_NETWORK, ELSEWHERE = 2, 1, 0
INNER_PATH = re.compile("/(lesson|api)(/.*)?$")  # of the site itself; what stands before it may be a prefix


class Outside:
    """A backend at the address that a page's script has, and the page's origin."""

    def __init__(self, backend: str, page: str) -> None:
        self.backend, self.page = backend, page
        self.asker = Asker(INNER_PATH.sub("", backend.rstrip("/")))
        self.own = self.asker.origin

    def findings(self, login: dict[str, str] | None = None) -> Iterator[Finding]:
        """What is wrong, as far as it can be asked; with a `login`, of its cookie, too."""
        yield from self.before_asking()
        try:
            yield from self.of_the_certificate()
            wrong = self.wrong_place()
            if wrong:
                yield wrong
            else:
                yield from self.of_the_slash()
                yield from Visit(self.asker, self.page).findings(login)
        except NotReached as error:
            yield error.finding

    def before_asking(self) -> Iterator[Finding]:
        """What the two addresses tell."""
        near = nearness(self.own)
        if self.page == self.own:
            yield about_backends.own_page(self.page)
        elif self.page.startswith("https:") and self.own.startswith("http:") and near < ON_THIS_MACHINE:
            yield about_origins.secure_page(self.page, self.backend)
        elif nearness(self.page) < near:
            yield about_backends.will_be_asked(self.page, self.own)

    def of_the_certificate(self) -> Iterator[Finding]:
        """Where a browser does not accept it, the rest is looked at all the same."""
        try:
            self.asker.ask("GET", "/health")
        except NotReached as error:
            if error.finding.name == "no-answer-in-time" and self.speaks_only_http():
                raise NotReached(self.asker.speaks_plain_http()) from None
            if error.finding.name != "bad-certificate":
                raise
            self.asker.checks_certificate = False
            yield error.finding

    def speaks_only_http(self) -> bool:
        """A server without https may wait for the rest of what it takes for a request."""
        if not self.own.startswith("https:"):
            return False
        try:
            self.asker.at(f"http:{self.own.removeprefix('https:')}").ask("GET", "/health")
        except NotReached:
            return False
        return True

    def wrong_place(self) -> Finding | None:
        answer = self.asker.ask("GET", "/health")
        if is_redirect(answer):
            return about_backends.moved(self.backend, target_of(answer).partition("?")[0].removesuffix("/health"))
        if answer.status == 403 and "for its own machine" in answer.text:
            return about_origins.lesson_elsewhere(urlsplit(self.backend).netloc)
        if not is_this_site(answer):
            return self.elsewhere(answer.status)
        return None

    def of_the_slash(self) -> Iterator[Finding]:
        if self.backend.endswith("/") and self.asker.at(self.backend).ask("GET", self.first_path()).status == 404:
            yield about_backends.slash_at_the_end(self.backend)

    def elsewhere(self, status: int) -> Finding:
        if urlsplit(self.asker.base).path and is_this_site(self.asker.at(self.own).ask("GET", "/health")):
            return about_backends.unknown_path(self.asker.base, self.own)
        return about_backends.not_well(status) if status >= 500 else about_backends.another_server(self.own, status)

    def first_path(self) -> str:
        """What a page's script writes behind the address that it has."""
        return "/users?limit=1" if self.backend.rstrip("/").endswith("/api") else "/api/users?limit=1"


def is_this_site(answer: Answer) -> bool:
    """Whether /health was answered as the site does."""
    try:
        return answer.status == 200 and json.loads(answer.text) == {"status": "ok"}
    except (ValueError, RecursionError):
        return False


def nearness(origin: str) -> int:
    """How near a host is, as a browser sees it. Behind other names may be any machine."""
    host = about_origins.host_of(origin).strip("[]")
    if host == "localhost" or host.endswith(".localhost"):
        return ON_THIS_MACHINE
    try:
        ip = ip_address(host)
    except ValueError:
        return IN_ITS_NETWORK if host.endswith(".local") else ELSEWHERE
    return ON_THIS_MACHINE if ip.is_loopback else IN_ITS_NETWORK if ip.is_private else ELSEWHERE
