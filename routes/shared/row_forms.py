"""The form of a row of a Resource: its controls, and the text in them."""

from dataclasses import replace
from typing import Any

from peewee import Field, ForeignKeyField

from models.post import FOR_GROUP
from models.shared.referred import FEW
from models.shared.resource import Resource
from models.shared.rows import BaseModel
from models.shared.values import form_text
from models.shared.viewers import is_for_group
from routes.shared.controls import NOTHING_CHOSEN, Control, control
from routes.shared.names import name_of, references
from routes.shared.permissions import readable
from routes.shared.picked import some
from routes.shared.query import query

FOR_EVERYBODY = ("", "Everybody")


def form_texts(row: Resource) -> dict[str, str]:
    """The values of `row` as a form has them."""
    fields = row._meta.fields
    return {name: form_text(fields[name], row.__data__.get(name)) for name in row.open_fields() if name in fields}


def given_by_address(model: type[Resource]) -> dict[str, str]:
    """What a new row shall refer to, as a link says that stands beside the row it refers to."""
    names = [field.name for field in references(model)]
    return some(query(names), names)


def row_controls(model: type[Resource], row: Resource | None = None) -> list[Control]:
    """The controls for all that somebody may give; a new one has no `row` yet."""
    group = model.group_field()
    fields = [model.all_fields()[name] for name in model.open_fields() if not group or name != group.name]
    return [*map(row_control, fields), *group_controls(model, row)]


def group_controls(model: type[BaseModel], row: BaseModel | None) -> list[Control]:
    """What asks for the group that a row is for: of those who are in a group, or where it is for one already."""
    field: Any = model._meta.fields.get("group")
    if not field or not is_for_group(field):
        return []
    groups = readable(field.rel_model).order_by(field.rel_model.name, field.rel_model.id)
    choices = [(str(group.id), name_of(group)) for group in groups]
    now = str(row.__data__.get("group") or "") if row else ""
    if now and now not in dict(choices):
        choices.append((now, "The group that it is for now"))
    made = replace(control(field), kind="select", choices=(FOR_EVERYBODY, *choices), label="Only for")
    return [replace(made, hint=made.hint or FOR_GROUP)] if choices else []


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
