"""What a Resource must be, found at the start rather than by the first visitor: names, words and fields."""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from inspect import isgeneratorfunction
from itertools import chain
from typing import Any

from peewee import Field, ForeignKeyField

from models.shared.kinds import KINDS, has_kind, kind_of
from models.shared.resource import Resource, is_owner
from models.shared.rows import BaseModel
from models.shared.start_errors import file_of, stop_start, unusable_file
from models.shared.values import accepted

# First parts of the addresses that the site has already, or keeps for itself.
RESERVED = frozenset(
    "account api docs health lesson login logout me openapi posts sessions static uploads users".split()
)
WORDS = ("everyone", "members", "owners", "admins")
NAME = re.compile("[a-z][a-z0-9_]*")
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
    if not NAME.fullmatch(model.plural):
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


def wrong_fields(model: type[Resource]) -> Iterator[tuple[str, str]]:
    """The (problem, remedy) pairs of the fields."""
    if model._meta.primary_key is not model._meta.fields.get("id"):
        yield "has a primary key of its own", "Take primary_key=True away: every row gets an id."
    for name, value in vars(model).items():
        if isinstance(value, type) and issubclass(value, Field):
            yield f"has a field {name} without brackets", f"Write {name} = {value.__name__}()."
    for name in model._meta.manytomany:
        yield f"has a field {name} that is a ManyToManyField", "Write a class with two foreign keys."
    columns = Counter(column.lower() for column in model._meta.columns)
    for column in [column for column, count in columns.items() if count > 1]:
        yield f"has two fields in the column {column}", "Rename one; capitals make no difference."
    if len([field for field in model._meta.sorted_fields if is_owner(field)]) > 1:
        yield "has both a user and an owner", "Rename the one that does not say whose a row is."
    for field in model._meta.sorted_fields[1:]:
        for problem, remedy in wrong_field(field):
            yield f"has a field {field.name} {problem}", remedy


def lacks_fields(model: type[Resource]) -> Iterator[tuple[str, str]]:
    """The (problem, remedy) pair of a class without any."""
    if len(model._meta.sorted_fields) == 1:
        yield "has no fields", "Write one in it, like name = CharField(max_length=100)."


def wrong_field(field: Field) -> Iterator[tuple[str, str]]:
    """The (problem, remedy) pair of one field."""
    if not has_kind(field):
        classes = ", ".join(each.__name__ for each, kind in KINDS.items() if kind.template)
        yield f"that is a {type(field).__name__}", f"Take one of {classes}."
    elif hasattr(Resource, field.name) or field.name == "self":
        yield "which hides what every row has by that name", "Give the field another name."
    elif field.column_name == "id":
        yield "in the column id, which is the row's number", "Give the column another name."
    elif wrong := kind_of(field).wrong(field):
        yield wrong
    elif has_bad_backref(field):
        yield "with a backref which hides what is there by that name", "Give it another one."
    elif has_bad_choices(field):
        yield "with choices that cannot be chosen", 'Write pairs of a value and a label: choices=[("s", "Small")].'
    elif has_bad_default(field):
        yield f"with the default {field.default!r}, which it would refuse", "Give it one that fits the field."


def has_bad_backref(field: Any) -> bool:
    """Whether it refers back by a name that is taken."""
    name = getattr(field, "backref", "+")  # which stands for none
    return hasattr(BaseModel, name) or name in getattr(field, "rel_model", field.model)._meta.fields


def has_bad_choices(field: Field) -> bool:
    """Whether a choice is one that the field would refuse."""
    try:
        return any(not is_choice(field, pair) for pair in field.choices or ())
    except (TypeError, ValueError):
        return True


def is_choice(field: Field, pair: Any) -> bool:
    """Whether it is a value that the field takes, and its label."""
    return isinstance(pair, tuple | list) and len(pair) == 2 and bool(accepted(field, pair[0]) == pair[0])


def has_bad_default(field: Field) -> bool:
    """Whether the field would refuse its own default."""
    if field.default is None or callable(field.default) or isinstance(field, ForeignKeyField):
        return False
    try:
        accepted(field, field.default)
    except ValueError:
        return True
    return False
