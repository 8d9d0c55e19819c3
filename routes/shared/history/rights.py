"""Who may see a change, and undo it: members their own, admins all."""

from collections.abc import Callable
from typing import Any

from models.change import Change
from models.shared.history.refusals import Refusal, row_with
from models.shared.history.row_states import State
from models.shared.history.undoing import UndoPlan
from models.shared.resource import Resource
from models.shared.rows import BaseModel
from models.user import User
from routes.shared.access import forbid, is_mine, member
from routes.shared.history.told import CHANGE_PARAMETER
from routes.shared.login import me
from routes.shared.permissions import may_change, reads_all
from routes.shared.query import query


def visible_change(change: Change) -> Change:
    """`change`, for whoever may see it."""
    if not may_see(change):
        forbid("That belongs to somebody else.")
    return change


def may_see(change: Change) -> bool:
    """Whether who is asking may see all of a change."""
    user = member()
    return user.is_admin or change.person == user.id


def may_undo(change: Change) -> bool:
    """Whether a page should offer it."""
    return not change.undone_by and not change.label and may_see(change)


def change_to_undo() -> int | None:
    """On the page after a form: the change that it was, if who is asking may undo it."""
    number = query().get(CHANGE_PARAMETER, "")
    if not me() or not number.isascii() or not number.isdecimal() or len(number) > 18:
        return None
    found = Change.get_or_none(Change.id == int(number))
    return found.id if found and may_undo(found) else None


def may_see_history(row: BaseModel) -> bool:
    """Whether who is asking sees all that became of a row, whoever did it."""
    return may_change(row) if isinstance(row, Resource) else is_mine(row)


def may_see_values(model: Any, owner: Callable[[], int | None]) -> bool:
    """Whether they may read such a row: of what went along with theirs, some may be hidden from them."""
    return reads_all(model) or owner() == member().id


def owner_then(model: type[BaseModel], row_id: int, state: State | None) -> int | None:
    """Whose the row was that has come or gone, or is now; None when it is nobody's."""
    row = row_with(model, row_id, state) if state else model.get_or_none(model.id == row_id)
    return row.owner_id if row else None


def check_rights(plan: UndoPlan) -> None:
    """403 where somebody would undo now what they might not do any more: they may have been an admin then.

    Of rows that they may not read, the reasons why it cannot be undone say no values.
    """
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
    plan.refusals = [without_values(each, plan) for each in plan.refusals]


def without_values(refusal: Refusal, plan: UndoPlan) -> Refusal:
    """The same, which names no value of a row that who is asking may not read."""
    key = (refusal.model._meta.table_name, refusal.row_id)
    state = plan.now.get(key) or plan.then.get(key)
    if may_see_values(refusal.model, lambda: owner_then(refusal.model, refusal.row_id, state)):
        return refusal
    return refusal._replace(name=f"{key[0]} {key[1]}", reason="is in the way")
