"""Every model there is: the files of `models/`, loaded when somebody asks."""

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from peewee import Field, Model, sort_models  # type: ignore[attr-defined]  # its stubs forget it

from models.shared.resource import Resource
from models.shared.resource_checks import check_resources
from models.shared.rows import BaseModel
from models.shared.start_errors import stop_start, stop_start_at, unusable_file

FOLDER = Path(__file__).parents[1]
NOT_MODELS = ("shared", "migrations")  # a folder of this name is there
# The site cannot do without these files.
NEEDED = tuple(
    "attempt change changed_row closed_account draft folded group hidden_post joining known_browser membership post"
    " receipt session sign_up slip user".split()
)


@cache
def all_models() -> list[type[BaseModel]]:
    """Every table's class, parents before children. Unusable for a file that cannot be used."""
    found: list[Any] = []
    # The needed files first: others import them, and their mistakes must not be told as a spare file's.
    for file in sorted(FOLDER.glob("[!._]*.py"), key=lambda file: (file.stem not in NEEDED, file.name)):
        found += tables_in(file)
    models: list[type[BaseModel]] = list(sort_models(found))
    for model in models:
        if any(field.deferred for field in model._meta.refs):
            model.validate_model()  # again, as now it knows all that it refers to
    check_resources(models)
    return models


def all_resources() -> list[type[Resource]]:
    """Those whose JSON and pages are made from their fields."""
    return [model for model in all_models() if issubclass(model, Resource)]


def source_of(model: type[BaseModel]) -> str:
    """The file of its class, as one calls it in the folder of the program: models/joke.py."""
    return f"{model.__module__.replace('.', '/')}.py"


def tables_in(file: Path) -> list[object]:
    """The classes of this model file that are tables."""
    if not file.stem.isidentifier() or file.stem in NOT_MODELS:
        stop_start_at(file, 1, "this cannot be the name of a model's file", "Rename the file, like planet.py.")
    with unusable_file(file, remedy="Mend that line, and start again." if file.stem in NEEDED else ""):
        module = import_module(f"models.{file.stem}")
    return [each for each in vars(module).values() if is_table_of(module.__name__, each)]


def is_table_of(module_name: str, each: object) -> bool:
    """Whether it is a table made in this module. Unusable for a class that looks like a table and is none."""
    if not isinstance(each, type) or each.__module__ != module_name:
        return False
    name, has_fields = each.__name__, any(isinstance(value, Field) for value in vars(each).values())
    if not issubclass(each, BaseModel) and (issubclass(each, Model) or has_fields):
        stop_start(each, f"nothing is made of {name}, as it is no Resource", f"Write: class {name}(Resource):")
    return issubclass(each, BaseModel) and each not in (BaseModel, Resource)
