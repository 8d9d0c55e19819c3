"""What somebody wants to become of a roster."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from models.group import Group
from models.user import User


class RosterWish(NamedTuple):
    """The `columns` of what a roster says; the `order` of its dates, where somebody has said it; the user ids that
    somebody has `given`, by lines; whether people who are there are changed, as far as `may_change`; their `group`."""

    columns: Mapping[str, int]
    order: str = ""
    given: Mapping[int, str] = {}
    changes: bool = False
    group: Group | None = None
    may_change: Callable[[User], bool] = bool
