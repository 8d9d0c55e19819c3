"""The site whose log is read by programs: each request has a mark, by which its lines are found."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from metrics.marks import current_mark, mark_of
from routes.shared.environ import Environ, Start
from routes.shared.headers import Headers
from routes.shared.site import Site, access_log
from routes.shared.state import RequestState

LONGEST_PATH = 1000  # letters
EXPOSED_HEADERS = "Access-Control-Expose-Headers"


class Marked(Site):
    """As Site. An answer says in a header by what it is known."""

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """As Site's; meanwhile this thread knows the mark."""
        mark = mark_of(environ, self.config["trusted_proxy"])

        def start(status: str, headers: Headers, exc_info: Any = None) -> Any:
            return start_response(status, with_request_id(headers, mark.request), exc_info)

        before = current_mark.set(mark)
        try:
            return super().__call__(environ, start)
        finally:
            current_mark.reset(before)

    def answer(self, environ: Environ, state: RequestState, start: Start) -> Iterable[bytes]:
        """As Site's. An error page says the id."""
        mark = current_mark.get()
        state.request_id = mark.request if mark else ""
        return super().answer(environ, state, start)

    def log_request(self, environ: Environ, state: RequestState, seconds: float) -> None:
        """Its line in the log, as values with names."""
        route = environ.get("bottle.route")
        path = quote(state.path[: LONGEST_PATH + 1].encode("latin-1"))
        values = {
            "method": environ["REQUEST_METHOD"][:20],
            "path": path if len(path) <= LONGEST_PATH else f"{path[:LONGEST_PATH]}…",
            "route": route.rule if route else None,
            "status": int(state.status),
            "seconds": round(seconds, 6),
        }
        access_log.info("A request was answered", extra={"values": values})


def with_request_id(headers: Headers, request_id: str) -> Headers:
    """`headers` with the id, which a page of another origin may read, too."""
    exposed = [(name, f"{text}, X-Request-Id" if name == EXPOSED_HEADERS else text) for name, text in headers]
    return [*exposed, ("X-Request-Id", request_id)]
