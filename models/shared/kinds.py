"""The kinds of columns. All that depends on the type of a column is said here, once; everybody else asks.

A new kind of column is one more entry of KINDS, and its test.
"""

import math
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

import peewee
from peewee import Field

from models.shared import conversions, form_texts, rules
from models.shared.conversions import in_places, limits, whole_limits
from models.shared.fields import utc_text
from models.shared.kind import Kind, Template, as_it_is, as_python_text, fixed, help_of
from models.shared.passwords import PasswordField
from models.shared.picture_field import ImageField, PictureField
from models.shared.text import can_be_sent
from models.shared.viewers import is_for_group


def say_what_goes(field: Any) -> None:
    """What becomes of a row when the one it refers to is deleted, also in SQL, unless the class says it."""
    parent: Any = field.rel_model
    rule = "SET NULL" if field.null and not is_for_group(field) else getattr(parent, "when_deleted", "")
    field.on_delete = (field.on_delete or rule).upper()
    if field.on_delete == "NO ACTION":
        field.deferrable = "INITIALLY IMMEDIATE"  # so that rows which refer to each other may go together


def use_double(field: Any) -> None:
    """PostgreSQL's FLOAT of Peewee has 7 digits only."""
    field.field_type = "DOUBLE"


def in_its_places(field: Any, value: Decimal) -> str:
    """As text, as a float would lose some."""
    return f"{in_places(field, value):f}"


def ends(field: Any) -> dict[str, Any]:
    """The first and the last number, in HTML's words."""
    return dict(zip(("min", "max"), limits(field), strict=True))


TEXT_KIND = Kind(
    stored_as=str,
    accept=conversions.convert_text,
    schema=fixed(type="string"),
    example="Text",
    from_form=form_texts.read_line,
    can_be_read=lambda _field, value: value.isascii() or can_be_sent(value),
    rules=rules.text_rules,
    is_text=True,
    counted="values",
    template=Template("char", "max_length=100", '"Something"'),
)
NUMBER_KIND = Kind(
    stored_as=int,
    accept=conversions.convert_whole_number,
    schema=rules.whole_number_schema,
    example=1,
    control="number",
    attributes=lambda field: dict(zip(("min", "max"), whole_limits(field), strict=True)),
    from_form=form_texts.read_whole_number,
    rules=rules.number_rules,
    is_number=True,
    counted="numbers",
    is_ordered=True,
    wrong=rules.wrong_limits,
    template=Template("int", "", "3"),
)

PICTURE_KIND = Kind(
    stored_as=bytes,
    accept=PictureField.accept,
    schema=fixed(type="string", format="binary"),
    example=None,
    control="file",
    attributes=PictureField.attributes,
    from_form=as_it_is,
    is_sorted=False,
    is_exact=False,
)

