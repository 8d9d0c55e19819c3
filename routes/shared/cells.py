"""What a page shows of rows: each value as text, and what a row refers to by its name, with a link."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from peewee import Field, ForeignKeyField

from models.shared.fields import label_of
from models.shared.kinds import kind_of
from models.shared.resource import Resource
from models.shared.rows import BaseModel
from models.shared.values import cell_text
from routes.shared.addresses import address
from routes.shared.permissions import readable

LONGEST_CELL = 80  # characters of a long text in a list


class Cell(NamedTuple):
    """A value as a page shows it, under a head; `look` is `number` or nothing, `link` an address or nothing."""

    head: str
    text: str
    look: str
    link: str = ""


class Head(NamedTuple):
    """The head of a column: `sort` is what sorts by it, or nothing."""

    text: str
    look: str
    sort: str


def heads(model: type[Resource]) -> list[Head]:
    """The heads of the columns."""
    return [
        Head(label_of(field), look_of(field), field.name if field.name in model.sorts else "")
        for field in model._meta.sorted_fields
    ]


def cells(model: type[Resource], rows: Iterable[Resource]) -> list[list[Cell]]:
    """The values of each row. One query for each field that refers to rows, however many there are."""
    fields, rows = model._meta.sorted_fields, list(rows)
    names = {field: names_of(field, rows) for field in fields if isinstance(field, ForeignKeyField)}
    return [[show(row, field, names.get(field, {})) for field in fields] for row in rows]


def list_cells(model: type[Resource], rows: Iterable[Resource]) -> list[list[Cell]]:
    """The same for a list: in short, and with a link to the row's own page."""
    fields, rows = model._meta.sorted_fields, list(rows)
    place = next((i for i, field in enumerate(fields) if i and not isinstance(field, ForeignKeyField)), 0)
    made = [[each._replace(text=short(each.text)) for each in values] for values in cells(model, rows)]
    for row, line in zip(rows, made, strict=True):
        line[place] = line[place]._replace(link=address_of(model, row.id))
    return made


def short(text: str) -> str:
    """In one line, and shortened."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…"


def names_of(field: ForeignKeyField, rows: list[Resource]) -> dict[Any, str]:
    """What the rows that `field` refers to are called, by their ids; those that are gone or hidden are not there."""
    return names_of_ids(field.rel_model, {row.__data__.get(field.name) for row in rows} - {None})


def names_of_ids(model: type[BaseModel], ids: set[Any]) -> dict[Any, str]:
    """The same for rows of `model` that have these ids."""
    return {row.id: name_of(row) for row in readable(model).where(model.id.in_(ids))} if ids else {}


def name_of(row: BaseModel) -> str:
    """What its class calls it, in short."""
    try:
        return short(str(row))
    except TypeError:  # its own `__str__` gives none
        return f"{row._meta.table_name} {row.id}"


def show(row: BaseModel, field: Any, names: dict[Any, str]) -> Cell:
    """One value of a row; a reference by the name of what it refers to."""
    value, text, link = row.__data__.get(field.name), cell_text(row, field.name), ""
    if value in names:
        text, link = names[value], address_of(field.rel_model, value)
    return Cell(label_of(field), text, look_of(field), link)


def address_of(model: type[BaseModel], id: int) -> str:
    """The page of that row, where there is one."""
    return address(f"/{model.plural}/{id}") if model.plural else ""


def look_of(field: Field) -> str:
    """Numbers stand on the right."""
    return "number" if kind_of(field).is_number and not field.choices else ""
