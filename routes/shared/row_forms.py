"""The form of a row of a Resource: its controls, and the text in them."""

from dataclasses import replace

from peewee import Field, ForeignKeyField

from models.shared.referred import FEW
from models.shared.resource import Resource
from models.shared.values import form_text
from routes.shared.controls import NOTHING_CHOSEN, Control, control
from routes.shared.names import name_of, references
from routes.shared.permissions import readable
from routes.shared.picked import some
from routes.shared.query import query


def form_texts(row: Resource) -> dict[str, str]:
    """The values of `row` as a form has them."""
    fields = row._meta.fields
    return {name: form_text(fields[name], row.__data__.get(name)) for name in row.open_fields() if name in fields}


def given_by_address(model: type[Resource]) -> dict[str, str]:
    """What a new row shall refer to, as a link says that stands beside the row it refers to."""
    names = [field.name for field in references(model)]
    return some(query(names), names)


def row_controls(model: type[Resource]) -> list[Control]:
    """The controls for all that somebody may give."""
    fields = model.all_fields()
    return [row_control(fields[name]) for name in model.open_fields()]


def row_control(field: Field) -> Control:
    """A select for a reference to few rows, which shows their names."""
    made = control(field)
    if isinstance(field, ForeignKeyField):
        rows = list(readable(field.rel_model).order_by(field.rel_model.id).limit(FEW + 1))
        if 0 < len(rows) <= FEW:
            choices = (NOTHING_CHOSEN, *((str(row.id), name_of(row)) for row in rows))
            return replace(made, kind="select", choices=choices)
        return replace(made, hint=made.hint or f"The id of one of the {field.rel_model._meta.table_name}.")
    return made
