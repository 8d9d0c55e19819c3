"""Lists by path: `/users/page/2`, `/users/by/-name/page/2`. A path can be a file of a plain host, a query cannot."""

import re
from typing import Any
from urllib.parse import quote

from bottle import HTTPError, Route, request

from models.shared.listing import USUAL_PAGE, place_behind
from routes.shared.addresses import address
from routes.shared.state import ListPlace, current_state

LAST_NUMBER = 100  # a page is reached by counting from the first one; further on, lists are gone through row by row
PATH_OF_PART = re.compile(r"(?P<list>/.+?)(?:/by/(?P<by>-?[A-Za-z0-9_]+))?(?:/page/(?P<page>[1-9][0-9]{0,8}))?")
PARTS = ("by", "page")  # what may stand behind the path of a list


def take_place() -> None:
    """Let the router see the list alone, where nothing else has this path."""
    found = part_of_a_list(request.environ["PATH_INFO"])
    if found:
        request.environ["PATH_INFO"], current_state().place = found


def part_of_a_list(path: str) -> tuple[str, ListPlace] | None:
    """The path of the list of which `path` is a part, and which part that is. None for other paths."""
    found = PATH_OF_PART.fullmatch(path) if "/by/" in path or "/page/" in path else None
    if not found or route_of(path):
        return None
    route, parts = route_of(found["list"]), {part for part in PARTS if found[part]}
    if route is None or not parts <= set(route.config.get("parts", ())):
        return None
    return found["list"], ListPlace(found["by"] or "", int(found["page"] or 0))


def route_of(path: str) -> Route | None:
    """What answers who reads `path`."""
    try:
        route, _ = request.app.router.match(request.environ | {"PATH_INFO": path})
    except HTTPError:
        return None
    return route if isinstance(route, Route) else None


def path_as_asked() -> str:
    """The path of this page, with the part of a list that it is."""
    place = current_state().place
    return path_of_place(place.by, place.page) if place else str(request.path)


def address_of_here() -> str:
    """This page's URL, to come back to."""
    return address(quote(path_as_asked())) + (f"?{request.query_string}" if request.query_string else "")


def path_of_place(by: str, page: int) -> str:
    """The path of a part of the list that was asked for."""
    return f"{request.path}{f'/by/{by}' if by else ''}{f'/page/{page}' if page > 1 else ''}"


def has_place() -> bool:
    """Whether this list and what it leads to have paths: it was asked for by one, or is made to be a file."""
    state = current_state()
    return bool(state.place or state.frozen)


def asked_place(rows: Any, having: Any = None) -> dict[str, str]:
    """What a query would say in place of the path. 404 for a place that is not there."""
    place = current_state().place
    if not place:
        return {}
    if place.by and place.by.removeprefix("-") not in rows.model.sorts:
        raise HTTPError(404)
    sort = {"sort": place.by} if place.by else {}
    return sort | ({"after": start_of(rows, having, place)} if place.page > 1 else {})


def start_of(rows: Any, having: Any, place: ListPlace) -> str:
    """Where a page begins. Whoever makes files comes from the page before it."""
    frozen = current_state().frozen
    if frozen:
        start = frozen.places.get(path_as_asked())
    elif place.page > LAST_NUMBER:
        raise not_numbered(f"Pages have numbers up to {LAST_NUMBER}. Look for what is further on.")
    else:
        start = place_behind(rows, (place.page - 1) * USUAL_PAGE, place.by or None, having)
    if not start:
        raise not_numbered("The list ends before that.")
    return start


def not_numbered(words: str) -> HTTPError:
    """404, with a link to the list, which has a search."""
    error = HTTPError(404, words)
    error.onward = quote(request.path)
    return error


def refuse_query(asked: dict[str, str]) -> None:
    """404 for a place in a list that is searched or filtered: only the whole list has numbers."""
    if current_state().place and asked:
        raise not_numbered("Only the whole list has pages with numbers.")
