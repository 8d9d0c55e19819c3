"""JSON Schemas of columns, rows and shapes, made from the fields and their rules.

The examples are written in the code too, never taken from a row that somebody made.
"""

import logging
from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from inspect import getattr_static, getdoc
from types import NoneType
from typing import Any, get_args, get_type_hints

import peewee
from peewee import Field

from models.shared.fields import LARGEST_ID, LARGEST_NUMBER, FileField, PasswordField
from models.shared.rows import BaseModel
from models.shared.values import json_value
from routes.shared.shapes import Shape

log = logging.getLogger("portfolio")

Schema = dict[str, Any]

# What JSON holds for a column: the first kind that fits.
KINDS: dict[type[Field], Schema] = {
    peewee.ForeignKeyField: {"type": "integer", "minimum": 1, "maximum": LARGEST_ID},
    peewee.AutoField: {"type": "integer", "minimum": 1, "maximum": LARGEST_ID},
    peewee.IntegerField: {"type": "integer"},
    peewee.BooleanField: {"type": "boolean"},
    peewee.FloatField: {"type": "number"},
    peewee.DecimalField: {"type": "string", "format": "decimal"},
    peewee.DateTimeField: {"type": "string", "format": "date-time"},
    peewee.DateField: {"type": "string", "format": "date"},
    peewee.UUIDField: {"type": "string", "format": "uuid"},
    FileField: {"type": "string", "format": "binary"},
    PasswordField: {"type": "string", "format": "password", "writeOnly": True},
    peewee.CharField: {"type": "string"},
    peewee.TextField: {"type": "string"},
}
JSON_TYPES = {int: "integer", float: "number", bool: "boolean", str: "string", NoneType: "null"}

# Where neither the model nor the field has one: the first kind that fits.
EXAMPLES: dict[type[Field], Any] = {
    peewee.AutoField: 11,
    peewee.IntegerField: 1,
    peewee.ForeignKeyField: 1,
    peewee.BooleanField: True,
    peewee.FloatField: 1.5,
    peewee.DecimalField: "9.99",
    peewee.DateTimeField: datetime(2008, 4, 5, 16, 30),
    peewee.DateField: date(2008, 4, 5),
    peewee.UUIDField: "1b4e28ba-2fa1-41d2-883f-0016d3cca427",
    PasswordField: "correct horse battery",
    peewee.CharField: "Text",
    peewee.TextField: "Text",
}


def row_schema(model: type[BaseModel]) -> Schema:
    """What `read()` of a row of `model` gives."""
    example = example_of_reading(model)
    return object_of({name: member_schema(model, name) for name in example}) | {
        "description": (getdoc(model) or "").partition("\n")[0],
        "examples": [example],
    }


def member_schema(model: type[BaseModel], name: str) -> Schema:
    """What `read()` gives under this `name`."""
    if name in model.schemas:
        return dict(model.schemas[name])
    field = model._meta.fields.get(name)
    if field:
        return kept_schema(field)
    children = [key.model for key in model._meta.backrefs if key.backref == name]
    if children:
        return {"type": "array", "items": reference(children[0])}
    return property_schema(getattr_static(model, name, None))


def kept_schema(field: Field) -> Schema:
    """A column of a row that is there: its type, not the rules for what may be sent."""
    schema = schema_of(field)
    if field.choices:
        schema["enum"] = choices_of(field)
    if isinstance(field, peewee.ForeignKeyField):
        schema["description"] = f"The id of a {field.rel_model.__name__.lower()}."
    return or_null(schema) if field.null else schema


def property_schema(found: Any) -> Schema:
    """By the type that it says it returns; anything when it says none."""
    function = found.func if isinstance(found, cached_property) else getattr(found, "fget", None)
    returned = get_type_hints(function).get("return") if function else None
    types = [JSON_TYPES.get(each) for each in get_args(returned) or (returned,)]
    if not function or None in types:
        return {}
    description = (getdoc(function) or "").partition("\n")[0]
    return {"type": types if len(types) > 1 else types[0]} | ({"description": description} if description else {})


def body_schema(takes: Shape, all_optional: bool) -> Schema:
    """What may be sent: each column with its rules."""
    properties = {name: sent_schema(field) for name, field in takes.items()}
    if all_optional:
        return {"type": "object", "properties": properties, "additionalProperties": False}
    defaults = {name: field.default for name, field in takes.items() if has_plain_default(field)}
    return {
        "type": "object",
        "properties": properties
        | {name: properties[name] | {"default": json_value(takes[name], value)} for name, value in defaults.items()},
        "required": [name for name, field in takes.items() if not field.null and field.default is None],
        "additionalProperties": False,
    }


