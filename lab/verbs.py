"""What every model can do, as its class and that of its kind say in `models/shared/`: create, read, update, delete …"""

from collections.abc import Iterator
from types import CodeType, FunctionType
from typing import Any

from models.shared.loading import all_models


def verbs() -> dict[int, CodeType]:
    """The public methods that a model has from machinery, by the id of their code."""
    classes = {each for model in all_models() for each in model.__mro__ if each.__module__.startswith("models.shared.")}
    found = [code for each in classes for name, value in vars(each).items() if name[0] != "_" for code in codes(value)]
    return {id(code): code for code in found}


def codes(value: Any) -> Iterator[CodeType]:
    """The code of a method: of both halves, where a row and its class have each one."""
    for each in (value, *(getattr(value, name, None) for name in ("__func__", "func", "expr"))):
        if isinstance(each, FunctionType):
            yield each.__code__
