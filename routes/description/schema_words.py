"""What a JSON Schema asks for, in words for people: like “text, 2 to 255 characters, or null”."""

from models.shared.rules import Schema

TYPE_WORDS = {
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
    "string": "text",
}
FORMAT_WORDS = {
    "date": "a date like 2008-04-05",
    "date-time": "a time like 2008-04-05T16:30:00Z",
    "uuid": "a UUID",
    "decimal": "a decimal, as text",
    "uri-reference": "an address",
}
LARGE = 10**9  # a limit that only a computer minds


def schema_words(schema: Schema) -> str:
    if "anyOf" in schema:  # of a filter
        return f"{schema_words(schema['anyOf'][0])}, or nothing"
    types = schema.get("type", [])
    types = types if isinstance(types, list) else [types]
    parts = (
        type_words(schema, types),
        limit_words(schema, "minLength", "maxLength", " characters"),
        limit_words(schema, "minimum", "maximum", ""),
        f"else {schema['default']}" if "default" in schema else "",
        "or null" if "null" in types[1:] else "",
    )
    return ", ".join(part for part in parts if part)


def type_words(schema: Schema, types: list[str]) -> str:
    """The first part: what kind of value it is."""
    choices = [str(choice) for choice in schema.get("enum", []) if choice is not None]
    if "enum" in schema.get("items", {}):
        return f"some of {', '.join(schema['items']['enum'])}"
    if "array" in types:
        return "a list of"
    if "$ref" in schema:
        return "a"
    if choices:
        return f"one of {', '.join(choices)}"
    if schema.get("format") in FORMAT_WORDS:
        return FORMAT_WORDS[schema["format"]]
    return TYPE_WORDS.get(types[0], "an object") if types else "anything"


def limit_words(schema: Schema, least: str, most: str, unit: str) -> str:
    low, high = schema.get(least), schema.get(most)
    if high is not None and high > LARGE:
        return ""
    if low is not None and high is not None:
        return f"{low} to {high:,}{unit}"
    if high is not None:
        return f"at most {high:,}{unit}"
    return f"at least {low}{unit.removesuffix('s') if low == 1 else unit}" if low else ""
