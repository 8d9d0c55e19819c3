"""What `python -m models new` writes."""

from typing import NamedTuple

from peewee import Field, ForeignKeyField, make_snake_case  # type: ignore[attr-defined]  # its stubs forget the last

from commands.new_templates import MODEL, TEST
from models.shared.kind import Template
from models.shared.kinds import KINDS
from models.shared.resource import plural_of

LINE = 120  # characters


# By their words on the command line: the class of fields, and how such a field is written.
FIELD_KINDS = {kind.template.word: (field, kind.template) for field, kind in KINDS.items() if kind.template}


class NewField(NamedTuple):
    """A field of the new model, as the command line asks for it."""

    name: str
    field: type[Field]
    template: Template
    is_optional: bool

    @property
    def line(self) -> str:
        """Its line in the class."""
        has_default = self.template.options.startswith("default=")
        options = "" if self.is_optional and has_default else self.template.options
        words = ", ".join(part for part in (options, "null=True" if self.is_optional else "") if part)
        return f"    {self.name} = {self.field.__name__}({words})"


def model_text(name: str, fields: list[NewField]) -> str:
    standard = sorted({field.template.imported for field in fields} - {""})
    classes: dict[str, set[str]] = {}
    for field in fields:
        classes.setdefault(field.field.__module__, set()).add(field.field.__name__)
    peewee = [import_line("peewee", sorted(classes.pop("peewee")))] if "peewee" in classes else []
    ours = [f"from models import Resource{', User' if refers_to_user(fields) else ''}"]
    ours += [import_line(module, sorted(names)) for module, names in sorted(classes.items())]
    parts = ["\n".join(lines) for lines in (standard, peewee, ours)]
    return MODEL.format(
        title=title_of(name),
        imports="\n\n".join(part for part in parts if part),
        class_name=class_of(name),
        fields="\n".join(field.line for field in fields),
        plural=plural_for(name),
        values="\n".join(f"        {field.name}={field.template.value}," for field in fields),
    )


def import_line(module: str, names: list[str]) -> str:
    line = f"from {module} import {', '.join(names)}"
    return line if len(line) <= LINE else f"from {module} import (\n    " + ",\n    ".join(names) + ",\n)"


def test_text(name: str, fields: list[NewField]) -> str:
    user = refers_to_user(fields)
    return TEST.format(
        title=title_of(name),
        name=name,
        plural=plural_for(name),
        class_name=class_of(name),
        import_user="from models import User\n" if user else "",
        add_user='    User.create(name="Ada Lovelace", uid="ada")\n' if user else "",
        first=fields[0].name,
    )


def refers_to_user(fields: list[NewField]) -> bool:
    return any(issubclass(field.field, ForeignKeyField) for field in fields)


def class_of(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def plural_for(name: str) -> str:
    """As the class will have it."""
    return plural_of(make_snake_case(class_of(name)))


def title_of(name: str) -> str:
    return plural_for(name).replace("_", " ").capitalize()
