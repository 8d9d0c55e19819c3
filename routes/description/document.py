"""The API's description as one document of OpenAPI 3.1: made from the routes, their guards, docstrings and shapes."""

import json
import sys
from collections.abc import Iterator
from functools import lru_cache
from inspect import getdoc
from types import MappingProxyType
from typing import Any

from bottle import Bottle, Route, request, response

from models.shared.rows import BaseModel
from routes.description.operations import SECURITY_SCHEMES, paths, tag_of
from routes.description.parameters import SHARED_PARAMETERS
from routes.description.responses import error_responses
from routes.description.schemas import row_schema
from routes.shared.addresses import address
from routes.shared.dialect import Dialect

LICENSE = {"name": "MIT", "identifier": "MIT"}


def answer_document(dialect: Dialect) -> bytes:
    """The document of `dialect`, for a program that asks for it."""
    response.content_type = "application/json"
    return document_json(request.app, dialect, address(""))


@lru_cache(maxsize=8)
def document_json(site: Bottle, dialect: Dialect, prefix: str) -> bytes:
    return json.dumps(document(site, dialect, prefix), ensure_ascii=False).encode()


@lru_cache(maxsize=8)
def document(site: Bottle, dialect: Dialect, prefix: str) -> dict[str, Any]:
    """Everything that speaks `dialect`, for whoever may call `site` as its settings are. Made once, and only read."""
    routes = [route for route in site.routes if route.rule.startswith(dialect.prefix)]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Bottle Portfolio",
            "version": site.config["version"],
            "description": dialect.about,
            "license": LICENSE,
        },
        "servers": [{"url": prefix or "/"}],
        "tags": tags(routes),
        "paths": paths(routes, site.config, dialect),
        "components": components(routes, dialect),
    }


def tags(routes: list[Route]) -> list[dict[str, str]]:
    """One for each section, with the first line of the docstring of the file that its first route is in."""
    files: dict[str, Any] = {}
    for route in routes:
        files.setdefault(tag_of(route), sys.modules[route.callback.__module__])
    return [{"name": tag, "description": (getdoc(file) or "").partition("\n")[0]} for tag, file in files.items()]


def components(routes: list[Route], dialect: Dialect) -> dict[str, Any]:
    """What several operations refer to."""
    rows = {model.__name__: row_schema(model) for model in answered_models(routes)}
    return {
        "schemas": rows | {"refusal": dialect.refusal},
        "parameters": SHARED_PARAMETERS,
        "responses": error_responses(dialect),
        "securitySchemes": SECURITY_SCHEMES,
    }


def answered_models(routes: list[Route]) -> list[type[BaseModel]]:
    """The models whose rows are answered, alone or within another answer; each once."""
    given = [route.config.get(word) for route in routes for word in ("gives", "makes", "lists")]
    return list(dict.fromkeys(models_in(given)))


def models_in(given: Any) -> Iterator[type[BaseModel]]:
    """The models that a shape names, and those in the shapes, lists and choices within it."""
    if isinstance(given, type):
        yield given
    elif isinstance(given, MappingProxyType):
        yield from models_in([*given.values()])
    elif isinstance(given, list | tuple):
        for each in given:
            yield from models_in(each)
