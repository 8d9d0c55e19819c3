"""Finds the route of a path: as Bottle does, whose patterns are compiled when somebody asks for the first such path."""

import re
from typing import Any

from bottle import Router

LITERAL = re.compile(r"^((?:/[^/<:\\]*(?=/|$))*).*", re.DOTALL)  # the parts before the one that stands for something
DEPTH = 2  # parts by which routes are told apart
SIMPLE = {"default", "int", "path"}

FirstParts = tuple[str, ...]


class Patterns(Router):
    """Bottle's router, which would compile the patterns of all routes at the start. Most starts need few of them.

    Routes that begin with the same parts share a router, in their order.
    """

    def __init__(self) -> None:
        super().__init__()
        self.added: list[tuple[FirstParts, tuple[Any, ...]]] = []
        self.known: set[FirstParts] = set()
        self.routers: dict[FirstParts, Router] = {}

    def add(self, rule: str, method: str, target: Any, name: str | None = None) -> None:
        """As Bottle's. A rule with a kind of value that is not the usual is tried, so that a mistake ends the start."""
        if not SIMPLE.issuperset(kind for _, kind, _ in self._itertokens(rule) if kind):
            self.like_this().add(rule, method, target, name)
        parts = first_parts(LITERAL.sub(r"\1", rule))
        self.known.add(parts)
        self.added.append((parts, (rule, method, target, name)))
        self.routers.clear()

    def match(self, environ: dict[str, Any]) -> Any:
        """The route and the values in the path, or Bottle's 404 or 405."""
        return self.router_for(first_parts(environ["PATH_INFO"] or "/")).match(environ)

    def router_for(self, parts: FirstParts) -> Router:
        """Of the routes that may fit a path which begins so."""
        key = next((parts[:length] for length in range(len(parts), 0, -1) if parts[:length] in self.known), ())
        if key not in self.routers:
            router = self.like_this()
            for each, route in self.added:
                if key[: len(each)] == each:
                    router.add(*route)
            self.routers[key] = router
        return self.routers[key]

    def like_this(self) -> Router:
        """An empty one that knows the same kinds of values."""
        router = Router()
        router.filters = self.filters
        return router


def first_parts(path: str) -> FirstParts:
    """Those by which routes are told apart."""
    return tuple(path.split("/")[1 : DEPTH + 1])
