"""What we know: one file per table."""

from functools import cache
from importlib import import_module
from pathlib import Path

from peewee import Model, sort_models  # type: ignore[attr-defined]  # its stubs forget it

from models.base import BaseModel
from models.resource import Resource
from models.unusable import Unusable, exit_on, refuse, refuse_line, unusable_file

__all__ = ["Post", "User", "all_models", "all_resources"]

FOLDER = Path(__file__).parent

# Every program of the house needs these two, so a mistake in one ends it here.
with exit_on(Unusable), unusable_file(FOLDER / "user.py", remedy="Mend that line, and start again."):
    from models.post import Post
    from models.user import User


@cache
def all_models() -> list[type[BaseModel]]:
    """Every table's class, parents before children. Unusable for a file that cannot be used."""
    from models.checks import check_resources  # which needs this file's models

    found = []
    for file in sorted(FOLDER.glob("[!._]*.py")):
        if not file.stem.isidentifier():
            refuse_line(file, 1, "this cannot be the name of a model's file", "Call it like planet.py.")
        with unusable_file(file):
            module = import_module(f"models.{file.stem}")
        found += [each for each in vars(module).values() if is_table_of(module.__name__, each)]
    models: list[type[BaseModel]] = list(sort_models(found))
    check_resources(models)
    return models


def all_resources() -> list[type[Resource]]:
    """Those whose JSON and pages are made from their fields."""
    return [model for model in all_models() if issubclass(model, Resource)]


def is_table_of(module_name: str, each: object) -> bool:
    if not isinstance(each, type) or each.__module__ != module_name or not issubclass(each, Model):
        return False
    if not issubclass(each, BaseModel):
        name = each.__name__
        refuse(each, f"nothing is made of {name}, as it is no Resource", f"Write: class {name}(Resource):")
    return each not in (BaseModel, Resource)
