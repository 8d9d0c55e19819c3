"""JSON Schemas of columns, rows and shapes, made from the fields and their rules.

The examples are written in the code too, never taken from a row that somebody made.
"""

from collections.abc import Mapping
from functools import cached_property
from inspect import getattr_static, getdoc
from types import NoneType
from typing import Any, get_args, get_type_hints

from peewee import Field, ForeignKeyField

from models.shared.kinds import kind_of
from models.shared.readers import brief_names
from models.shared.rows import BaseModel
from models.shared.rules import Schema, within_limits
from models.shared.values import to_json
from routes.shared.expanded import EXPAND, EXPANDED, expandable
from routes.shared.shapes import Shape

JSON_TYPES = {int: "integer", float: "number", bool: "boolean", str: "string", NoneType: "null"}


def row_schema(model: type[BaseModel]) -> Schema:
    """What `read()` of a row of `model` gives: what the class `shows`."""
    schema = object_of({name: shown_schema(model, name) for name in model.shows})
    if model.read is not BaseModel.read:  # a read() of the class's own may leave something out, or give more
        schema["required"] = []
    referred = {name: referred_schema(field.rel_model) for name, field in expandable(model).items()}
    if referred:
        about = {"type": "object", "description": f"What `{EXPAND}` asks for."}
        schema["properties"][EXPANDED] = about | {"properties": referred}
    return schema | {"description": first_line(model), "examples": [example_row(model)]}


def referred_schema(model: type[BaseModel]) -> Schema:
    """What another row shows of one that it refers to."""
    names = brief_names(model)
    return reference(model) if names == tuple(model.shows) else object_of({n: shown_schema(model, n) for n in names})


def shown_schema(model: type[BaseModel], name: str) -> Schema:
    """What a row shows under this `name`."""
    field, key = model._meta.fields.get(name), backref_of(model, name)
    if field:
        return kept_schema(field)
    if key:
        return {"type": "array", "items": reference(key.model)}
    if name in model.write_only:
        return dict(model.write_only[name].read_schema)
    return property_schema(getattr_static(model, name, None))


def backref_of(model: type[BaseModel], name: str) -> Any:
    """The foreign key whose rows refer back by this name."""
    return next((key for key in model._meta.backrefs if key.backref == name), None)


def kept_schema(field: Field) -> Schema:
    """A column of a row that is there: its type, not the rules for what may be sent."""
    schema = with_choices(field, kind_of(field).schema(field))
    if isinstance(field, ForeignKeyField):
        schema["description"] = f"The id of a {field.rel_model.__name__.lower()}."
    return or_null(schema) if field.null else schema


def property_schema(found: Any) -> Schema:
    """By the type that it says it returns; anything when it says none."""
    function = found.func if isinstance(found, cached_property) else getattr(found, "fget", None)
    returned = get_type_hints(function).get("return") if function else None
    types = [JSON_TYPES.get(each) for each in get_args(returned) or (returned,)]
    if not function or None in types:
        return {}
    description = first_line(function)
    return {"type": types if len(types) > 1 else types[0]} | ({"description": description} if description else {})


def first_line(thing: Any) -> str:
    """Of what it says about itself."""
    return (getdoc(thing) or "").partition("\n")[0]


def body_schema(takes: Shape, all_optional: bool) -> Schema:
    """What may be sent: each column with its rules."""
    properties = {name: sent_schema(field) for name, field in takes.items()}
    schema = {"type": "object", "properties": properties, "additionalProperties": False}
    if all_optional:
        return schema
    for name, field in takes.items():
        if has_plain_default(field):
            properties[name]["default"] = to_json(field, field.default)
    return schema | {"required": [name for name, field in takes.items() if not field.null and field.default is None]}


def sent_schema(field: Field) -> Schema:
    """What a column accepts."""
    kind = kind_of(field)
    schema = with_choices(field, kind.schema(field) | kind.rules(field))
    if field.help_text:
        schema["description"] = str(field.help_text)
    return or_null(schema) if field.null else schema


def with_choices(field: Field, schema: Schema) -> Schema:
    """Only these, where a field has choices."""
    choices = [to_json(field, choice) for choice, _label in field.choices or ()]
    return schema | ({"enum": choices} if choices else {})


def shape_schema(shape: Shape) -> Schema:
    """What is answered: an object of columns, rows and lists of rows."""
    return object_of({name: held_schema(held) for name, held in shape.items()})


def held_schema(held: Any) -> Schema:
    if isinstance(held, list):
        return {"type": "array", "items": held_schema(held[0])}
    if isinstance(held, tuple):
        return {"anyOf": [held_schema(each) for each in held]}
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


def example_body(takes: Shape, is_change: bool) -> dict[str, Any]:
    """Every value of a new row, and one of a row that is changed."""
    example = {name: example_of(field) for name, field in takes.items()}
    return dict([*example.items()][:1]) if is_change else example


def example_row(model: type[BaseModel], with_children: bool = True) -> dict[str, Any]:
    """What such a row shows; of the rows that refer to it, one of each kind."""
    return {name: shown_example(model, name, with_children) for name in model.shows}


def shown_example(model: type[BaseModel], name: str, with_children: bool) -> Any:
    """What it shows under this `name`."""
    field, key = model._meta.fields.get(name), backref_of(model, name)
    if field:
        return example_of(field)
    if key:
        return [example_row(key.model, with_children=False)] if with_children else []
    if name in model.write_only:
        return model.write_only[name].read_example
    return model.examples.get(name)


def example_of(field: Field) -> Any:
    """A value that this column accepts, as JSON has it."""
    examples = getattr(getattr(field, "model", None), "examples", None) or {}  # some fields are in no table
    if getattr(field, "name", None) in examples:
        example = examples[field.name]
    elif field.choices:
        example = field.choices[0][0]
    else:
        example = field.default if has_plain_default(field) else within_limits(field, kind_of(field).example)
    return example if isinstance(example, str) else to_json(field, example)


def has_plain_default(field: Field) -> bool:
    """Whether a value that is left out becomes one that can be told."""
    return field.default is not None and not callable(field.default)
