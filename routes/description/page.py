"""The API's description made readable: for the page /docs, from the same document that programs get."""

from typing import Any

from routes.description.snippets import in_lines, ready_lines

Values = dict[str, Any]

TYPES = {
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
    "string": "text",
}
FORMATS = {
    "date": "a date like 2008-04-05",
    "date-time": "a time like 2008-04-05T16:30:00Z",
    "uuid": "a UUID",
    "decimal": "a decimal, as text",
    "uri-reference": "an address",
}
LARGE = 10**9  # a limit that only a computer minds


def guide(document: Values, site: str) -> list[Values]:
    """The sections with their operations; `site` is the address that the ready lines call."""
    return [
        {"name": tag["name"], "about": tag["description"], "operations": operations(document, tag["name"], site)}
        for tag in document["tags"]
    ]


def operations(document: Values, tag: str, site: str) -> list[Values]:
    return [
        read_operation(method.upper(), path, operation) | {"lines": ready_lines(site, method.upper(), path, operation)}
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if tag in operation["tags"]
    ]


def read_operation(method: str, path: str, operation: Values) -> Values:
    contents = operation.get("requestBody", {}).get("content", {})
    body = contents.get("multipart/form-data") or contents.get("application/json", {})
    status, success = next(iter(operation["responses"].items()))
    schema = success.get("content", {}).get("application/json", {}).get("schema", {})
    return {
        "id": operation["operationId"],
        "method": method,
        "path": path,
        "summary": operation["summary"],
        "description": operation.get("description", ""),
        "who": operation["x-who"],
        "parameters": [parameter(each) for each in operation.get("parameters", [])],
        "body": rows_of(body.get("schema", {})),
        "status": status,
        "row": row_name(schema),
        "answer": rows_of(schema),
        "has_location": "Location" in success.get("headers", {}),
        "refusals": [status for status in operation["responses"] if int(status) >= 400],
        "can_be_tried": method == "GET",
    }


def rows(document: Values) -> list[Values]:
    """What a user, a post … looks like, each once."""
    return [
        {
            "name": name,
            "about": schema["description"],
            "members": rows_of(schema),
            "example": in_lines(schema["examples"][0]),
        }
        for name, schema in document["components"]["schemas"].items()
    ]


def errors(document: Values) -> list[tuple[str, str]]:
    return [(status, error["description"]) for status, error in document["components"]["responses"].items()]


def rows_of(schema: Values) -> list[Values]:
    """The members of an object: `name, words, row, description, required`."""
    required = schema.get("required", [])
    return [member(name, each, name in required) for name, each in schema.get("properties", {}).items()]


def parameter(given: Values) -> Values:
    described = given["schema"] | {"description": given.get("description", "")}
    return member(given["name"], described, given.get("required", False)) | {
        "place": given["in"],
        "choices": given["schema"].get("enum", []),
        "example": given.get("example", ""),
    }


def member(name: str, schema: Values, required: bool) -> Values:
    words, description = in_words(schema), schema.get("description", "")
    return {
        "name": name,
        "words": words,
        "row": row_name(schema),
        "description": description,
        "required": required,
    }


def row_name(schema: Values) -> str:
    """The row that is there, or that a list is of; nothing for a plain value."""
    return str(schema.get("items", schema).get("$ref", "")).rpartition("/")[2]


def in_words(schema: Values) -> str:
    """What a schema asks for, like “text, 2 to 255 characters, or null”."""
    types = schema.get("type", [])
    types = types if isinstance(types, list) else [types]
    choices = [str(choice) for choice in schema.get("enum", []) if choice is not None]
    if "array" in types:
        first = "a list of"
    elif "$ref" in schema:
        first = "a"
    elif choices:
        first = f"one of {', '.join(choices)}"
    else:
        first = FORMATS.get(schema.get("format", "")) or TYPES.get(
            next(iter(types), ""), "an object" if types else "anything"
        )
    limits = [span(schema, "minLength", "maxLength", " characters"), span(schema, "minimum", "maximum", "")]
    default = f"else {schema['default']}" if "default" in schema else ""
    null = "or null" if "null" in types[1:] else ""
    return ", ".join(part for part in (first, *limits, default, null) if part)


def span(schema: Values, least: str, most: str, unit: str) -> str:
    low, high = schema.get(least), schema.get(most)
    if high is not None and high > LARGE:
        return ""
    if low is not None and high is not None:
        return f"{low} to {high:,}{unit}"
    if high is not None:
        return f"at most {high:,}{unit}"
    return f"at least {low}{unit.removesuffix('s') if low == 1 else unit}" if low else ""
