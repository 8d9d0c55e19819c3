"""What may be sent to a route: parameters in its path and in its query, and a request body."""

import re
from typing import Any

from bottle import Route

from models.shared.kinds import is_file
from models.shared.rules import Schema
from routes.description.list_parameters import STRING, count_parameters, query_parameters
from routes.description.schemas import body_schema, example_body
from routes.shared.conditions import may_have_condition
from routes.shared.once import KEY_HEADER, LONGEST_KEY, may_have_key
from routes.shared.shapes import Shape

FILE = "application/octet-stream"
BYTES: Schema = {"type": "string", "format": "binary"}  # as programs know it that make others from a description
WILDCARD = re.compile(r"<(\w+)(?::(\w+)[^>]*)?>")
PATH_SCHEMAS: dict[str, Schema] = {"int": {"type": "integer", "minimum": 0, "maximum": 10**18 - 1}}
ONE_TIME_KEY: dict[str, Any] = {
    "name": KEY_HEADER,
    "in": "header",
    "schema": STRING | {"maxLength": LONGEST_KEY, "pattern": r"^[^\x00-\x1f\x7f-\xa0\xad]*$"},
    "description": "A text of your own for one request that changes something. When no answer came, send the same "
    "again with the same text within 24 hours: it is done once, and the answer is the first one. With other values it "
    "is refused with 422, and with 409 while the first one is being done. What makes a token takes none.",
}
KNOWN: dict[str, Any] = {
    "name": "If-None-Match",
    "in": "header",
    "schema": STRING,
    "description": "The `ETag` of an answer that you have: 304 without a body when it is still the same.",
}
SEEN: dict[str, Any] = {
    "name": "If-Match",
    "in": "header",
    "schema": STRING,
    "description": "The `ETag` of the row as you have read it: 412 when the row has been changed since, and nothing is "
    "done. Rows that refer to it, like a user's posts, do not count.",
}
SHARED_PARAMETERS = {each["name"]: each for each in (ONE_TIME_KEY, KNOWN, SEEN)}  # by what operations refer to


def path_template(rule: str) -> str:
    """Bottle's `/users/<id:int>` as OpenAPI writes it: `/users/{id}`."""
    return WILDCARD.sub(r"{\1}", rule)


def parameters(route: Route) -> list[dict[str, Any]]:
    is_sent = {
        KEY_HEADER: may_have_key(route),
        "If-None-Match": route.method == "GET" and not route.config.get("sends"),
    }
    is_sent["If-Match"] = may_have_condition(route)
    shared = [{"$ref": f"#/components/parameters/{name}"} for name, is_so in is_sent.items() if is_so]
    asked = query_parameters(route) + count_parameters(route.config.get("counts"))
    return path_parameters(route.rule) + asked + shared


def path_parameters(rule: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": PATH_SCHEMAS.get(kind, STRING), "example": 1}
        for name, kind in WILDCARD.findall(rule)
    ]


def request_body(route: Route) -> dict[str, Any] | None:
    """All that the route takes, as JSON or as a form."""
    takes, is_change = route.config.get("takes"), route.method == "PATCH"
    if not takes:
        return None
    all_optional = is_change or bool(route.config.get("partial"))
    return {"required": True, "content": media_types(takes, is_change, all_optional)}


def media_types(takes: Shape, is_change: bool, all_optional: bool) -> dict[str, Any]:
    """JSON; where a file is taken, a form with it too, or the file alone when it is required."""
    files = [field for field in takes.values() if is_file(field)]
    values = {name: field for name, field in takes.items() if not is_file(field)}
    json = {"schema": body_schema(values, all_optional), "example": example_body(values, is_change)}
    form = {"schema": body_schema(takes, all_optional)}
    if not files:
        return {"application/json": json}
    if all(field.null for field in files):
        return {"application/json": json, "multipart/form-data": form}
    return {FILE: {"schema": BYTES}, "image/*": {"schema": BYTES}, "multipart/form-data": form}
