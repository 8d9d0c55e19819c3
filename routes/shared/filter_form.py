"""The small form above a list: what its rows can be asked for, from the fields and what they refer to."""

from dataclasses import replace
from typing import Any, NamedTuple

from peewee import Field, ForeignKeyField

from models.shared.fields import label_of
from models.shared.kinds import kind_of
from models.shared.rows import BaseModel
from routes.shared.controls import Control, control
from routes.shared.names import Referred
from routes.shared.permissions import may_read

ANY = ("", "Any")


class AskedFor(NamedTuple):
    """One thing to ask for: a control, or two `from` … `to`."""

    label: str
    controls: tuple[Control, ...]


def filter_form(model: type[BaseModel], referred: Referred) -> list[AskedFor]:
    """What a list of `model` can be asked for: choices, what rows refer to, and numbers and days from … to.

    A text is looked for by the search.
    """
    fields = model._meta.sorted_fields
    asked = [choice_of(field, referred) for field in fields if field.name in model.filters]
    asked += [range_of(field) for field in fields if field.name in model.ranges]
    return [each for each in asked if each]


def choice_of(field: Field, referred: Referred) -> AskedFor | None:
    """A select, or the id of a row; None where that is no choice."""
    if isinstance(field, ForeignKeyField):
        return row_choice(field, referred)
    pairs = field.choices or kind_of(field).choices
    return select(field, [(str(value), label) for value, label in pairs]) if pairs else None


def row_choice(field: ForeignKeyField, referred: Referred) -> AskedFor | None:
    """Among few rows by their names, else by an id; None where nobody may read them."""
    if not may_read(field.rel_model):
        return None
    names = referred.get(field.rel_model)
    if names and names.are_all:
        return select(field, [(str(number), name) for number, name in names.by_id.items()])
    return AskedFor(f"{label_of(field)} (id)", (optional(control(field)),))


def select(field: Field, pairs: list[tuple[str, Any]]) -> AskedFor:
    """Of these values and their labels, or any."""
    made = Control(field.name, label_of(field), "select", choices=(ANY, *pairs))
    return AskedFor(made.label, (made,))


def range_of(field: Field) -> AskedFor:
    """From … to: of a time, the days."""
    made = optional(control(field))
    if made.kind == "datetime-local":
        made = replace(made, kind="date", attributes={})
    ends = [replace(made, name=f"{field.name}_{sign}", label=sign) for sign in ("from", "to")]
    return AskedFor(label_of(field), tuple(ends))


def optional(made: Control) -> Control:
    """Nothing must be asked for."""
    attributes = {name: value for name, value in made.attributes.items() if name not in ("required", "autocomplete")}
    return replace(made, hint="", attributes=attributes)
