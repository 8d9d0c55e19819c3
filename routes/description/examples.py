"""Examples for the API's description: written in the code, never taken from a row that somebody made."""

import logging
from datetime import date, datetime
from typing import Any

import peewee
from peewee import Field

from models.shared.fields import PasswordField
from models.shared.rows import BaseModel
from models.shared.values import json_value
from routes.shared.shapes import Shape

log = logging.getLogger("portfolio")

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
