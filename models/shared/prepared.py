"""Queries whose SQL is made once: Peewee needs longer to write a query than the database to answer it.

What a query looks like is its shape: a model, the order of a list, the names of columns. What differs each time is
`Given`, and is put in when the query is asked.
"""

from collections.abc import Callable
from copy import copy as shallow_copy
from functools import lru_cache, partial, wraps
from typing import Any, NamedTuple

from peewee import ColumnBase, Field

from models.shared.database import database
from models.shared.row_query import RowQuery
from models.shared.viewers import VIEWER, Viewer, ViewerId

MOST_PREPARED = 200  # of one kind: strangers choose orders and filters


class Place(NamedTuple):
    """Where a value stands among the parameters of a query, and what makes of it what a column stores."""

    name: str
    convert: Callable[[Any], Any] | None


class Given(ColumnBase):
    """A value that a prepared query is given by this name. It is one of `field`, or of what it is compared with."""

    def __init__(self, name: str, field: Field | None = None) -> None:
        self.name, self.field = name, field

    def __sql__(self, ctx: Any) -> Any:
        convert = self.field.db_value if self.field is not None else ctx.state.converter
        return ctx.value(Place(self.name, convert), converter=False)


class Prepared:
    """A query in the SQL of the database that is bound just now."""

    def __init__(self, query: Any) -> None:
        self.query = query
        self.given: dict[str, Any] = {}
        self.sql, parameters = query.sql()
        self.places = [parameter_place(number, each) for number, each in enumerate(parameters)]
        # A value that is always the same has its number for a name.
        same = ((str(number), each) for number, each in enumerate(parameters) if type(each) not in (Place, ViewerId))
        self.same = dict(same)

    def with_values(self, given: dict[str, Any]) -> "Prepared":
        """The same for whoever looks, where that makes a difference."""
        if not given:
            return self
        found = shallow_copy(self)
        found.given = given
        found.same = self.same | given
        return found

    def parameters(self, /, **values: Any) -> list[Any]:
        """All values that the SQL has places for."""
        values |= self.same
        return [values[name] if convert is None else convert(values[name]) for name, convert in self.places]

    def execute(self, /, **values: Any) -> Any:
        """The cursor of the answer."""
        return database.execute_sql(self.sql, self.parameters(**values))

    def rows(self, /, **values: Any) -> list[Any]:
        """All rows of the answer."""
        found: list[Any] = self.query.rows(partial(self.execute, **values), self.given)
        return found

    def value(self, /, **values: Any) -> Any:
        """The first value of the first row; None without one."""
        row = self.execute(**values).fetchone()
        return row[0] if row else None


def parameter_place(number: int, value: Any) -> Place:
    """Where this one of the parameters stands."""
    if type(value) is Place:
        return value
    return Place(VIEWER if type(value) is ViewerId else str(number), None)


def prepared(build: Callable[..., Any]) -> Callable[..., Prepared]:
    """What `build` makes of a shape, prepared: once, unless the shape begins with a query that is not `kept`."""

    @lru_cache(MOST_PREPARED)
    def made_once(_engine: Any, *shape: Any) -> Prepared:
        return Prepared(build(*shape))

    @wraps(build)
    def of_shape(*shape: Any) -> Prepared:
        engine: Any = type(database.obj)
        given = given_in(shape)
        if shape and isinstance(shape[0], RowQuery):
            if shape[0].original is None:
                return Prepared(build(*shape)).with_values(given)
            shape = (shape[0].original, *shape[1:])
        return made_once(engine, *alike(shape)).with_values(given)

    return of_shape


def kept(build: Callable[..., Any]) -> Callable[..., Any]:
    """What `build` makes of a model, made once; each caller gets a copy, as a query keeps the rows it has found.

    Where whoever looks is in the shape, the SQL is the same for all of their kind.
    """
    once = lru_cache(MOST_PREPARED)(build)

    @wraps(build)
    def copy(*shape: Any) -> Any:
        query = once(*shape).clone()
        query.original = once(*alike(shape))
        query.given = given_in(shape)
        return query

    return copy


def alike(shape: tuple[Any, ...]) -> list[Any]:
    """The shape, where a viewer is one of their kind."""
    return [each.kind if isinstance(each, Viewer) else each for each in shape]


def given_in(shape: tuple[Any, ...]) -> dict[str, Any]:
    """The values that the parts of a shape bring."""
    return {name: value for each in shape if isinstance(each, Viewer | RowQuery) for name, value in each.given.items()}
