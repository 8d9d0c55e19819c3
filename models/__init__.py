"""What we know: one file per table."""

from importlib import import_module
from pathlib import Path

from peewee import sort_models  # type: ignore[attr-defined]  # its stubs forget it

from models.base import BaseModel
from models.post import Post
from models.user import User

__all__ = ["Post", "User", "all_models"]


def all_models() -> list[type[BaseModel]]:
    """Every table's class, parents before children."""
    found = []
    for file in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        module = import_module(f"models.{file.stem}")
        found += [each for each in vars(module).values() if is_table_of(module.__name__, each)]
    return list(sort_models(found))


def is_table_of(module_name: str, each: object) -> bool:
    return (
        isinstance(each, type)
        and issubclass(each, BaseModel)
        and each is not BaseModel
        and each.__module__ == module_name
    )
