"""The API's description, as OpenAPI 3.1 writes it: made from the routes, their guards, docstrings and shapes."""

import re
import sys
from inspect import getdoc
from typing import Any

from bottle import Bottle, Route
from peewee import Field

from models.base import BaseModel
from models.listing import LARGEST_PAGE, LONGEST_SEARCH
from routes.shared.access import admins_only, members_only, readers_only, sign_up_only
from routes.shared.answers import PROBLEM, answers, described_errors
from routes.shared.examples import example_body
from routes.shared.login import COOKIE
from routes.shared.paths import is_api
from routes.shared.schemas import Schema, body_schema, kept_schema, row_schema

VERSION = "0.1.0"
WILDCARD = re.compile(r"<(\w+)(?::(\w+)[^>]*)?>")
ABOUT = (
    "Lists come in pages: follow `next`. Times are UTC, dates ISO 8601. What is refused says why, as problem details "
    "(RFC 9457). A method that a path does not have is answered with 405 and `Allow`. What changes something is "
    "refused when a browser says that it comes from a page of another site, unless it carries a token."
)
WAYS_TO_LOG_IN = {
    "token": {"type": "http", "scheme": "bearer", "description": "Of `POST /api/sessions`, or made at `/account`."},
    "cookie": {"type": "apiKey", "in": "cookie", "name": COOKIE, "description": "A browser gets it at `/login`."},
}


def description(site: Bottle) -> dict[str, Any]:
    """Everything under `/api/`, for whoever may call `site` as its settings are."""
    routes = [route for route in site.routes if is_api(route.rule)]
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(WILDCARD.sub(r"{\1}", route.rule), {})[route.method.lower()] = operation(route, site.config)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Bottle Portfolio", "version": VERSION, "description": ABOUT},
        "servers": [{"url": "/"}],
        "tags": [{"name": tag, "description": about} for tag, about in sections_of(routes).items()],
        "paths": paths,
        "components": {
            "schemas": {model.__name__: row_schema(model) for model in models_of(routes)} | {"Problem": PROBLEM},
            "responses": described_errors(),
            "securitySchemes": WAYS_TO_LOG_IN,
        },
    }


def operation(route: Route, settings: dict[str, Any]) -> dict[str, Any]:
    """One route. `x-who` says in words who may call it."""
    summary, _, more = (getdoc(route.callback) or "").partition("\n")
    guards = guards_of(route, settings)
    takes = route.config.get("takes")
    described = {
        "operationId": route.name or route.callback.__name__,
        "tags": [section_of(route)],
        "summary": summary,
        "description": more.strip(),
        "x-who": " ".join((guard.__doc__ or "").partition("\n")[0] for guard in guards) or "Everyone.",
        "security": [{way: []} for way in WAYS_TO_LOG_IN] if guards else [],
        "parameters": path_parameters(route) + list_parameters(route.config.get("lists")),
        "requestBody": takes and request_body(takes, route.method),
        "responses": answers(route, guards),
    }
    return {name: value for name, value in described.items() if value or name == "security"}


def guards_of(route: Route, settings: dict[str, Any]) -> list[Any]:
    """Those that keep somebody out, as the site is set up."""
    as_set_up = {
        readers_only: [members_only] if settings["directory"] == "members" else [],
        sign_up_only: [admins_only] if settings["sign_up"] == "closed" else [],
    }
    return [guard for each in route.plugins for guard in as_set_up.get(each, [each])]


def section_of(route: Route) -> str:
    return str(route.config.get("section") or route.callback.__module__.rpartition(".")[2])


def sections_of(routes: list[Route]) -> dict[str, str]:
    """The sections, each with what its file says it is."""
    files = {section_of(route): sys.modules[route.callback.__module__] for route in routes}
    return {section: (getdoc(file) or "").partition("\n")[0] for section, file in files.items()}


def models_of(routes: list[Route]) -> list[type[BaseModel]]:
    """Those whose rows are answered, alone or within another one."""
    found: list[type[BaseModel]] = []
    for route in routes:
        for word in ("gives", "makes", "lists"):
            given = route.config.get(word) or ()
            for each in [given] if isinstance(given, type) else given and given.values():
                found += [model for model in (each if isinstance(each, list) else [each]) if isinstance(model, type)]
    return list(dict.fromkeys(found))


def path_parameters(route: Route) -> list[Schema]:
    kinds: dict[str, Schema] = {"int": {"type": "integer", "minimum": 0, "maximum": 10**18 - 1}}
    return [
        {"name": name, "in": "path", "required": True, "schema": kinds.get(kind, {"type": "string"}), "example": 1}
        for name, kind in WILDCARD.findall(route.rule)
    ]


def list_parameters(model: type[BaseModel] | None) -> list[Schema]:
    """What a URL may ask of a list of `model`."""
    if not model:
        return []
    sorts = [f"{sign}{name}" for name in model.sorts for sign in ("", "-")]
    text: Schema = {"type": "string"}
    parameters = [
        ("limit", {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": 20}, "How many on a page."),
        ("sort", {"type": "string", "enum": sorts, "default": model.sort}, "By what; `-` turns the order round."),
        ("after", text, "The place that `next` carries."),
        ("before", text, "The place that `previous` carries."),
    ]
    if model.searched:
        parameters.append(("search", text | {"maxLength": LONGEST_SEARCH}, f"Text in {', '.join(model.searched)}."))
    for name in model.filters:
        parameters.append((name, filter_schema(model._meta.fields[name]), f"Only those with this {name}."))
    described = [
        {"name": name, "in": "query", "schema": schema, "description": words} for name, schema, words in parameters
    ]
    described[0]["example"] = 3
    return described


def filter_schema(field: Field) -> Schema:
    """What a list may be asked for: an empty value only where there are empty ones."""
    schema = {key: value for key, value in kept_schema(field).items() if key != "description"}
    return schema | ({"minLength": 1} if schema.get("type") == "string" and "enum" not in schema else {})


def request_body(takes: Any, method: str) -> Schema:
    content = {"schema": body_schema(takes, all_optional=method == "PATCH"), "example": example_body(takes)}
    return {"required": True, "content": {"application/json": content}}
