"""The controls of a form, made from a model's fields, so that a form asks for what its model accepts."""

from dataclasses import dataclass, field
from typing import Any

from peewee import Field

from models.shared.fields import label_of
from models.shared.kinds import kind_of
from models.shared.rows import BaseModel

NOTHING_CHOSEN = ("", "–")


@dataclass(frozen=True)
class Control:
    """A labelled input: `kind` is a type of HTML's input, or textarea, or select.

    `choices` are the (value, label) pairs of a select, `attributes` those of the HTML element.
    """

    name: str
    label: str
    kind: str
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    attributes: dict[str, object] = field(default_factory=dict)


def controls(model: type[BaseModel], *names: str) -> list[Control]:
    """The controls for these fields, also for those that are given and never read back."""
    fields = model.all_fields()
    return [control(fields[name]) for name in names]


def control(field: Field) -> Control:
    """The control that asks for this field."""
    kind, choices = kind_of(field), choices_of(field)
    return Control(
        name=field.name,
        label=label_of(field),
        kind="select" if choices else kind.control,
        hint=kind.hint(field),
        choices=choices,
        attributes=attributes_of(field),
    )


def choices_of(field: Field) -> tuple[tuple[str, str], ...]:
    """A blank one first where nothing is an answer, or none is given yet."""
    pairs = field.choices or kind_of(field).choices
    blank = (NOTHING_CHOSEN,) if pairs and (field.null or field.default is None) else ()
    return (*blank, *((str(value), label) for value, label in pairs))


def attributes_of(field: Any) -> dict[str, object]:
    """What the browser holds an answer to before it sends it."""
    limits = {
        "required": "" if not field.null and field.default != "" else None,
        "minlength": getattr(field, "min_length", 0) or None,
        "maxlength": getattr(field, "max_length", None) if not field.choices else None,
        "autocomplete": getattr(field, "autocomplete", "") or None,
    } | ({} if field.choices else kind_of(field).attributes(field))
    return {name: value for name, value in limits.items() if value is not None}
