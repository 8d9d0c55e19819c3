"""The site that counts what it does, and tells Prometheus."""

from collections.abc import Iterable
from hmac import compare_digest
from typing import Any
from weakref import WeakKeyDictionary

from metrics.counted_memory import CountedMemory, Makers
from metrics.figures import Figures
from routes.shared.environ import Environ, Start
from routes.shared.reading import tag_of_bytes
from routes.shared.remembered import Memory
from routes.shared.representation import Representation
from routes.shared.section import Section
from routes.shared.site import Site
from routes.shared.state import RequestState

SCRAPED_PATH = "/metrics"
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Measured(Site):
    """As Site. The setting `metrics_token` lets a scraper in that is no user."""

    def __init__(self, **config: Any) -> None:
        super().__init__(**config)
        self.makers: Makers = WeakKeyDictionary()

    def add(self, *sections: Section) -> None:
        """As Site's. Then all routes are known."""
        super().add(*sections)
        self.figures = Figures(self.routes, self.memory, self.config["processes"])

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """As Site's; it is counted, also when there is no answer."""
        self.figures.begin()
        try:
            return super().__call__(environ, start_response)
        except Exception:  # as of an answer that is read while it is made: the server says 500
            self.figures.note_status(environ, "500")
            raise
        finally:
            self.figures.end()

    def log_request(self, environ: Environ, state: RequestState, seconds: float) -> None:
        """As Site's; here it is counted, too."""
        super().log_request(environ, state, seconds)
        self.figures.note(environ, state.status, seconds)

    def memory_for(self, environ: Environ) -> Memory | None:
        """As Site's, which counts how often it is of use."""
        memory = super().memory_for(environ)
        return CountedMemory(memory, environ, self.figures, self.makers) if memory else None

    def answer(self, environ: Environ, state: RequestState, start: Start) -> Iterable[bytes]:
        """As Site's. A scraper with the token gets its figures without the database, which may be down."""
        if (
            environ["PATH_INFO"] == SCRAPED_PATH
            and environ["REQUEST_METHOD"] in ("GET", "HEAD")
            and self.lets_in(environ)
        ):
            environ["bottle.route"] = next(route for route in self.routes if route.rule == SCRAPED_PATH)
            body = self.exposition()
            headers = [("Content-Type", CONTENT_TYPE), ("Cache-Control", "no-store")]
            return Representation(headers, body, tag_of_bytes("", body), can_be_packed=True).answer(environ, start)
        return super().answer(environ, state, start)

    def lets_in(self, environ: Environ) -> bool:
        """Whether a request brings the token of the settings."""
        scheme, _, token = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        known = self.config["metrics_token"].encode()
        return bool(known) and scheme.lower() == "bearer" and compare_digest(token.strip().encode("latin-1"), known)

    def exposition(self) -> bytes:
        """The figures of now."""
        from metrics.exposition import Exposition  # the first scrape loads the library, and no start

        return Exposition(self.figures, self.config["version"]).text()
