"""How a migration is written down."""

from collections.abc import Iterable
from typing import Any

from peewee import CharField, DecimalField, DoubleField, Field, ForeignKeyField, IntegerField

HEAD = '"""{title}"""\n\n{imports}\n\n\ndef up(migrator, db):\n{body}'


def call(name: str, *arguments: Any, **options: Any) -> str:
    """A step, as `migrator.add_index("planets", ("name",), True)`."""
    said = [python_literal(each) for each in arguments]
    said += [f"{word}={python_literal(value)}" for word, value in options.items()]
    return f"migrator.{name}({', '.join(said)})"


def python_literal(value: Any) -> str:
    """A value as this house writes it in Python."""
    if isinstance(value, Source):
        return value.text
    if isinstance(value, tuple):
        return f"({', '.join(map(python_literal, value))}{',' * (len(value) == 1)})"
    if isinstance(value, str):
        text = repr(value)
        return text if text[0] == '"' or '"' in text else f'"{text[1:-1]}"'
    return repr(value) if isinstance(value, bool | int | float | None) else python_literal(str(value))


class Source:
    """A field as it is written, and the class that is imported for it."""

    def __init__(self, field: Any, **options: Any) -> None:
        self.plain = plain_class(field)
        said = [f"{word}={python_literal(value)}" for word, value in (sizes_of(field, self.plain) | options).items()]
        self.text = f"{self.plain.__name__}({', '.join(said)})"


def plain_class(field: Any) -> type[Field]:
    """Peewee's own, as a migration must not change with our classes. What refers to a row is a number."""
    if isinstance(field, ForeignKeyField):
        return IntegerField
    if field.field_type == "DOUBLE":
        return DoubleField
    return next(each for each in type(field).__mro__ if each.__module__ == "peewee")


def sizes_of(field: Any, plain: type[Field]) -> dict[str, Any]:
    """What of the field the database is told."""
    said: dict[str, Any] = {}
    if issubclass(plain, CharField) and field.max_length != 255:
        said["max_length"] = field.max_length
    if issubclass(plain, DecimalField):
        said |= {"max_digits": field.max_digits, "decimal_places": field.decimal_places}
    if field.collation:
        said["collation"] = field.collation
    return said


def plain_field(field: Any) -> Any:
    """The field as the migration makes it."""
    plain = plain_class(field)
    return plain(**sizes_of(field, plain))


def text_of_migration(title: str, steps: Iterable[str], classes: Iterable[str]) -> str:
    """The whole file."""
    names = ", ".join(sorted(set(classes)))
    body = "\n".join(f"        {step}," for step in steps)
    migrated = f"    migrator.migrate(\n{body}\n    )\n"
    if names:
        return HEAD.format(title=title, imports=f"from peewee import {names}", body=migrated)
    return f'"""{title}"""\n\n\ndef up(migrator, db):\n{migrated}'
