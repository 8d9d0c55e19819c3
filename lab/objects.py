"""The variables of a function that failed, also when they are objects of a student's own classes."""

import sys
from collections.abc import Iterator
from itertools import islice
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any

from peewee import Model

from lab.drawn import drawn_names, with_name
from lab.patience import Patience
from lab.places import FILE_KINDS, OWN
from lab.record import Variable
from lab.secrets import Secrets, is_secret_name

MOST_VARIABLES = 30
EVERYWHERE = ("base", "resources", "notice", "can_add_users")


class Surroundings:
    """Draws what a failure has around it. Secrets are found on the way, so all is to be hidden at the end."""

    def __init__(self, secrets: Secrets, patience: Patience) -> None:
        self.secrets, self.patience = secrets, patience

    def variables(self, frame: FrameType) -> list[Variable]:
        """Those of a function. Of a view and a file they are also what it was given, or has defined."""
        return [self.variable(name, value) for name, value in islice(shown_names(frame), MOST_VARIABLES)]

    def variable(self, name: str, value: Any) -> Variable:
        """One, with what its own class says of it."""
        names = attributes(value)
        if is_secret_name(name) or names is None:
            text = with_name(name, value, self.secrets).partition("=")[2]
        else:
            self.secrets.add_all(each for key, each in names.items() if is_secret_name(str(key)))
            text = f"{type(value).__name__}({drawn_names(names, self.secrets)})"
        says = "" if is_secret_name(name) else self.says(value)
        return Variable(name, text, says)

    def says(self, value: Any) -> str:
        """What the student's own `__repr__` or `__str__` makes of a value; nothing when there is none."""
        found = own_description(type(value))
        if found is None:
            return ""
        name, code = found
        text, why = self.patience.text(repr if name == "__repr__" else str, value, code)
        return f"<its {name} {why}>" if why else text or f"<its {name} gives no letter>"

    def message(self, error: BaseException) -> str:
        """What an exception says. That may be a student's words, too, or those of one of their objects."""
        text, why = self.patience.text(str, error)
        notes = [each for each in vars(error).get("__notes__", ()) if type(each) is str]
        return "\n".join([f"<its __str__ {why}>" if why else text, *notes])


def shown_names(frame: FrameType) -> Iterator[tuple[str, Any]]:
    """The variables that are worth a look: of a view not what every view has."""
    is_function = frame.f_code.co_name != "<module>"
    for name, value in dict(frame.f_locals).items():
        if type(name) is not str or not name.isidentifier() or name.startswith("__"):
            continue
        is_usual = name in EVERYWHERE or name.startswith("_") or callable(value) or type(value) is ModuleType
        if is_function or not is_usual:
            yield name, value


def attributes(value: Any) -> dict[Any, Any] | None:
    """What an object of a student's class, or a row, has in it. No method is called for it; None for anything else."""
    kind = type(value)
    if issubclass(kind, type) or not (issubclass(kind, Model) or is_own_class(kind)):
        return None
    try:
        found = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return None
    names = found.get("__data__") if issubclass(kind, Model) else found
    return names if type(names) is dict else None


def is_own_class(kind: type) -> bool:
    """Whether it is written in a file of the student's."""
    module = sys.modules.get(kind.__module__) if type(kind.__module__) is str else None
    file = getattr(module, "__file__", None)
    return bool(file) and FILE_KINDS[str(file)] == OWN


def own_description(kind: type) -> tuple[str, CodeType] | None:
    """The name and the code of the method by which a student's class describes its objects."""
    for name in ("__repr__", "__str__"):
        method = next((vars(each)[name] for each in type.mro(kind) if name in vars(each)), None)
        if isinstance(method, FunctionType) and FILE_KINDS[method.__code__.co_filename] == OWN:
            return name, method.__code__
    return None
