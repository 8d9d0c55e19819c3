"""Whether a row keeps its rules: those of its fields, those of its class, and that nobody else has what is unique."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import nullcontext, suppress
from functools import cache
from itertools import islice
from typing import Any

from peewee import DoesNotExist, Field

from models.shared.one_row import is_there
from models.shared.values import accepted

LONGEST_NAME = 60  # of a field that somebody made up
MOST_PROBLEMS = 100


class Invalid(Exception):
    """A row that breaks its rules.

    `problems` is {field: message}, every problem at once; a message finishes the sentence "name …". `summary` says
    it in one sentence, where the names are not ours and so are not repeated.
    """

    def __init__(self, problems: dict[str, str], summary: str = "") -> None:
        self.problems = {shortened(field): message for field, message in islice(problems.items(), MOST_PROBLEMS)}
        super().__init__(summary or "; ".join(f"{field} {message}" for field, message in self.problems.items()))


def shortened(name: str) -> str:
    """`name`, of which only the beginning is repeated when it is long."""
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"


def check_known(model: Any, values: Collection[str]) -> None:
    """`Invalid` for a name that is no field: Peewee sets any attribute, and so a misspelt or a made-up one too."""
    known = known_names(model)
    problems = {name: "is not a field" for name in values if name not in known}
    if "id" in values:
        problems["id"] = "is given by the database"
    if problems:
        raise Invalid(problems)


@cache
def known_names(model: Any) -> frozenset[str]:
    """Of all that a row may be given, and of the ids of rows that it refers to."""
    return frozenset((*model._meta.fields, *model.write_only, *(field.object_id_name for field in model._meta.refs)))


def check_row(row: Any, fields: Iterable[Field]) -> None:
    """Bring `fields` of the row, and what it was given, into their stored form; `Invalid` with every problem."""
    data, given = dict(row.__data__), dict(row.given)
    problems = dict(field_problems(row, fields))
    # Of a row with bad values, a rule that compares them may find none to compare, or no row that it refers to.
    with suppress(TypeError, AttributeError, DoesNotExist) if problems else nullcontext():
        for name, message in row.problems():
            problems.setdefault(name, message)
    for name, message in taken_together(row):
        problems.setdefault(name, message)
    if problems:
        row.__data__, row.given = data, given
        raise Invalid(problems)


def field_problems(row: Any, fields: Iterable[Field]) -> Iterator[tuple[str, str]]:
    """The (field, message) pairs of single values. A bad one becomes None, so that `problems` meets no wrong type."""
    columns = [(field, row.__data__) for field in fields if not field.primary_key]
    for field, values in columns + [(row.write_only[name], row.given) for name in row.given]:
        try:
            values[field.name] = accepted(field, values.get(field.name))
            if values is row.__data__:
                check_unique(row, field)
        except ValueError as error:
            yield field.name, str(error)
            values[field.name] = None


def check_unique(row: Any, field: Field) -> None:
    """ValueError when another row has this value."""
    value = row.__data__[field.name]
    if field.unique and value is not None and is_taken(row, {field.name: value}):
        raise ValueError("is already taken")


def taken_together(row: Any) -> Iterator[tuple[str, str]]:
    """The (field, message) pairs of unique indexes over several fields which another row stands in the way of."""
    for fields in unique_together(row):
        values = {field.name: row.__data__.get(field.name) for field in fields}
        if None not in values.values() and is_taken(row, values):
            *others, last = values
            yield last, f"is already taken with this {' and '.join(others)}"


def unique_together(model: Any) -> Iterator[list[Field]]:
    """The fields of each index over several, whose values together only one row may have."""
    for index in model._meta.indexes:
        names, is_unique = index if isinstance(index, tuple | list) else ((), False)
        if is_unique:
            yield [model._meta.combined[name] for name in names]


def unique_fields(model: Any) -> Iterator[list[Field]]:
    """All fields whose value, or values together, only one row may have; but the id."""
    yield from ([field] for field in model._meta.sorted_fields if field.unique and not field.primary_key)
    yield from unique_together(model)


def is_taken(row: Any, values: dict[str, Any]) -> bool:
    """Whether another row of the table has all these values."""
    return is_there(type(row), values, but=row.id or 0)
