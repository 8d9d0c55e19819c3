"""The controls of a form, made from a model's fields, so that a form asks for what its model accepts."""

from dataclasses import dataclass, field

from peewee import DateField, Field

from models.base import BaseModel
from models.user import PASSWORD_LENGTHS

AUTOCOMPLETE = {"name": "name", "uid": "username", "password": "new-password", "dob": "bday"}


@dataclass(frozen=True)
class Control:
    """A labelled input; `attributes` are those of its HTML element, no None among them."""

    name: str
    label: str
    kind: str
    hint: str = ""
    attributes: dict[str, object] = field(default_factory=dict)


def controls(model: type[BaseModel], *names: str) -> list[Control]:
    return [password_control() if name == "password" else control(model._meta.fields[name]) for name in names]


def control(column: Field) -> Control:
    limits = {
        "required": "" if not column.null else None,
        "minlength": getattr(column, "min_length", 0) or None,
        "maxlength": getattr(column, "max_length", None),
        "autocomplete": AUTOCOMPLETE.get(column.name),
    }
    return Control(
        name=column.name,
        label=column.verbose_name or column.name.capitalize(),
        kind="date" if isinstance(column, DateField) else "text",
        hint=column.help_text or "",
        attributes={name: value for name, value in limits.items() if value is not None},
    )


def password_control() -> Control:
    least, most = PASSWORD_LENGTHS
    return Control(
        name="password",
        label="Password",
        kind="password",
        hint=f"At least {least} characters. Without one, nobody can log in as this user.",
        attributes={"minlength": least, "maxlength": most, "autocomplete": AUTOCOMPLETE["password"]},
    )
