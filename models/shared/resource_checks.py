"""What a Resource must be, found at the start rather than by the first visitor."""

import re
import sys
from collections.abc import Iterable, Iterator
from inspect import isgeneratorfunction
from itertools import chain

from models.shared.field_checks import lacks_fields, wrong_fields
from models.shared.resource import Resource
from models.shared.rows import BaseModel
from models.shared.start_errors import file_of, stop_start, unusable_file

# First parts of the addresses that the site has already, or keeps for itself.
RESERVED = frozenset(
    "account api docs health lesson login logout me openapi posts sessions static uploads users".split()
)
WORDS = ("everyone", "members", "owners", "admins")
PLAIN_NAME = re.compile("[a-z][a-z0-9_]*")
INIT = re.compile("init[_A-Z]")


def check_resources(models: list[type[BaseModel]]) -> None:
    """Unusable for the first Resource that cannot be one."""
    resources = [model for model in models if issubclass(model, Resource)]
    for model in resources:
        with unusable_file(file_of(model)):
            checks = (wrong_fields, wrong_words, wrong_lists, wrong_indexes)
            refuse_first(model, chain.from_iterable(check(model) for check in checks))
    for model in resources:
        others = [other for other in models if other is not model]
        refuse_first(model, chain(clashes(model, others), lacks_fields(model)))
        refuse_lost_rows(model)
        refuse_silent_rules(model)


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


def is_resource_of(module_name: str, each: object) -> bool:
    """Whether the module has defined this class."""
    return isinstance(each, type) and issubclass(each, Resource) and each.__module__ == module_name


def wrong_words(model: type[Resource]) -> Iterator[tuple[str, str]]:
    """The (problem, remedy) pairs of `readers` and `writers`."""
    words = f"The words are {', '.join(WORDS)}."
    if model.readers not in ("", *WORDS):
        yield f"has the readers {model.readers!r}", words
    if model.writers not in WORDS:
        yield f"has the writers {model.writers!r}", words
    if model.readers == "owners" and not model.owner_field():
        yield "is for its owners to read, and no field says who owns a row", "Add user = ForeignKeyField(User)."
    owner = model.owner_field()
    if model.writers == "everyone" and owner and not owner.null:
        remedy = f"Say null=True in {owner.name}, as who is not logged in can own nothing; or take other writers."
        yield "is for everyone to write, and each row must have an owner", remedy


def wrong_lists(model: type[Resource]) -> Iterator[tuple[str, str]]:
    """The (problem, remedy) pairs of what a list says of itself."""
    for name in ("plural", "sort"):
        if not isinstance(getattr(model, name), str):
            yield f"has a {name} that is no text", "Write it in quotes, or call the field something else."
            return
    for kind in ("sorts", "filters", "searched", "read_only"):
        for name in getattr(model, kind):
            if name not in model._meta.fields:
                yield f"has {name!r} in {kind}, which is no field of it", "Take it out, or add the field."
    for name in model.shows:
        if not hasattr(model, name):
            yield f"has {name!r} in shows, which is no field and no property of it", "Take it out, or add one."
    if model.sort.removeprefix("-") not in model.sorts:
        yield f"is sorted by {model.sort!r}, which is not in sorts", "Take one of sorts, with or without a - before it."


def wrong_indexes(model: type[Resource]) -> Iterator[tuple[str, str]]:
    """The (problem, remedy) pairs of `Meta.indexes`."""
    remedy = 'Write indexes = ((("name", "moons"), True),), with both commas; True is for pairs that may come once.'
    for entry in model._meta.indexes:
        names = entry[0] if isinstance(entry, tuple | list) and len(entry) == 2 else None
        if not isinstance(names, tuple | list) or not isinstance(entry[1], bool):
            yield f"has {entry!r} in its indexes", remedy
        elif not all(name in model._meta.combined for name in names):
            yield f"has an index on {', '.join(map(str, names))}, and not all are fields of it", remedy
