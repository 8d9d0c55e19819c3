"""A file's URLs, with what every route needs."""

from collections.abc import Callable, Collection
from typing import Any

from bottle import Bottle, Route

from models.shared.start_errors import stop_start
from routes.shared.access import applied_guards
from routes.shared.dialect import API, Dialect
from routes.shared.errors import translate_errors
from routes.shared.once import takes_key
from routes.shared.quiet import ReadOnlyWhenQuiet


class Section(Bottle):
    """Its routes are merged into the site, which brings them along with the plugins installed here.

    `dialect` is how those of its routes speak that are for programs. `in_place_of` are routes of other sections that
    the site does without where this one is there, like `GET /users/import`.
    """

    def __init__(self, dialect: Dialect = API, in_place_of: Collection[str] = ()) -> None:
        super().__init__()
        self.dialect, self.in_place_of = dialect, in_place_of
        self.install(translate_errors)

    def add_route(self, route: Route) -> None:
        """Only kept for the site, whose router finds it: one of our own would cost every start its time."""
        require_guard(route)
        route.plugins.append(ReadOnlyWhenQuiet())
        route.plugins.append(OnceOnly())  # next to the handler: who may not do it needs no answer again
        self.routes.append(route)


class OnceOnly:
    """What Bottle calls for each route."""

    api = 2

    def apply(self, handler: Callable[..., Any], route: Route) -> Callable[..., Any]:
        """See `takes_key`."""
        return takes_key(handler, route)


def require_guard(route: Route) -> None:
    """Unusable for a route that does not say who may call it."""
    if not applied_guards(route):
        problem = f"{route.method} {route.rule} does not say who may call it"
        stop_start(route.callback, problem, "Write apply=everyone there, or another guard of routes/shared/access.py.")
