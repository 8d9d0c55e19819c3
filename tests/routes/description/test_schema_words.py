"""What a schema asks for, as a person would say it."""

import pytest

from routes.description.schema_words import schema_words


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({}, "anything"),
        ({"type": "object"}, "an object"),
        ({"type": "string", "minLength": 2, "maxLength": 255}, "text, 2 to 255 characters"),
        ({"type": "string", "minLength": 1}, "text, at least 1 character"),
        ({"type": ["string", "null"], "maxLength": 4000}, "text, at most 4,000 characters, or null"),
        ({"type": ["string", "null"], "format": "date"}, "a date like 2008-04-05, or null"),
        ({"type": "string", "format": "password"}, "text"),
        ({"type": "integer", "minimum": 1, "maximum": 90, "default": 20}, "a whole number, 1 to 90, else 20"),
        ({"type": "integer", "minimum": 1, "maximum": 2**63}, "a whole number"),
        ({"type": ["string", "null"], "enum": ["s", "l", None]}, "one of s, l, or null"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Post"}}, "a list of"),
        ({"type": "array", "items": {"type": "string", "enum": ["star", "owner"]}}, "some of star, owner"),
        ({"anyOf": [{"type": "boolean"}, {"type": "string", "maxLength": 0}]}, "true or false, or nothing"),
        ({"$ref": "#/components/schemas/Post"}, "a"),
    ],
)
def test_a_schema_is_said_in_words(schema, words):
    assert schema_words(schema) == words
