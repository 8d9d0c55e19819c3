"""What the page /docs shows of the API's description: made from the same document that programs get."""

from typing import Any

from routes.description.schema_words import schema_words
from routes.description.snippets import indented_json, snippets

Values = dict[str, Any]


def sections(document: Values, address: str) -> list[Values]:
    """One for each tag, with its operations. `address` is the site's own: the lines to copy call it."""
    return [
        {
            "name": tag["name"],
            "about": tag["description"],
            "operations": page_operations(document, tag["name"], address),
        }
        for tag in document["tags"]
    ]


def schemas(document: Values) -> list[Values]:
    """What a user, a post … looks like, each once."""
    return [
        {
            "name": name,
            "about": schema["description"],
            "properties": page_properties(schema),
            "example": indented_json(schema["examples"][0]),
        }
        for name, schema in document["components"]["schemas"].items()
    ]


def errors(document: Values) -> list[tuple[str, str]]:
    """Each status with its words."""
    return [(status, response["description"]) for status, response in document["components"]["responses"].items()]


def headers(document: Values) -> list[tuple[str, str]]:
    """What many operations take besides, each once: its name and what it is for."""
    return [(each["name"], each["description"]) for each in document["components"]["parameters"].values()]


def page_operations(document: Values, tag: str, address: str) -> list[Values]:
    return [
        page_operation(address, method.upper(), path, operation)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if tag in operation["tags"]
    ]


def page_operation(address: str, method: str, path: str, operation: Values) -> Values:
    content = operation.get("requestBody", {}).get("content", {})
    body = content.get("multipart/form-data") or content.get("application/json", {})
    status, response = next(iter(operation["responses"].items()))  # the one without an error
    schema = response.get("content", {}).get("application/json", {}).get("schema", {})
    return {
        "id": operation["operationId"],
        "method": method,
        "path": path,
        "summary": operation["summary"],
        "paragraphs": operation["description"].split("\n\n"),
        "parameters": [page_parameter(each) for each in operation.get("parameters", []) if "$ref" not in each],
        "body": page_properties(body.get("schema", {})),
        "status": status,
        "schema_name": schema_name(schema),
        "answer": page_properties(schema),
        "has_location": "Location" in response.get("headers", {}),
        "refusals": [status for status in operation["responses"] if int(status) >= 400],
        "snippets": snippets(address, method, path, operation),
        "can_be_tried": method == "GET",
    }


def page_parameter(parameter: Values) -> Values:
    """As a property, with what a form needs to ask for it."""
    schema = parameter["schema"] | {"description": parameter.get("description", "")}
    return page_property(parameter["name"], schema, parameter.get("required", False)) | {
        "choices": schema.get("enum", []),
        "example": parameter.get("example", ""),
    }


def page_properties(schema: Values) -> list[Values]:
    required = schema.get("required", [])
    return [page_property(name, each, name in required) for name, each in schema.get("properties", {}).items()]


def page_property(name: str, schema: Values, required: bool) -> Values:
    """One line of a table: a name, and in words what it holds."""
    return {
        "name": name,
        "words": schema_words(schema),
        "schema_name": schema_name(schema),
        "description": schema.get("description", ""),
        "required": required,
    }


def schema_name(schema: Values) -> str:
    """The schema that is meant, or that a list is of, as /docs has a place for it; nothing for a plain value."""
    return str(schema.get("items", schema).get("$ref", "")).rpartition("/")[2]
