"""How the database finds the rows of one statement."""

from collections.abc import Callable
from typing import Any, NamedTuple

from models.shared.sql_names import sql_name

LONG_TABLE = 300  # rows: to read fewer takes no time


class Plan(NamedTuple):
    """In words, or the `problem` why it cannot be had. `scanned` are the tables of which every row is read.

    `is_sorted` says that rows are put into order, which no index has.
    """

    words: tuple[str, ...] = ()
    scanned: tuple[str, ...] = ()
    is_sorted: bool = False
    problem: str = ""

    @property
    def text(self) -> str:
        """All of it."""
        return "; ".join(self.words) or self.problem


# A number that changes with the tables, what explains a statement, and what says whether a table is long.
Explaining = tuple[Any, Callable[[str], Plan], Callable[[str], bool]]


def long_query(table: str) -> str:
    """Finds something in a table that is long."""
    return f"SELECT 1 FROM {sql_name(table)} LIMIT 1 OFFSET {LONG_TABLE}"  # noqa: S608 - the name is quoted
