"""What a route may answer, for the API's description: what it gives, and every way in which it refuses."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from bottle import Route

from models.shared.rules import Schema
from routes.description.schemas import held_schema, list_schema, shape_schema
from routes.shared.access import admins_only
from routes.shared.conditions import may_have_condition
from routes.shared.cross_site import SAFE_METHODS
from routes.shared.dialect import Dialect
from routes.shared.errors import TITLES
from routes.shared.expanded import expandable
from routes.shared.once import may_have_key

SECONDS = {"schema": {"type": "integer", "minimum": 1}, "description": "In how many seconds to try again."}
HEADERS = {
    401: {"WWW-Authenticate": {"schema": {"type": "string"}, "required": True}},
    409: {"Retry-After": SECONDS | {"required": True}},
    429: {"Retry-After": SECONDS | {"required": True}},
    503: {"Retry-After": SECONDS | {"required": True}},
}
ETAG = {"schema": {"type": "string"}, "required": True, "description": "What these bytes are known by."}
KNOWN_ALREADY = {"304": {"description": "It is still what you have.", "headers": {"ETag": ETAG}}}
LOCATION = {"schema": {"type": "string", "format": "uri-reference"}, "required": True, "description": "Where it is."}


def responses(route: Route, guards: list[Any], dialect: Dialect) -> dict[str, Any]:
    """By status: what it gives, and how it refuses."""
    statuses = sorted({status_in(dialect, status) for status in error_statuses(route, guards)})
    return success_response(route) | {str(status): {"$ref": f"#/components/responses/{status}"} for status in statuses}


def success_response(route: Route) -> dict[str, Any]:
    gives, makes, lists = (route.config.get(word) for word in ("gives", "makes", "lists"))
    if route.config.get("sends"):
        return {"200": {"description": "A file.", "content": file_content(route.rule)}}
    if lists:
        return found("A page of them.", list_schema(lists))
    if gives is not None and route.method == "GET":
        return found("It is answered.", answer_schema(gives))
    if gives is not None:
        return {"200": {"description": "It is answered.", "content": json_content(answer_schema(gives))}}
    if makes:
        content = json_content(answer_schema(makes))
        return {"201": {"description": "It is made.", "headers": {"Location": LOCATION}, "content": content}}
    return {"204": {"description": "It is done."}}


def file_content(rule: str) -> dict[str, Any]:
    """Of a file whose address ends with what it is."""
    if rule.endswith(".csv"):
        return {"text/csv": {"schema": {"type": "string"}}}
    return json_content({"type": "array", "items": {"type": "object"}})


def found(description: str, schema: Schema) -> dict[str, Any]:
    """What is read, and need not be sent again."""
    whole = {"description": description, "headers": {"ETag": ETAG}, "content": json_content(schema)}
    return {"200": whole} | KNOWN_ALREADY


def error_statuses(route: Route, guards: list[Any]) -> set[int]:
    """The statuses of the errors it can give. 400 and 503 belong to every request."""
    config = route.config
    statuses = {400, 503, *(config.get("refuses") or ())}
    if guards:
        statuses.add(401)
    if admins_only in guards or route.method not in SAFE_METHODS:
        statuses.add(403)
    if "<" in route.rule:
        statuses.add(404)
    if may_have_key(route):
        statuses |= {409, 422}
    if may_have_condition(route):
        statuses.add(412)
    if config.get("takes"):
        statuses |= {411, 413, 415, 422}
    if config.get("lists") or config.get("sends") or (config.get("expands") and expandable(config["expands"])):
        statuses.add(422)
    return statuses


def error_responses(dialect: Dialect) -> dict[str, Any]:
    """Each error once, for all who refer to it."""
    content = {dialect.content_type: {"schema": {"$ref": "#/components/schemas/refusal"}}}
    return {
        str(status): {"description": f"{HTTPStatus(status).phrase}: {title.lower()}.", "content": content}
        | ({"headers": HEADERS[status]} if status in HEADERS else {})
        for status, title in TITLES.items()
        if status_in(dialect, status) == status
    }


def status_in(dialect: Dialect, status: int) -> int:
    """The status that `dialect` has for an error."""
    return dialect.shaped({"status": status, "title": "", "detail": ""})[0]


def answer_schema(given: Any) -> Schema:
    return shape_schema(given) if isinstance(given, Mapping) else held_schema(given)


def json_content(schema: Schema) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
