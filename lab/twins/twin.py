"""A twin: the same in Python and in SQL."""

from typing import NamedTuple

from models.shared.rows import BaseModel


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


Model = type[BaseModel]
