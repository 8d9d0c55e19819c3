"""What `select()` gives: Peewee's query, whose rows are made as quickly as they can be."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import peewee

from models.shared.drivers import fetch_all
from models.shared.row_maker import Maker, row_maker

if TYPE_CHECKING:
    from typing import Any as ModelSelect  # its stubs forget what it is made of
else:
    from peewee import ModelSelect


class RowQuery(ModelSelect):
    """Rows of a model. `and_then` is called with those that were found, to load what belongs to them.

    It also gets what was `given` to the SQL: who looks, where that makes a difference.
    """

    original: Any = None  # that this is a copy of, if it is `kept`
    and_then: Callable[[list[Any], Mapping[str, Any]], None] | None = None
    given: Mapping[str, Any] = {}

    def clone(self) -> Self:
        """Another query."""
        clone: Self = super().clone()
        clone.original = None
        clone.__dict__.pop("maker", None)
        return clone

    @cached_property
    def maker(self) -> Maker | None:
        """What makes a row; None where only Peewee knows how."""
        return row_maker(self) if self._row_type is None else None

    def rows(self, ask: Callable[[], Any], given: Mapping[str, Any]) -> list[Any]:
        """The rows of the answer that the cursor of `ask` gives, which has been asked with what was `given`."""
        cursor = ask()
        rows = list(map(self.maker, fetch_all(cursor, ask)) if self.maker else self._get_cursor_wrapper(cursor))
        self.load_more(rows, given)
        return rows

    def load_more(self, rows: list[Any], given: Mapping[str, Any]) -> None:
        """What belongs to these rows of the answer."""
        if self.and_then and self._model_rows():
            self.and_then(rows, given)

    # What Peewee calls.

    def _execute(self, database: Any) -> Any:
        is_first = self._cursor_wrapper is None
        found = super()._execute(database)
        if is_first and self.and_then:
            self.load_more(list(found), self.given)
        return found

    def _get_model_cursor_wrapper(self, cursor: Any) -> Any:
        return MadeRows(cursor, self.maker) if self.maker else super()._get_model_cursor_wrapper(cursor)


class MadeRows(peewee.CursorWrapper):
    """The rows of an answer, each made by `make`."""

    def __init__(self, cursor: Any, make: Maker) -> None:
        super().__init__(cursor)
        self.make = make

    def process_row(self, row: Any) -> Any:
        """As Peewee's."""
        return self.make(row)
