"""The controls of a form, made from a model's fields, so that a form asks for what its model accepts."""

from dataclasses import dataclass, field, replace
from decimal import Decimal

from peewee import (
    BooleanField,
    DateField,
    DateTimeField,
    DecimalField,
    Field,
    FloatField,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from models.shared.fields import LARGEST_ID, LARGEST_NUMBER
from models.shared.passwords import LENGTHS
from models.shared.picture import LARGEST_FILE, TYPES
from models.shared.rows import BaseModel

AUTOCOMPLETE = {"User.name": "name", "User.uid": "username", "User.dob": "bday"}
KINDS = {
    TextField: "textarea",
    DateTimeField: "datetime-local",
    DateField: "date",
    IntegerField: "number",
    FloatField: "number",
    DecimalField: "number",
    ForeignKeyField: "number",
}
NOTHING_CHOSEN = ("", "–")
YES_OR_NO = (("true", "Yes"), ("false", "No"))


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
    """The controls for these fields; a `password` and an `image` are no columns that could be shown."""
    fields = model._meta.fields
    return [control(fields[name]) if name in fields else SPECIAL[name] for name in names]


def control(column: Field) -> Control:
    limits = {
        "required": "" if not column.null and column.default != "" else None,
        "minlength": getattr(column, "min_length", 0) or None,
        "maxlength": getattr(column, "max_length", None) if not column.choices else None,
        "autocomplete": AUTOCOMPLETE.get(f"{column.model.__name__}.{column.name}"),
    } | number_limits(column)
    return Control(
        name=column.name,
        label=column.verbose_name or column.name.replace("_", " ").capitalize(),
        kind=kind_of(column),
        hint=column.help_text or ("In UTC." if isinstance(column, DateTimeField) else ""),
        choices=choices_of(column),
        attributes={name: value for name, value in limits.items() if value is not None},
    )


def kind_of(column: Field) -> str:
    if column.choices or isinstance(column, BooleanField):
        return "select"
    return next((kind for field, kind in KINDS.items() if isinstance(column, field)), "text")


def choices_of(column: Field) -> tuple[tuple[str, str], ...]:
    """A blank one first where nothing is an answer, or none is given yet."""
    pairs = column.choices or (YES_OR_NO if isinstance(column, BooleanField) else ())
    blank = (NOTHING_CHOSEN,) if pairs and (column.null or column.default is None) else ()
    return (*blank, *((str(value), label) for value, label in pairs))


def number_limits(column: Field) -> dict[str, object]:
    """What a number or a time may be; the step of a time is a second."""
    if column.choices:
        return {}
    if isinstance(column, DateTimeField):
        return {"step": 1}
    if isinstance(column, IntegerField):
        largest = LARGEST_NUMBER.get(column.field_type, LARGEST_ID)
        return {"min": -largest, "max": largest}
    if isinstance(column, DecimalField):
        return {"step": f"{Decimal(1).scaleb(-column.decimal_places):f}"}
    return {"step": "any"} if isinstance(column, FloatField) else {}


def new_password_control(name: str, label: str, hint: str) -> Control:
    least, most = LENGTHS
    attributes = {"minlength": least, "maxlength": most, "autocomplete": "new-password"}
    return Control(name, label, "password", f"At least {least} characters. {hint}", attributes=attributes)


SPECIAL = {
    "image": Control(
        "image",
        "Picture",
        "file",
        hint=f"{', '.join(TYPES)}: at most {LARGEST_FILE // 1024**2} MiB.",
        attributes={"accept": ",".join(TYPES.values()), "data-most-bytes": LARGEST_FILE},
    ),
    "password": new_password_control("password", "Password", "Without one, nobody can log in as this user."),
    "new_password": new_password_control("password", "New password", "Left empty, the old one stays."),
}


def login_controls() -> list[Control]:
    return [
        Control("uid", "User id", "text", attributes={"required": "", "autocomplete": "username"}),
        old_password_control("password", "Password"),
    ]


def change_password_controls() -> list[Control]:
    new = new_password_control("new", "New password", "All your other logins end.")
    return [
        old_password_control("old", "Password you have now"),
        replace(new, attributes={"required": ""} | new.attributes),
    ]


def old_password_control(name: str, label: str) -> Control:
    return Control(name, label, "password", attributes={"required": "", "autocomplete": "current-password"})
