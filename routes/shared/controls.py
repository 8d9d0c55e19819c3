"""The controls of a form, made from a model's fields, so that a form asks for what its model accepts."""

from dataclasses import dataclass, field, replace

from peewee import DateField, Field, TextField

from models.base import BaseModel
from models.passwords import LENGTHS
from models.picture import LARGEST_FILE, TYPES

AUTOCOMPLETE = {"name": "name", "uid": "username", "dob": "bday"}


@dataclass(frozen=True)
class Control:
    """A labelled input of `kind` text, textarea, select, date, file or password.

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
    return [SPECIAL.get(name) or control(model._meta.fields[name]) for name in names]


def control(column: Field) -> Control:
    limits = {
        "required": "" if not column.null else None,
        "minlength": getattr(column, "min_length", 0) or None,
        "maxlength": getattr(column, "max_length", None) if not column.choices else None,
        "autocomplete": AUTOCOMPLETE.get(column.name),
    }
    return Control(
        name=column.name,
        label=column.verbose_name or column.name.capitalize(),
        kind=kind_of(column),
        hint=column.help_text or "",
        choices=tuple(column.choices or ()),
        attributes={name: value for name, value in limits.items() if value is not None},
    )


def kind_of(column: Field) -> str:
    if column.choices:
        return "select"
    if isinstance(column, TextField):
        return "textarea"
    return "date" if isinstance(column, DateField) else "text"


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
