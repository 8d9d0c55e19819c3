"""Operations: what each route is for, who may call it, what it takes and what it answers."""

from collections import Counter
from collections.abc import Iterator
from inspect import getdoc
from typing import Any

from bottle import Route

from routes.description.parameters import parameters, path_template, request_body
from routes.description.responses import responses
from routes.shared.access import admins_only, applied_guards, everyone, members_only, readers_only
from routes.shared.cookie import COOKIE
from routes.shared.dialect import Dialect
from routes.shared.sign_up import sign_up_only

SECURITY_SCHEMES = {
    "token": {"type": "http", "scheme": "bearer", "description": "Of `POST /api/sessions`, or made at `/account`."},
    "cookie": {"type": "apiKey", "in": "cookie", "name": COOKIE, "description": "A browser gets it at `/login`."},
}


def paths(routes: list[Route], settings: dict[str, Any], dialect: Dialect) -> dict[str, dict[str, Any]]:
    """The operations by path and method."""
    found: dict[str, dict[str, Any]] = {}
    for route, operation_id in zip(routes, operation_ids(routes), strict=True):
        described = {"operationId": operation_id} | operation(route, settings, dialect)
        found.setdefault(path_template(route.rule), {})[route.method.lower()] = described
    return found


def operation_ids(routes: list[Route]) -> Iterator[str]:
    """The handlers' names; one that answers at several paths gets a number from the second on."""
    seen: Counter[str] = Counter()
    for route in routes:
        name = route.name or route.callback.__name__
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}_{seen[name]}"


def operation(route: Route, settings: dict[str, Any], dialect: Dialect) -> dict[str, Any]:
    """One route. `x-who` says in words who may call it."""
    summary, _, more = (getdoc(route.callback) or "").partition("\n")
    guards = guards_of(route, settings)
    who = " ".join((guard.__doc__ or "").partition("\n")[0] for guard in guards) or "Everyone."
    described: dict[str, Any] = {
        "tags": [tag_of(route)],
        "summary": summary,
        "description": f"{more.strip()}\n\nWho may ask: {who}".strip(),
        "x-who": who,
        "security": [{scheme: []} for scheme in SECURITY_SCHEMES] if guards else [],
        "parameters": parameters(route),
        "requestBody": request_body(route),
        "responses": responses(route, guards, dialect),
    }
    return {name: value for name, value in described.items() if value or name == "security"}


def tag_of(route: Route) -> str:
    """The name of the section that the route is in."""
    return str(route.config.get("section") or route.callback.__module__.rpartition(".")[2])


def guards_of(route: Route, settings: dict[str, Any]) -> list[Any]:
    """Those that keep somebody out, as the site is set up."""
    as_set_up = {
        readers_only: [members_only] if settings["directory"] == "members" else [],
        everyone: [],
        sign_up_only: [admins_only] if settings["sign_up"] == "closed" else [],
    }
    return [guard for each in applied_guards(route) for guard in as_set_up.get(each, [each])]
