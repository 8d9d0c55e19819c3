"""What a page shows of rows: each value as text, and what a row refers to by its name, with a link."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from peewee import DecimalField, Field, FloatField, ForeignKeyField, IntegerField

from models.shared.resource import Resource
from models.shared.rows import BaseModel
from models.shared.values import json_value
from routes.shared.permissions import readable

LONGEST_CELL = 80  # characters of a long text in a list
NOTHING = "–"


class Shown(NamedTuple):
    """A value as a page shows it, under a head; `kind` is `number` or nothing, `link` an address or nothing."""

    head: str
    text: str
    kind: str
    link: str = ""


class Head(NamedTuple):
    """The head of a column: `sort` is what sorts by it, or nothing."""

    text: str
    kind: str
    sort: str


def heads(model: type[Resource]) -> list[Head]:
    return [
        Head(label_of(field), kind_of(field), field.name if field.name in model.sorts else "")
        for field in model._meta.sorted_fields
    ]


def shown(model: type[Resource], rows: Iterable[Resource]) -> list[list[Shown]]:
    """The values of each row. One query for each field that refers to rows, however many there are."""
    fields, rows = model._meta.sorted_fields, list(rows)
    names = {field: names_of(field, rows) for field in fields if isinstance(field, ForeignKeyField)}
    return [[show(field, row.__data__.get(field.name), names.get(field, {})) for field in fields] for row in rows]


def lines(model: type[Resource], rows: Iterable[Resource]) -> list[list[Shown]]:
    """The same for a list: in short, and with a link to the row's own page."""
    fields, rows = model._meta.sorted_fields, list(rows)
    place = next((i for i, field in enumerate(fields) if i and not isinstance(field, ForeignKeyField)), 0)
    made = [[each._replace(text=short(each.text)) for each in values] for values in shown(model, rows)]
    for row, line in zip(rows, made, strict=True):
        line[place] = line[place]._replace(link=address_of(model, row.id))
    return made


def short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…"


def names_of(field: ForeignKeyField, rows: list[Resource]) -> dict[Any, str]:
    """What the rows that `field` refers to are called, by their ids; those that are gone or hidden are not there."""
    ids = {row.__data__.get(field.name) for row in rows} - {None}
    if not ids:
        return {}
    model = field.rel_model
    return {row.id: name_of(row) for row in readable(model).where(model.id.in_(ids))}


def name_of(row: BaseModel) -> str:
    """What its class calls it, in short."""
    try:
        return short(str(row))
    except TypeError:  # its own `__str__` gives none
        return f"{row._meta.table_name} {row.id}"


def show(field: Any, value: Any, names: dict[Any, str]) -> Shown:
    text, link = text_of(field, value), ""
    if value in names:
        text, link = names[value], address_of(field.rel_model, value)
    return Shown(label_of(field), text, kind_of(field), link)


def text_of(field: Field, value: Any) -> str:
    if value is None or value == "":
        return NOTHING
    labels = dict(field.choices or ())
    if value in labels:
        return str(labels[value])
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return f"{value.isoformat(' ', 'minutes')} UTC"
    return str(json_value(field, value))


def address_of(model: type[BaseModel], id: int) -> str:
    """The page of that row, where there is one."""
    plural = model.plural if issubclass(model, Resource) else {"User": "users"}.get(model.__name__)
    return f"/{plural}/{id}" if plural else ""


def label_of(field: Field) -> str:
    return str(field.verbose_name or field.name.replace("_", " ").capitalize())


def kind_of(field: Field) -> str:
    is_number = isinstance(field, IntegerField | FloatField | DecimalField) and not field.choices
    return "number" if is_number else ""
