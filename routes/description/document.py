"""The API's description, as OpenAPI 3.1 writes it: made from the routes, their guards, docstrings and shapes."""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from inspect import getdoc
from types import MappingProxyType
from typing import Any

from bottle import Bottle, Route, request, response
from peewee import Field

from models.shared.fields import FileField
from models.shared.listing import LARGEST_PAGE, LONGEST_SEARCH, USUAL_PAGE
from models.shared.rows import BaseModel
from routes.description.responses import answers, described_errors
from routes.description.schemas import Schema, body_schema, example_body, kept_schema, row_schema
from routes.shared.access import admins_only, everyone, members_only, readers_only, sign_up_only
from routes.shared.dialect import Dialect
from routes.shared.login import COOKIE

VERSION = "0.1.0"
WILDCARD = re.compile(r"<(\w+)(?::(\w+)[^>]*)?>")
WAYS_TO_LOG_IN = {
    "token": {"type": "http", "scheme": "bearer", "description": "Of `POST /api/sessions`, or made at `/account`."},
    "cookie": {"type": "apiKey", "in": "cookie", "name": COOKIE, "description": "A browser gets it at `/login`."},
}


def answer_document(dialect: Dialect) -> bytes:
    """The document of `dialect`, for a program that asks for it."""
    response.content_type = "application/json"
    return document_json(request.app, dialect)


@lru_cache(maxsize=8)
def document_json(site: Bottle, dialect: Dialect) -> bytes:
    return json.dumps(document(site, dialect), ensure_ascii=False).encode()


@lru_cache(maxsize=8)
def document(site: Bottle, dialect: Dialect) -> dict[str, Any]:
    """Everything that speaks `dialect`, for whoever may call `site` as its settings are. Made once: only to be read."""
    routes = [route for route in site.routes if route.rule.startswith(dialect.prefix)]
    paths: dict[str, dict[str, Any]] = {}
    for route, name in zip(routes, operation_ids(routes), strict=True):
        described = {"operationId": name} | operation(route, site.config, dialect)
        paths.setdefault(WILDCARD.sub(r"{\1}", route.rule), {})[route.method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": {"title": "Bottle Portfolio", "version": VERSION, "description": dialect.about},
        "servers": [{"url": "/"}],
        "tags": [{"name": tag, "description": about} for tag, about in sections_of(routes).items()],
        "paths": paths,
        "components": {
            "schemas": {model.__name__: row_schema(model) for model in models_of(routes)}
            | {"refusal": dialect.refusal},
            "responses": described_errors(dialect),
            "securitySchemes": WAYS_TO_LOG_IN,
        },
    }


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
    described: dict[str, Any] = {
        "tags": [section_of(route)],
        "summary": summary,
        "description": more.strip(),
        "x-who": " ".join((guard.__doc__ or "").partition("\n")[0] for guard in guards) or "Everyone.",
        "security": [{way: []} for way in WAYS_TO_LOG_IN] if guards else [],
        "parameters": path_parameters(route) + list_parameters(route.config.get("lists")),
        "requestBody": request_body(route),
        "responses": answers(route, guards, dialect),
    }
    return {name: value for name, value in described.items() if value or name == "security"}


def guards_of(route: Route, settings: dict[str, Any]) -> list[Any]:
    """Those that keep somebody out, as the site is set up."""
    as_set_up = {
        readers_only: [members_only] if settings["directory"] == "members" else [],
        everyone: [],
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
    given = [route.config.get(word) for route in routes for word in ("gives", "makes", "lists")]
    return list(dict.fromkeys(model for each in given for model in models_in(each)))


def models_in(given: Any) -> Iterator[type[BaseModel]]:
    if isinstance(given, type):
        yield given
    elif isinstance(given, MappingProxyType):
        yield from models_in([*given.values()])
    elif isinstance(given, list):
        for each in given:
            yield from models_in(each)


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
        (
            "limit",
            {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": USUAL_PAGE},
            "How many on a page.",
        ),
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
    return schema | (
        {"minLength": 1} if schema.get("type") == "string" and "enum" not in schema and field.default != "" else {}
    )


def request_body(route: Route) -> Schema | None:
    """As JSON; where a file is taken, as a form with it too, or as the file alone when it is required."""
    takes, all_optional = route.config.get("takes"), route.method == "PATCH" or bool(route.config.get("partial"))
    if not takes:
        return None
    files = [field for field in takes.values() if isinstance(field, FileField)]
    values = {name: field for name, field in takes.items() if not isinstance(field, FileField)}
    content: dict[str, Schema] = {
        "application/json": {
            "schema": body_schema(values, all_optional),
            "example": example_body(values, route.method == "PATCH"),
        }
    }
    if any(not field.null for field in files):
        content = {"application/octet-stream": {}}
    if files:
        content["multipart/form-data"] = {"schema": body_schema(takes, all_optional)}
    return {"required": True, "content": content}
