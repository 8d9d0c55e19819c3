"""What a URL may ask of a list: how many rows, from where on, in what order, which of them, and with what."""

from typing import Any

from bottle import Route
from peewee import Field

from models.shared.counts import countable
from models.shared.filters import Filter, known_filters
from models.shared.kinds import kind_of
from models.shared.listing import END, LARGEST_PAGE, LONGEST_SEARCH, USUAL_PAGE
from models.shared.rows import BaseModel
from models.shared.rules import Schema
from routes.description.schemas import with_choices
from routes.shared.expanded import EXPAND, EXPANDED, expandable

STRING: Schema = {"type": "string"}
EMPTY: Schema = {"type": "string", "maxLength": 0}
PAGE_SIZE: Schema = {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": USUAL_PAGE}
OF_A_NUMBER = {"from": "or more", "to": "or less"}
OF_A_TIME = {"from": "or later", "to": "or earlier"}


def query_parameters(route: Route) -> list[dict[str, Any]]:
    """Those of a list, and what rows bring along."""
    model, sent = route.config.get("lists"), route.config.get("sends")
    if sent:
        return [order_parameter(sent), *narrowing_parameters(sent)]
    asked = [query_parameter(name, *split_schema(each)) for name, each in (route.config.get("asks") or {}).items()]
    return asked + (list_parameters(model) if model else []) + expand_parameters(model or route.config.get("expands"))


def list_parameters(model: type[BaseModel]) -> list[dict[str, Any]]:
    """What a URL may ask of a list of `model`."""
    return [
        query_parameter("limit", PAGE_SIZE, "How many on a page.") | {"example": 3},
        order_parameter(model),
        query_parameter("after", STRING, "The place that `next` carries."),
        query_parameter("before", STRING, f"The place that `previous` carries, or `{END}` for the last page."),
        *narrowing_parameters(model),
    ]


def order_parameter(model: type[BaseModel]) -> dict[str, Any]:
    """How the rows of `model` can be sorted."""
    sorts = [f"{sign}{name}" for name in model.sorts for sign in ("", "-")]
    order = STRING | {"enum": sorts, "default": model.sort}
    return query_parameter("sort", order, "By what; `-` turns the order round.")


def count_parameters(model: type[BaseModel] | None) -> list[dict[str, Any]]:
    """What a URL may ask of the counts of `model`."""
    names = countable(model) if model else []
    if not model or not names:
        return []
    by = query_parameter("by", STRING | {"enum": [*names]}, "What is counted.") | {
        "required": True,
        "example": names[0],
    }
    return [by, *(each for each in narrowing_parameters(model) if each["name"] != "by")]


def narrowing_parameters(model: type[BaseModel]) -> list[dict[str, Any]]:
    """What leaves out rows of a list."""
    search = query_parameter("search", STRING | {"maxLength": LONGEST_SEARCH}, f"Text in {', '.join(model.searched)}.")
    filters = [filter_parameter(model, name, each) for name, each in known_filters(model).items()]
    return [search, *filters] if model.searched else filters


def expand_parameters(model: type[BaseModel] | None) -> list[dict[str, Any]]:
    """What rows may bring along; nothing where they refer to none."""
    names = list(expandable(model)) if model else []
    schema = {"type": "array", "items": STRING | {"enum": names}, "minItems": 1}
    words = f"Rows bring along what they refer to, under `{EXPANDED}`. Several have commas between them."
    return [query_parameter(EXPAND, schema, words) | {"style": "form", "explode": False}] if names else []


def filter_parameter(model: type[BaseModel], name: str, asked: Filter) -> dict[str, Any]:
    """One value, or the values from … to."""
    field = model._meta.fields[asked.names[0]]
    if asked.sign == "is":
        return query_parameter(name, filter_schema(field), f"Only those with this {name}.")
    kind = kind_of(field)
    words = (OF_A_NUMBER if kind.is_number else OF_A_TIME)[asked.sign]
    about = f"Only those whose {field.name} is this {words}."
    return query_parameter(name, patterned(kind.schema(field), field), about)


def filter_schema(field: Field) -> Schema:
    """A value to look for; an empty one only where rows may have none, or an empty text."""
    schema = patterned(with_choices(field, kind_of(field).schema(field)), field)
    if schema == STRING:
        return schema if field.null or field.default == "" else schema | {"minLength": 1}
    return {"anyOf": [schema, EMPTY]} if field.null else schema


def patterned(schema: Schema, field: Field) -> Schema:
    """Of a number that JSON has as text, the text has a pattern."""
    rules = kind_of(field).rules(field) if schema.get("format") == "decimal" else {}
    return schema | {word: rule for word, rule in rules.items() if word == "pattern"}


def split_schema(schema: Schema) -> tuple[Schema, str]:
    """A parameter says itself what it is about."""
    return {name: value for name, value in schema.items() if name != "description"}, str(schema["description"])


def query_parameter(name: str, schema: Schema, description: str) -> dict[str, Any]:
    """One of them."""
    return {"name": name, "in": "query", "schema": schema, "description": description}
