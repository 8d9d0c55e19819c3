"""A twin: the same in Python and in SQL."""

from typing import NamedTuple

LOOPS = ("n-plus-1", "cure")  # what they print is not what each statement gives


class Twin(NamedTuple):
    """`name` stands in addresses, `title` and `about` are for people. `sql` is what a person would write.

    `changes` says that it changes rows.
    """

    name: str
    title: str
    python: str
    sql: str
    about: str = ""
    changes: bool = False

    @property
    def is_loop(self) -> bool:
        """Whether its rows are those that Python has printed."""
        return self.name in LOOPS

    @property
    def is_expression(self) -> bool:
        """Whether its Python may be typed into the box: it is a query, and no loop and no verb of a row."""
        return not self.changes and not self.is_loop and self.name != "read"
