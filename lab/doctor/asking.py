"""One request from outside: nothing is followed, kept or waited for longer than a person would."""

import http.client
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Timer
from time import monotonic
from typing import Self
from urllib.parse import urlsplit

from lab.doctor.finding import Finding, brief
from lab.doctor.seen import origin_of

ANSWER_SECONDS = 10.0  # for the whole of a request
MOST_READ = 64 * 1024  # bytes of an answer


class NotReached(Exception):
    """Nothing came back; `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.says)
        self.finding = finding


@dataclass(frozen=True)
class Answer:
    """What came back, its headers with small names, and the first bytes of its body as text."""

    status: int
    headers: list[tuple[str, str]] = field(default_factory=list)
    text: str = ""

    def all(self, name: str) -> list[str]:
        """Each value that a header has, as they may be sent by several."""
        return [value.strip() for known, value in self.headers if known == name]

    def words(self, name: str) -> list[str]:
        """The same in small letters, those with commas between taken apart."""
        return [word.strip().lower() for value in self.all(name) for word in value.split(",")]


@dataclass
class Asker:
    """Asks a backend at `base`, an address without a slash at its end unless somebody wrote one."""

    base: str
    checks_certificate: bool = True

    @property
    def origin(self) -> str:
        """Scheme, host and port, as a browser writes them."""
        return origin_of(self.base)

    def at(self, base: str) -> Self:
        """The same for another address."""
        return type(self)(base, self.checks_certificate)

    def ask(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        """The answer to this. NotReached when there is none."""
        connection, started = self.connection(), monotonic()
        timer = Timer(ANSWER_SECONDS, hang_up, [connection])
        timer.daemon = True
        timer.start()
        try:
            connection.request(method, urlsplit(self.base).path + path, body, dict(headers or {}))
            answer = connection.getresponse()
            text = answer.read(MOST_READ).decode("utf-8", "replace")
            return Answer(answer.status, [(name.lower(), value) for name, value in answer.getheaders()], text)
        except (OSError, UnicodeError, http.client.HTTPException) as error:
            is_late = monotonic() - started >= ANSWER_SECONDS  # the timer has hung up, or the connection was never made
            raise NotReached(self.why(TimeoutError() if is_late else error)) from None
        finally:
            timer.cancel()
            connection.close()

    def connection(self) -> http.client.HTTPConnection:
        """One that is not open yet."""
        parts = urlsplit(self.base)
        host, port = parts.hostname or "", parts.port
        if parts.scheme == "http":
            return http.client.HTTPConnection(host, port, timeout=ANSWER_SECONDS)
        context = ssl.create_default_context()
        if not self.checks_certificate:  # no secret is sent then
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return http.client.HTTPSConnection(host, port, timeout=ANSWER_SECONDS, context=context)

    def why(self, error: Exception) -> Finding:
        """In words, what kept the answer away."""
        here, is_https = brief(self.origin), self.base.startswith("https:")
        if isinstance(error, ssl.SSLCertVerificationError):
            says = f"A browser does not accept the certificate of {here}: {brief(error.verify_message)}."
            return Finding(
                "bad-certificate", says, "Give it one that browsers know, or open it in a tab and accept it."
            )
        if isinstance(error, ssl.SSLError) and is_https:
            return self.speaks_plain_http()
        if isinstance(error, socket.gaierror | UnicodeError):
            return Finding("unknown-host", f"No machine is known by the name of {here}.", "See how it is written.")
        if isinstance(error, TimeoutError):
            return Finding(
                "no-answer-in-time", f"{here} gave no answer within {ANSWER_SECONDS:.0f} seconds.", "Is it busy?"
            )
        if isinstance(error, http.client.HTTPException | ConnectionResetError) and not is_https:
            cure = "It may speak https:"
            return Finding("speaks-no-http", f"What answers at {here} speaks no http.", cure, self.line("https"))
        cure = "Start it, or write the port at which it says that it is:"
        return Finding("nothing-answers", f"Nothing answers at {here}.", cure, "make serve")

    def speaks_plain_http(self) -> Finding:
        """It was asked by https."""
        cure = "Write its address with http, or put a proxy with https in front:"
        says = f"What answers at {brief(self.origin)} speaks no https."
        return Finding("speaks-plain-http", says, cure, self.line("http"))

    def line(self, scheme: str) -> str:
        """The page's line for its address, with another scheme."""
        return f'const backend = "{scheme}://{self.base.partition("://")[2]}";'


def hang_up(connection: http.client.HTTPConnection) -> None:
    """End a request that takes too long, however little by little its answer comes."""
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)
