"""What `python -m models new` writes."""

from typing import NamedTuple

from peewee import make_snake_case  # type: ignore[attr-defined]  # its stubs forget it

from models.shared.resource import plural_of

LINE = 120  # characters


class FieldTemplate(NamedTuple):
    """What is written for a type of the command line: a field of Peewee, and a sample value as Python writes it."""

    field: str
    options: str
    value: str
    imported: str = ""


FIELD_TEMPLATES = {
    "char": FieldTemplate("CharField", "max_length=100", '"Something"'),
    "text": FieldTemplate("TextField", "", '"Something longer"'),
    "int": FieldTemplate("IntegerField", "", "3"),
    "float": FieldTemplate("FloatField", "", "1.5"),
    "decimal": FieldTemplate("DecimalField", "max_digits=10, decimal_places=2", '"12.50"'),
    "bool": FieldTemplate("BooleanField", "default=False", "True"),
    "date": FieldTemplate("DateField", "", '"2008-04-05"'),
    "datetime": FieldTemplate("DateTimeField", "", '"2008-04-05T16:30:00Z"'),
    "uuid": FieldTemplate("UUIDField", "default=uuid4", "uuid4()", imported="from uuid import uuid4"),
    "user": FieldTemplate("ForeignKeyField", "User", "User.get()"),
}


class NewField(NamedTuple):
    """A field of the new model, as the command line asks for it."""

    name: str
    template: FieldTemplate
    is_optional: bool

    @property
    def line(self) -> str:
        """Its line in the class."""
        has_default = self.template.options.startswith("default=")
        options = "" if self.is_optional and has_default else self.template.options
        words = ", ".join(part for part in (options, "null=True" if self.is_optional else "") if part)
        return f"    {self.name} = {self.template.field}({words})"


def model_text(name: str, fields: list[NewField]) -> str:
    standard = sorted({field.template.imported for field in fields} - {""})
    peewee = import_line(sorted({field.template.field for field in fields}))
    ours = f"from models import Resource{', User' if refers_to_user(fields) else ''}"
    parts = ["\n".join(standard), peewee, ours]
    return MODEL.format(
        title=title_of(name),
        imports="\n\n".join(part for part in parts if part),
        class_name=class_of(name),
        fields="\n".join(field.line for field in fields),
        plural=plural_for(name),
        values="\n".join(f"        {field.name}={field.template.value}," for field in fields),
    )


def import_line(names: list[str]) -> str:
    line = f"from peewee import {', '.join(names)}"
    return line if len(line) <= LINE else "from peewee import (\n    " + ",\n    ".join(names) + ",\n)"


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
    return any(field.template.field == "ForeignKeyField" for field in fields)


def class_of(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def plural_for(name: str) -> str:
    """As the class will have it."""
    return plural_of(make_snake_case(class_of(name)))


def title_of(name: str) -> str:
    return plural_for(name).replace("_", " ").capitalize()


MODEL = '''"""{title}: say here what they are for."""

{imports}


class {class_name}(Resource):
    """Say here what one of them is."""

{fields}


def init_{plural}() -> None:
    """Sample rows, made together with the table."""
    {class_name}.create(
{values}
    )
'''
TEST = '''"""{title}: what they keep."""

{import_user}from models.{name} import {class_name}, init_{plural}


def test_the_sample_rows_are_there(tables):
{add_user}    init_{plural}()
    row = {class_name}.get().read()
    assert row["id"] == 1
    assert row["{first}"] is not None


def test_a_row_is_found_by_everyone_and_deleted_by_an_admin(visitor, admin):
    row = visitor.get("/api/{plural}").json["{plural}"][0]
    visitor.get(f"/{plural}/{{row['id']}}", status=200)
    admin.delete(f"/api/{plural}/{{row['id']}}", status=204)
'''
NEXT = """Made models/{name}.py and tests/models/test_{name}.py. Now
- write your sample rows in {init}(),
- start the site again, and look at /{plural} and /api/{plural},
- run the test: python -m pytest tests/models/test_{name}.py"""