def sent_schema(field: Field) -> Schema:
    """What a column accepts."""
    schema = schema_of(field)
    is_free_text = isinstance(field, peewee.CharField | peewee.TextField) and not field.choices
    pattern = getattr(field, "pattern", "")
    if getattr(field, "lower", False):
        pattern = pattern.replace("a-z", "A-Za-z")
    rules = {
        "minLength": getattr(field, "min_length", 0)
        or (1 if is_free_text and not field.null and field.default != "" else None),
        "maxLength": getattr(field, "max_length", None) if is_free_text else None,
        "minimum": getattr(field, "least", None),
        "maximum": getattr(field, "most", None),
        "pattern": f"^{pattern}$" if pattern else None,
        "enum": choices_of(field) or None,
        "description": str(field.help_text) if field.help_text else None,
    }
    if isinstance(field, peewee.DecimalField):
        rules |= {"type": ["string", "number"], "pattern": decimal_pattern(field)}
    schema |= {name: rule for name, rule in rules.items() if rule is not None}
    return or_null(schema) if field.null else schema


def choices_of(field: Field) -> list[Any]:
    return [json_value(field, choice) for choice, _label in field.choices or ()]


def decimal_pattern(field: Any) -> str:
    """A decimal as text; as a number it is held to the same."""
    places = rf"(\.[0-9]{{1,{field.decimal_places}}})?" if field.decimal_places else ""
    return rf"^-?[0-9]{{1,{field.max_digits - field.decimal_places}}}{places}$"


def shape_schema(shape: Shape) -> Schema:
    """What is answered: an object of columns, rows and lists of rows."""
    return object_of({name: held_schema(held) for name, held in shape.items()})


def held_schema(held: Any) -> Schema:
    if isinstance(held, list):
        return {"type": "array", "items": held_schema(held[0])}
    if isinstance(held, dict):
        return held
    if isinstance(held, Mapping):
        return shape_schema(held)
    if isinstance(held, Field):
        return kept_schema(held) | ({"description": held.help_text} if held.help_text else {})
    return reference(held)


def list_schema(model: type[BaseModel]) -> Schema:
    """A page of a list."""
    neighbour = {"type": ["string", "null"], "format": "uri-reference"}
    return object_of(
        {
            model._meta.table_name: {"type": "array", "items": reference(model)},
            "total": {"type": "integer", "minimum": 0, "description": "On all pages."},
            "next": neighbour | {"description": "Where the next page is; null on the last one."},
            "previous": neighbour | {"description": "Where the page before is; null on the first one."},
        }
    )


def object_of(properties: dict[str, Schema]) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def reference(model: type[BaseModel]) -> Schema:
    return {"$ref": f"#/components/schemas/{model.__name__}"}


def or_null(schema: Schema) -> Schema:
    choices = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return schema | {"type": [*types, "null"]} | choices


def schema_of(field: Field) -> Schema:
    schema = next((dict(schema) for kind, schema in KINDS.items() if isinstance(field, kind)), {})
    if schema == {"type": "integer"}:
        largest = LARGEST_NUMBER.get(field.field_type, LARGEST_ID)
        schema |= {"minimum": -largest, "maximum": largest}
    return schema


def example_body(takes: Shape, is_change: bool) -> dict[str, Any]:
    """Every value of a new row, and one of a row that is changed."""
    example = {name: json_value(field, example_of(field)) for name, field in takes.items()}
    return dict([*example.items()][:1]) if is_change else example


def example_of_reading(model: type[BaseModel]) -> dict[str, Any]:
    """What `read()` of such a row gives; nothing when it cannot read one that is in no table."""
    try:
        example = example_row(model).read()
    except Exception as error:  # in a class of somebody's own, which must not take the others away
        log.warning("%s has no example in the API's description", model.__name__, exc_info=error)
        return {}
    return example if isinstance(example, dict) else {}


def example_row(model: type[BaseModel], with_children: bool = True) -> Any:
    """A row that is in no table, with one row of each kind that belongs to it."""
    row = model()
    values = {field.name: example_of(field) for field in model._meta.sorted_fields} | model.examples
    for name, value in values.items():
        setattr(row, name, value)
    for key in model._meta.backrefs:
        setattr(row, key.backref, [example_row(key.model, with_children=False)] if with_children else [])
    return row


def example_of(field: Field) -> Any:
    """A value that this column accepts."""
    examples = field.model.examples if hasattr(field, "model") else {}  # some are in no table
    if examples and field.name in examples:
        return examples[field.name]
    if field.choices:
        return field.choices[0][0]
    return field.default if has_plain_default(field) else first_example(field)


def has_plain_default(field: Field) -> bool:
    return field.default is not None and not callable(field.default)


def first_example(field: Field) -> Any:
    return next((example for kind, example in EXAMPLES.items() if isinstance(field, kind)), None)
