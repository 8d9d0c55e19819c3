"""What `python -m models new` writes."""

from collections.abc import Iterable

import models
from commands.new_fields import NewField
from commands.new_templates import MODEL, TEST
from models.shared.plurals import class_of, usual_plural

LINE = 120  # characters


def model_text(name: str, plural: str, fields: list[NewField]) -> str:
    imports = [standard_imports(fields), peewee_imports(fields), own_imports(fields)]
    return MODEL.format(
        title=title_of(plural),
        imports="\n\n".join("\n".join(lines) for lines in imports if lines),
        class_name=class_of(name),
        fields="\n".join(field.line for field in fields),
        plural_line="" if plural == usual_plural(name) else f'\n    plural = "{plural}"\n',
        plural=plural,
        values="\n".join(f"        {field.name}={field.value}," for field in fields if field.value),
    )


def standard_imports(fields: list[NewField]) -> list[str]:
    return sorted({field.template.imported for field in fields} - {""})


def peewee_imports(fields: list[NewField]) -> list[str]:
    """Of a class that `models` has by the same name, that one does for all fields."""
    names = {field.field.__name__ for field in fields if field.field.__module__ == "peewee"} - own_classes(fields)
    return [import_line("peewee", names)] if names else []


def own_imports(fields: list[NewField]) -> list[str]:
    """From `models` what is there, and what is not from its file."""
    own, given = own_classes(fields), set(models.__all__)
    targets = {field.target for field in fields if field.target in given}
    others = {field.target_module: field.target for field in fields if field.target_module}
    others |= {field.field.__module__: field.field.__name__ for field in fields if field.field.__name__ in own - given}
    lines = [import_line(module, [name]) for module, name in sorted(others.items())]
    return [import_line("models", {"Resource"} | (own & given) | targets), *lines]


def own_classes(fields: list[NewField]) -> set[str]:
    return {field.field.__name__ for field in fields if field.field.__module__ != "peewee"}


def import_line(module: str, names: Iterable[str]) -> str:
    line = f"from {module} import {', '.join(sorted(names))}"
    return line if len(line) <= LINE else f"from {module} import (\n    " + ",\n    ".join(sorted(names)) + ",\n)"


def test_text(name: str, plural: str) -> str:
    return TEST.format(title=title_of(plural), name=name, plural=plural)


def title_of(plural: str) -> str:
    return plural.replace("_", " ").capitalize()
