"""What the rows of a list must have, as a URL says it: a value, or one from … to."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache, reduce
from operator import eq, ge, le, or_
from typing import Any, NamedTuple

from peewee import Field

from models.shared.conversions import ISO_DATE
from models.shared.kinds import kind_of
from models.shared.row_checks import Invalid
from models.shared.rules import check_choice
from models.shared.values import converted, from_form

SIGNS = {"is": eq, "refers": eq, "from": ge, "to": le}


class Filter(NamedTuple):
    """A value that a column has: it `is` this one, or one `from` it on or up `to` it.

    Of several columns, one `refers` to the row whose list it is.
    """

    names: tuple[str, ...]
    sign: str = "is"

    def holds(self, model: Any, value: Any) -> Any:
        """The condition in a query; None stands for rows without a value."""
        fields = [model._meta.fields[name] for name in self.names]
        return reduce(or_, [field.is_null() if value is None else SIGNS[self.sign](field, value) for field in fields])


Filters = dict[Filter, Any]  # with their values; None for rows without one


@cache
def known_filters(model: Any) -> dict[str, Filter]:
    """All that a list of `model` can be asked for, by its name in a URL."""
    exact = {name: Filter((name,)) for name in model.filters}
    ranges = {f"{name}_{sign}": Filter((name,), sign) for name in model.ranges for sign in ("from", "to")}
    return exact | {name: each for name, each in ranges.items() if name not in model._meta.fields}


def read_filters(model: Any, texts: Mapping[str, str]) -> Filters:
    """What these texts ask for. `Invalid` names each that a list cannot be asked for."""
    known, found, problems = known_filters(model), {}, {}
    for name, text in texts.items():
        try:
            if name not in known:
                raise ValueError("is not a field")
            asked = known[name]
            found[asked] = read_value(model._meta.fields[asked.names[0]], asked.sign, text)
        except ValueError as error:
            problems[name] = str(error)
    if problems:
        raise Invalid(problems)
    return found


def read_value(field: Field, sign: str, text: str) -> Any:
    """ValueError with a message for what no row can have."""
    if sign == "to" and kind_of(field).stored_as is datetime and ISO_DATE.fullmatch(text):
        text = f"{text}T23:59:59"  # a day, to its end
    value = converted(field, from_form({field.name: field}, {field.name: text})[field.name])
    if value is None and (sign != "is" or not field.null):
        raise ValueError("is required")
    check_choice(field, value)
    return value
