"""A file's URLs, with what every route needs."""

from typing import Any

from bottle import Bottle, Route

from routes.shared.dialect import API, Dialect
from routes.shared.errors import translate_errors


class Section(Bottle):
    """Its routes are merged into the site, which brings them along with the plugins installed here.

    `public` names those of its routes that change something and are open to everyone, like `POST /login`;
    `dialect` is how those of its routes speak that are for programs.
    """

    def __init__(self, public: tuple[str, ...] = (), dialect: Dialect = API, **options: Any) -> None:
        super().__init__(**options)
        self.public, self.dialect = public, dialect
        self.install(translate_errors)

    def add_route(self, route: Route) -> None:
        """Only kept for the site, whose router finds it: one of our own would cost every start its time."""
        self.routes.append(route)
