"""`python -m models new`: the file of a new model, and a test of it."""

import keyword
from argparse import Namespace

from commands.new_templates import NEXT
from commands.new_text import FIELD_KINDS, NewField, class_of, model_text, plural_for, test_text
from models.shared.loading import FOLDER, all_models
from models.shared.resource import Resource
from models.shared.resource_checks import PLAIN_NAME, RESERVED
from models.shared.row_checks import Invalid

TESTS = FOLDER.parent / "tests" / "models"


def run(options: Namespace) -> None:
    try:
        print(make_model(options.name, options.fields))
    except (Invalid, OSError) as error:
        raise SystemExit(f"Nothing was written: {error}") from None


def make_model(name: str, words: list[str]) -> str:
    """Write the file of the model `name` and its test; what to do next. `Invalid` says what cannot be."""
    file, test = FOLDER / f"{name}.py", TESTS / f"test_{name}.py"
    check_name(name)
    fields = parse_fields(name, words)
    for path in (file, file.with_suffix(""), test):
        if path.exists():
            raise Invalid({name: f"is there already: {path.relative_to(FOLDER.parent)}"})
    file.write_text(model_text(name, fields))
    if TESTS.is_dir():
        test.write_text(test_text(name, fields))
    return NEXT.format(name=name, plural=plural_for(name), init=f"init_{plural_for(name)}")


def check_name(name: str) -> None:
    plural, class_name = plural_for(name), class_of(name)
    if not PLAIN_NAME.fullmatch(name) or keyword.iskeyword(name) or keyword.iskeyword(class_name):
        raise Invalid({name: "cannot be the name of a model: take small letters a to z, like planet"})
    if plural in RESERVED:
        raise Invalid({name: f"would have the address /{plural}, which the site has already"})
    for model in all_models():
        if model.__name__ == class_name or model._meta.table_name == plural:
            raise Invalid({name: f"is taken: {model.__name__} has the table {model._meta.table_name}"})


def parse_fields(name: str, words: list[str]) -> list[NewField]:
    """The fields of the model `name`."""
    fields = [parse_field(word) for word in words]
    if not fields:
        raise Invalid({name: "needs a field, like name:char"})
    if len({field.name for field in fields}) < len(fields):
        raise Invalid({name: "has two fields of one name"})
    return fields


def parse_field(word: str) -> NewField:
    """`mass:float?` is the field `mass`, a number that may be left out."""
    name, _, kind = word.partition(":")
    if not PLAIN_NAME.fullmatch(name) or keyword.iskeyword(name) or name in ("id", "self") or hasattr(Resource, name):
        raise Invalid({word: "cannot be a field of that name"})
    if kind.removesuffix("?") not in FIELD_KINDS:
        kinds = ", ".join(FIELD_KINDS)
        raise Invalid({word: f"must be a name, a colon and one of {kinds}; a ? where it may be left out"})
    return NewField(name, *FIELD_KINDS[kind.removesuffix("?")], is_optional=kind.endswith("?"))