KINDS: dict[type[Field], Kind] = {
    peewee.CharField: TEXT_KIND,
    peewee.TextField: TEXT_KIND._replace(
        control="textarea",
        is_sorted=False,  # nobody looks for the order of long texts
        is_exact=False,
        counted="",
        template=Template("text", "", '"Something longer"'),
    ),
    peewee.IntegerField: NUMBER_KIND,
    peewee.AutoField: NUMBER_KIND._replace(schema=rules.id_schema, example=11, counted="", template=None),
    peewee.FloatField: Kind(
        stored_as=float,
        accept=conversions.convert_float,
        schema=fixed(type="number"),
        example=1.5,
        control="number",
        attributes=lambda field: {"step": "any"} | ends(field),
        from_form=form_texts.read_float,
        can_be_read=lambda _field, value: math.isfinite(value),
        rules=rules.number_rules,
        is_number=True,
        is_ordered=True,
        is_exact=False,
        counted="numbers",
        wrong=rules.wrong_limits,
        complete=use_double,
        template=Template("float", "", "1.5"),
    ),
    peewee.DecimalField: Kind(
        stored_as=Decimal,
        accept=conversions.convert_decimal,
        schema=fixed(type="string", format="decimal"),
        example="9.99",
        control="number",
        attributes=lambda field: {"step": f"{Decimal(1).scaleb(-field.decimal_places):f}"} | ends(field),
        to_json=in_its_places,
        to_form=in_its_places,
        to_cell=in_its_places,
        can_be_read=lambda field, value: value.is_finite() and value.adjusted() < field.max_digits,
        rules=rules.decimal_rules,
        is_number=True,
        counted="numbers",
        is_ordered=True,
        wrong=rules.too_many_digits,
        template=Template("decimal", "max_digits=10, decimal_places=2", '"12.50"'),
    ),
    peewee.BooleanField: Kind(
        stored_as=bool,
        accept=conversions.convert_truth,
        schema=fixed(type="boolean"),
        example=True,
        control="select",
        choices=(("true", "Yes"), ("false", "No")),
        from_form=form_texts.read_truth,
        to_form=form_texts.text_of_truth,
        to_cell=lambda _field, value: "Yes" if value else "No",
        counted="values",
        values=(True, False),
        template=Template("bool", "default=False", "True"),
    ),
    peewee.DateField: Kind(
        stored_as=date,
        accept=conversions.convert_date,
        schema=fixed(type="string", format="date"),
        example=date(2008, 4, 5),
        control="date",
        to_json=lambda _field, value: value.isoformat(),
        counted="days",
        is_ordered=True,
        template=Template("date", "", '"2008-04-05"'),
    ),
    peewee.DateTimeField: Kind(
        stored_as=datetime,
        accept=conversions.convert_time,
        schema=fixed(type="string", format="date-time"),
        example=datetime(2008, 4, 5, 16, 30),
        control="datetime-local",
        attributes=lambda _field: {"step": 1},  # a second
        hint=lambda field: help_of(field) or "In UTC.",
        to_json=lambda _field, value: utc_text(value),
        to_form=form_texts.text_of_time,
        to_cell=lambda _field, value: f"{value.isoformat(' ', 'minutes')} UTC",
        counted="days",
        is_ordered=True,
        template=Template("datetime", "", '"2008-04-05T16:30:00Z"'),
    ),
    peewee.UUIDField: Kind(
        stored_as=UUID,
        accept=conversions.convert_uuid,
        schema=fixed(type="string", format="uuid"),
        example="1b4e28ba-2fa1-41d2-883f-0016d3cca427",
        to_json=as_python_text,
        template=Template("uuid", "default=uuid4", "uuid4()", imported="from uuid import uuid4"),
    ),
    peewee.ForeignKeyField: Kind(
        stored_as=int,
        accept=conversions.convert_row_id,
        schema=rules.id_schema,
        example=1,
        control="number",
        from_form=form_texts.read_whole_number,
        is_sorted=False,  # of ids, which stand for names
        counted="values",
        wrong=rules.wrong_reference,
        complete=say_what_goes,
        template=Template("user", "User", "User.get()"),
    ),
    PasswordField: Kind(
        stored_as=str,
        accept=PasswordField.accept,
        schema=fixed(type="string", format="password", writeOnly=True),
        example="correct horse battery",
        control="password",
        attributes=lambda _field: {"autocomplete": "new-password"},
        hint=lambda field: f"At least {field.min_length} characters. {help_of(field)}",
        from_form=form_texts.read_as_typed,
        rules=rules.text_rules,
    ),
    PictureField: PICTURE_KIND,
    ImageField: PICTURE_KIND._replace(wrong=ImageField.wrong, template=Template("image", "", "")),
}


@cache
def kind_of_class(field_class: Any) -> Kind | None:
    """Of the class itself, or of the nearest one that it is made from."""
    return next((KINDS[each] for each in field_class.__mro__ if each in KINDS), None)


def kind_of(field: Field) -> Kind:
    """The kind of a column. KeyError for one of Peewee's that we have no kind for."""
    field_class: Any = type(field)
    found = kind_of_class(field_class)
    if found is None:
        raise KeyError(field_class.__name__)
    return found


def is_file(field: Field) -> bool:
    """Whether it is given as the bytes of a file."""
    return kind_of(field).control == "file"


def has_range(field: Field) -> bool:
    """Whether a list can be asked for values from one to another."""
    return kind_of(field).is_ordered and not field.choices


def has_kind(field: Field) -> bool:
    """Whether a Resource may have such a column."""
    field_class: Any = type(field)
    return kind_of_class(field_class) is not None
