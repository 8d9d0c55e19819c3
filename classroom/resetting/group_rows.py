"""Which rows are those of a group's members."""

from typing import Any

from models.group import Group
from models.shared.loading import all_models
from models.shared.resource import is_owner
from models.shared.viewers import is_for_group
from models.user import User


def rows_of_members(group: Group, members: list[User]) -> dict[Any, set[int]]:
    """By their models the ids of the rows that these members own; and of those that nobody owns, the group's own.

    What is for another group stays: it is that group's.
    """
    found: dict[Any, set[int]] = {}
    for model in all_models():
        where = condition(model, group, [user.id for user in members]) if model.plural and model is not User else None
        if where is not None:
            rows: Any = model.select(model.id).where(where)
            found[model] = {number for (number,) in rows.tuples()}
    return found


def condition(model: Any, group: Group, ids: list[int]) -> Any:
    """What such rows of a table meet; nothing where none can be."""
    owner = next(filter(is_owner, model._meta.refs), None)
    of_group = next(filter(is_for_group, model._meta.refs), None)
    if owner is None:
        return None if of_group is None else of_group == group
    theirs = owner.in_(ids)
    return theirs if of_group is None else theirs & (of_group.is_null() | (of_group == group))
