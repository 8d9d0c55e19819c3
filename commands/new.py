"""`python -m models new`: the file of a new model, and a test of it."""

import keyword
from typing import NamedTuple

from peewee import make_snake_case  # type: ignore[attr-defined]  # its stubs forget it

from models.shared.loading import FOLDER, all_models
from models.shared.resource import Resource, plural_of
from models.shared.resource_checks import NAME, RESERVED
from models.shared.row_checks import Invalid

TESTS = FOLDER.parent / "tests" / "models"
LINE = 120  # characters


class Kind(NamedTuple):
    """A type of the command line: the field of Peewee that it stands for, and a value as Python writes it."""

    field: str
    options: str
    value: str
    imported: str = ""


KINDS = {
    "char": Kind("CharField", "max_length=100", '"Something"'),
    "text": Kind("TextField", "", '"Something longer"'),
    "int": Kind("IntegerField", "", "3"),
    "float": Kind("FloatField", "", "1.5"),
    "decimal": Kind("DecimalField", "max_digits=10, decimal_places=2", '"12.50"'),
    "bool": Kind("BooleanField", "default=False", "True"),
    "date": Kind("DateField", "", '"2008-04-05"'),
    "datetime": Kind("DateTimeField", "", '"2008-04-05T16:30:00Z"'),
    "uuid": Kind("UUIDField", "default=uuid4", "uuid4()", imported="from uuid import uuid4"),
    "user": Kind("ForeignKeyField", "User", "User.get()", imported="from models.user import User"),
}


def make_model(name: str, fields: list[str]) -> str:
    """Write the file of the model `name` and its test; what to do next. `Invalid` says what cannot be."""
    file, test = FOLDER / f"{name}.py", TESTS / f"test_{name}.py"
    check_name(name)
    kinds = dict(kind_of(field) for field in fields)
    if not kinds:
        raise Invalid({name: "needs a field, like name:char"})
    if len(kinds) < len(fields):
        raise Invalid({name: "has two fields of one name"})
    for path in (file, file.with_suffix(""), test):
        if path.exists():
            raise Invalid({name: f"is there already: {path.relative_to(FOLDER.parent)}"})
    file.write_text(model_text(name, kinds))
    if TESTS.is_dir():
        test.write_text(test_text(name, kinds))
    return NEXT.format(name=name, plural=plural_for(name), init=f"init_{plural_for(name)}")


def check_name(name: str) -> None:
    plural, class_name = plural_for(name), class_of(name)
    if not NAME.fullmatch(name) or keyword.iskeyword(name) or keyword.iskeyword(class_name):
        raise Invalid({name: "cannot be the name of a model: take small letters a to z, like planet"})
    if plural in RESERVED:
        raise Invalid({name: f"would have the address /{plural}, which the site has already"})
    for model in all_models():
        if model.__name__ == class_name or model._meta.table_name == plural:
            raise Invalid({name: f"is taken: {model.__name__} has the table {model._meta.table_name}"})


def kind_of(field: str) -> tuple[str, tuple[Kind, bool]]:
    """From `mass:float?` its name, its kind, and whether it may be left out."""
    name, _, word = field.partition(":")
    if not NAME.fullmatch(name) or keyword.iskeyword(name) or name in ("id", "self") or hasattr(Resource, name):
        raise Invalid({field: "cannot be a field of that name"})
    if word.rstrip("?") not in KINDS or word.endswith("??"):
        raise Invalid({field: f"must be a name, a colon and one of {', '.join(KINDS)}; a ? where it may be left out"})
    return name, (KINDS[word.rstrip("?")], word.endswith("?"))


def model_text(name: str, kinds: dict[str, tuple[Kind, bool]]) -> str:
    used = [kind for kind, _ in kinds.values()]
    imports = {kind.imported for kind in used} | {"from models.shared.resource import Resource"} - {""}
    standard = sorted(line for line in imports if line.startswith("from uuid"))
    ours = sorted(line for line in imports if line.startswith("from models"))
    peewee = import_line(sorted({kind.field for kind in used}))
    lines = [f"    {field} = {kind.field}({options_of(kind, is_open)})" for field, (kind, is_open) in kinds.items()]
    parts = ["\n".join(standard), peewee, "\n".join(ours)]
    return MODEL.format(
        title=title_of(name),
        imports="\n\n".join(part for part in parts if part),
        class_name=class_of(name),
        fields="\n".join(lines),
        plural=plural_for(name),
        values=values_of(kinds),
    )


def import_line(names: list[str]) -> str:
    line = f"from peewee import {', '.join(names)}"
    return line if len(line) <= LINE else "from peewee import (\n    " + ",\n    ".join(names) + ",\n)"


def options_of(kind: Kind, is_open: bool) -> str:
    options = "" if is_open and kind.options.startswith("default=") else kind.options
    return ", ".join(part for part in (options, "null=True" if is_open else "") if part)


def test_text(name: str, kinds: dict[str, tuple[Kind, bool]]) -> str:
    user = any(kind.field == "ForeignKeyField" for kind, _ in kinds.values())
    return TEST.format(
        title=title_of(name),
        name=name,
        plural=plural_for(name),
        class_name=class_of(name),
        import_user="\nfrom models.user import User" if user else "",
        add_user='    User.create(name="Ada Lovelace", uid="ada")\n' if user else "",
        first=next(iter(kinds)),
    )


def values_of(kinds: dict[str, tuple[Kind, bool]]) -> str:
    return "\n".join(f"        {field}={kind.value}," for field, (kind, _) in kinds.items())


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

from models.{name} import {class_name}, init_{plural}{import_user}


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
