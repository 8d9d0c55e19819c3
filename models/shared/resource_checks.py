"""What a Resource must be, found at the start rather than by the first visitor."""

import re
import sys
from collections.abc import Iterable, Iterator
from inspect import isfunction, isgeneratorfunction
from itertools import chain
from types import CodeType

from models.shared.class_checks import wrong_indexes, wrong_lists, wrong_ranges, wrong_words
from models.shared.field_checks import lacks_fields, wrong_fields, wrong_pictures
from models.shared.resource import Resource
from models.shared.rows import BaseModel
from models.shared.start_errors import file_of, stop_start, stop_start_at, unusable_file

# First parts of the addresses that the site has already, or keeps for itself.
RESERVED = frozenset(
    "account api changes docs groups health history join lesson login logout me openapi posts sessions static uploads"
    " users".split()
)
PLAIN_NAME = re.compile("[a-z][a-z0-9_]*")
INIT = re.compile("init[_A-Z]")


def check_resources(models: list[type[BaseModel]]) -> None:
    """Unusable for the first Resource that cannot be one."""
    resources = [model for model in models if issubclass(model, Resource)]
    for model in resources:
        with unusable_file(file_of(model)):
            checks = (wrong_fields, wrong_pictures, wrong_words, wrong_lists, wrong_ranges, wrong_indexes)
            refuse_first(model, chain.from_iterable(check(model) for check in checks))
    for model in resources:
        others = [other for other in models if other is not model]
        refuse_first(model, chain(clashes(model, others), lacks_fields(model)))
        refuse_lost_rows(model)
        refuse_silent_rules(model)
        refuse_lost_methods(model)


def refuse_first(model: type[Resource], problems: Iterable[tuple[str, str]]) -> None:
    """Unusable for the first of the (problem, remedy) pairs."""
    for problem, remedy in problems:
        stop_start(model, f"{model.__name__} {problem}", remedy)


def clashes(model: type[Resource], others: list[type[BaseModel]]) -> Iterator[tuple[str, str]]:
    """The (problem, remedy) pairs of names that others have."""
    remedy = 'Give the class another name, or say plural = "…" in it.'
    if not PLAIN_NAME.fullmatch(model.plural):
        yield f"has the plural {model.plural!r}", "A plural has small letters a to z, digits and underscores."
    if model.plural in RESERVED:
        yield f"would have the address /{model.plural}, which the site has already", remedy
    for other in others:
        place = f"in models/{file_of(other).name}"
        if model.__name__ == other.__name__:
            yield f"is the name of a class {place} too", "Give one of them another name."
        if model._meta.table_name == other._meta.table_name:
            yield f"would have the table {model._meta.table_name}, as {other.__name__} {place} has", remedy
        if model.plural == getattr(other, "plural", ""):
            yield f"would have the address /{model.plural}, as {other.__name__} {place} has", remedy


def refuse_lost_rows(model: type[Resource]) -> None:
    """Unusable when its file makes sample rows under a name that nobody calls."""
    module = sys.modules[model.__module__]
    plurals = [each.plural for each in vars(module).values() if is_resource_of(module.__name__, each)]
    called = [f"init_{plural}" for plural in plurals]
    for name, function in vars(module).items():
        is_ours = getattr(function, "__module__", "") == module.__name__
        if INIT.match(name) and is_ours and name not in called:
            names = " or ".join(f"def {name}():" for name in called)
            stop_start(function, f"{name}() is never called", f"Rename it: {names}")


def refuse_silent_rules(model: type[Resource]) -> None:
    """Unusable when its rules are not yielded, and so would be found missing by the first row that breaks one."""
    if not isgeneratorfunction(model.problems):
        stop_start(model.problems, "problems() does not yield", 'Write: yield "name", "must be …", as often as needed')


def refuse_lost_methods(model: type[Resource]) -> None:
    """Unusable when a function with `self` stands beside the class, or in another function: nobody would call it."""
    module = sys.modules[model.__module__]
    own = [each for each in vars(module).values() if getattr(each, "__module__", "") == module.__name__]
    for function in filter(isfunction, own):
        if function.__code__.co_varnames[: function.__code__.co_argcount][:1] == ("self",):
            remedy = f"Move it into the class {model.__name__}: four blanks before its def, eight before its lines."
            stop_start(function, f"{function.__name__}() has a self and stands outside of the class", remedy)
    for function in filter(isfunction, [*own, *vars(model).values()]):
        for inner in function.__code__.co_consts:
            if isinstance(inner, CodeType) and inner.co_varnames[: inner.co_argcount][:1] == ("self",):
                problem = f"{inner.co_name}() has a self and stands within {function.__name__}()"
                remedy = f"Move it into the class {model.__name__}: four blanks before its def, eight before its lines."
                stop_start_at(file_of(model), inner.co_firstlineno, problem, remedy)


def is_resource_of(module_name: str, each: object) -> bool:
    """Whether the module has defined this class."""
    return isinstance(each, type) and issubclass(each, Resource) and each.__module__ == module_name
