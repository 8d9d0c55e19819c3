"""Models in which the site itself keeps logins, drafts and copies: each request has them, and seldom is about them."""

from functools import cache
from typing import Any

from models.shared.loading import NEEDED, all_models

MEANT = ("user", "post")  # of those that the site cannot do without


def is_housekeeping(model: str) -> bool:
    """Whether the model of this name is one of them."""
    return model in {each.__name__ for each in housekeeping_models()}


def is_housekeeping_table(table: str) -> bool:
    """Whether the table of this name is one of theirs."""
    return table in {each._meta.table_name for each in housekeeping_models()}


@cache
def housekeeping_models() -> list[Any]:
    """All of them."""
    stems = [each for each in NEEDED if each not in MEANT]
    return [each for each in all_models() if each.__module__.removeprefix("models.") in stems]
