"""What somebody wants to become of a roster."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from models.group import Group
from models.user import User


class RosterWish(NamedTuple):
    """The `columns` of what a roster says; the `order` of its dates, where somebody has said it; the user ids that
    somebody has `given`, by lines; whether people who are there are changed; their `group`, and whom of those
    who are there already somebody `may_take_in`."""

    columns: Mapping[str, int]
    order: str = ""
    given: Mapping[int, str] = {}
    changes: bool = False
    group: Group | None = None
    may_take_in: Callable[[User], bool] = bool
