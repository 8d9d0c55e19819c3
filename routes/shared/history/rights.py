"""Who may see a change, and undo it: members their own, admins all."""

from collections.abc import Callable
from typing import Any

from models.change import Change
from models.shared.history.undoing import UndoPlan
from models.shared.resource import Resource
from models.shared.rows import BaseModel
from models.user import User
from routes.shared.access import forbid, is_mine, member
from routes.shared.permissions import may_change, reads_all


def visible_change(change: Change) -> Change:
    """`change`, for whoever may see it."""
    user = member()
    if not user.is_admin and change.person != user.id:
        forbid("That belongs to somebody else.")
    return change


def may_undo(change: Change) -> bool:
    """Whether a page should offer it."""
    user = member()
    return not change.undone_by and not change.label and (user.is_admin or change.person == user.id)


def may_see_history(row: BaseModel) -> bool:
    """Whether who is asking sees all that became of a row, whoever did it."""
    return may_change(row) if isinstance(row, Resource) else is_mine(row)


def may_see_values(model: Any, owner: Callable[[], int | None]) -> bool:
    """Whether they may read such a row: of what went along with theirs, some may be hidden from them."""
    return reads_all(model) or owner() == member().id


def check_rights(plan: UndoPlan) -> None:
    """403 where somebody would undo now what they might not do any more: they may have been an admin then."""
    user = member()
    if user.is_admin:
        return
    for step in plan.steps:
        model = plan.models[step.noted.table]
        row_id, is_back = step.row_id, step.done == "create"
        if model is User and (is_back or row_id != user.id or User.role.column_name in step.columns):
            forbid("Only an admin may undo that.")
        if issubclass(model, Resource) and model.writers == "admins":
            forbid("Only an admin may undo that.")
        row = None if is_back else model.get_or_none(model.id == row_id)
        if row and not may_see_history(row):
            forbid("Among what would be changed is a row of somebody else.")
