"""What is to be done with the rows of a file, and what whoever brings them may do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from peewee import Field, ModelSelect

from models.shared.one_row import all_of


class Wish(NamedTuple):
    """`fields` are the fields by the numbers of the columns they stand in.

    A row is there already when one has the same `match`, which is a unique field; without one, every row is new. What
    is new is added with `adds`, what is there is changed with `changes`. The others are passed over.
    """

    fields: Mapping[int, str]
    match: str = ""
    adds: bool = True
    changes: bool = False


@dataclass(frozen=True)
class Rights:
    """What may be given: `fields`, of new rows and of those that `may_change`. The others of `model` are not for them.

    `owner` is what a new row has unless the file says it; `rows` are those they know of, and they may not refer to what
    is `hidden`. `admin` is the user, if it is one by whose role all this is. Unless they `keep_ids`, a new row gets a
    number of its own.
    """

    model: Any
    fields: tuple[str, ...]
    owner: Mapping[str, Any] = field(default_factory=dict)
    rows: "ModelSelect[Any] | None" = None
    may_change: Callable[[Any], bool] = bool
    hidden: Callable[[Field, Any], bool] = lambda _field, _value: False
    admin: Any = None
    keep_ids: bool = True

    @property
    def known_rows(self) -> "ModelSelect[Any]":
        """Those that may be changed, perhaps."""
        return all_of(self.model) if self.rows is None else self.rows


def all_rights(model: Any) -> Rights:
    """Those of whoever sits at the machine: all that may be seen may be given, too."""
    from models.shared.exchange.columns import file_fields

    return Rights(model, tuple(each.name for each in file_fields(model)))
