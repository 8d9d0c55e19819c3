"""What a route may answer, for the API's description: what it gives, and every way in which it refuses."""

from http import HTTPStatus
from typing import Any

from bottle import Route

from routes.shared.access import admins_only
from routes.shared.cross_site import SAFE_METHODS
from routes.shared.errors import TITLES
from routes.shared.schemas import Schema, list_schema, reference, shape_schema

PROBLEM: Schema = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "problems": {
            "type": "object",
            "description": "With 422: what is wrong with which value.",
            "additionalProperties": {"type": "string"},
        },
    },
    "required": ["type", "title", "status", "detail"],
    "examples": [
        {
            "type": "about:blank",
            "title": TITLES[422],
            "status": 422,
            "detail": "uid is already taken",
            "problems": {"uid": "is already taken"},
        }
    ],
}
SECONDS = {"schema": {"type": "integer", "minimum": 1}, "description": "In how many seconds to try again."}
HEADERS = {
    401: {"WWW-Authenticate": {"schema": {"type": "string"}, "required": True}},
    429: {"Retry-After": SECONDS | {"required": True}},
    503: {"Retry-After": SECONDS | {"required": True}},
}
LOCATION = {"schema": {"type": "string", "format": "uri-reference"}, "required": True, "description": "Where it is."}


def answers(route: Route, guards: list[Any]) -> dict[str, Schema]:
    """By status."""
    refused = {str(status): {"$ref": f"#/components/responses/{status}"} for status in refusals(route, guards)}
    return success(route) | refused


def success(route: Route) -> dict[str, Schema]:
    gives, makes, lists = (route.config.get(word) for word in ("gives", "makes", "lists"))
    if lists:
        return {"200": {"description": "A page of them.", "content": in_json(list_schema(lists))}}
    if gives is not None:
        return {"200": {"description": "It is answered.", "content": in_json(answer_schema(gives))}}
    if makes:
        headers = {"Location": LOCATION}
        return {"201": {"description": "It is made.", "headers": headers, "content": in_json(answer_schema(makes))}}
    return {"204": {"description": "It is done."}}


def refusals(route: Route, guards: list[Any]) -> list[int]:
    """The statuses of the errors it can give. 400 and 503 belong to every request."""
    config = route.config
    found = {400, 503, *(config.get("refuses") or ())}
    if guards:
        found.add(401)
    if admins_only in guards or route.method not in SAFE_METHODS:
        found.add(403)
    if "<" in route.rule:
        found.add(404)
    if config.get("takes"):
        found |= {413, 415, 422}
    if config.get("lists"):
        found.add(422)
    return sorted(found)


def described_errors() -> dict[str, Schema]:
    """Each error once, for all who refer to it."""
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        str(status): {"description": f"{HTTPStatus(status).phrase}: {title.lower()}.", "content": content}
        | ({"headers": HEADERS[status]} if status in HEADERS else {})
        for status, title in TITLES.items()
    }


def answer_schema(given: Any) -> Schema:
    return reference(given) if isinstance(given, type) else shape_schema(given)


def in_json(schema: Schema) -> Schema:
    return {"application/json": {"schema": schema}}
