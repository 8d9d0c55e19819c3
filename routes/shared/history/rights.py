"""Who may see a change, and undo it: members their own, admins all."""

from collections.abc import Callable
from typing import Any

from models.change import Change
from models.changed_row import ChangedRow
from models.closed_account import ClosedAccount
from models.group import Group
from models.hidden_post import HiddenPost
from models.membership import Membership
from models.post import Post
from models.shared.history.refusals import Refusal, row_with
from models.shared.history.row_states import State
from models.shared.history.undoing import StepBack, UndoPlan
from models.shared.resource import Resource
from models.shared.rows import BaseModel
from models.shared.viewers import is_for_group, is_narrowed
from models.user import User
from routes.shared.access import forbid, is_mine, member
from routes.shared.history.told import CHANGE_PARAMETER
from routes.shared.login import me
from routes.shared.permissions import may_change, readable, reads_all, refers_to_hidden, sees
from routes.shared.query import query
from routes.shared.teaching import (
    NOT_TAUGHT,
    may_take_in_again,
    may_take_out_of_group,
    may_teach,
    may_teach_user,
)

ADMINS_BRING_BACK = (Group, Membership, ClosedAccount)  # what says who may do what


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
    return found.id if found and may_undo(found) and not takes_an_admin(found) else None


def takes_an_admin(change: Change) -> bool:
    """Whether who is asking is none, and only an admin takes away again what has come, or brings back what has gone."""
    user, table, done = member(), ChangedRow.table_name, ChangedRow.done
    of_group = (table == Group._meta.table_name) & (done != "update")
    of_other = (table == User._meta.table_name) & (done != "update") & (ChangedRow.row_id != user.id)
    opened = (table == ClosedAccount._meta.table_name) & (done == "delete")
    rows = ChangedRow.select().where((ChangedRow.change == change) & (of_group | of_other | opened))
    return not user.is_admin and rows.exists()


def may_see_history(row: BaseModel) -> bool:
    """Whether who is asking sees all that became of a row, whoever did it."""
    return (may_change(row) and sees(row)) if isinstance(row, Resource) else is_mine(row)


def may_see_values(model: Any, row_id: int, owner: Callable[[], int | None]) -> bool:
    """Whether they may read such a row: of what went along with theirs, some may be hidden from them."""
    return reads_all(model) or owner() == member().id or (is_narrowed(model) and sees_now(model, row_id))


def sees_now(model: Any, row_id: int) -> bool:
    """Whether the row is there, and who is asking may read it."""
    return bool(readable(model).where(model.id == row_id).exists())


def owner_then(model: type[BaseModel], row_id: int, state: State | None) -> int | None:
    """Whose the row was that has come or gone, or is now; None when it is nobody's."""
    row = row_with(model, row_id, state) if state else model.get_or_none(model.id == row_id)
    return row.owner_id if row else None


def check_rights(plan: UndoPlan) -> None:
    """403 where somebody would undo now what they might not do any more: they may have been an admin then.

    Of rows that they may not read, the reasons why it cannot be undone say no values.
    """
    user = member()
    refuse_closing_oneself(plan, user)
    if user.is_admin:
        return
    for step in plan.steps:
        model = plan.models[step.noted.table]
        row_id, is_back = step.row_id, step.done == "create"
        if model in ADMINS_BRING_BACK and is_back and not may_come_back(model, plan, row_id):
            forbid("Only an admin may undo that.")
        if model is Membership and step.done == "delete" and may_take_out(row_id):
            continue
        if model is User and (is_back or row_id != user.id or User.role.column_name in step.columns):
            forbid("Only an admin may undo that.")
        if issubclass(model, Resource) and model.writers == "admins":
            forbid("Only an admin may undo that.")
        if model is HiddenPost and not may_undo_hiding(plan, row_id):
            forbid(NOT_TAUGHT)
        if refers_to_hidden_group(plan, model, step):
            forbid("It would be for a group again that you are not in.")
        row = None if is_back else model.get_or_none(model.id == row_id)
        if row and not may_see_history(row) and not may_step_back_as_teacher(row, step):
            forbid("Among what would be changed is a row of somebody else.")
    plan.refusals = [without_values(each, plan) for each in plan.refusals]


def refuse_closing_oneself(plan: UndoPlan, user: User) -> None:
    """403: nobody could open the account of the last admin again."""
    states = [state for (table, _), state in plan.then.items() if state and table == ClosedAccount._meta.table_name]
    if any(state.get(ClosedAccount.user.column_name) == user.id for state in states):
        forbid("That would close your own account.")


def may_come_back(model: type[BaseModel], plan: UndoPlan, row_id: int) -> bool:
    """Whether a row that says who may do what comes back for somebody who is no admin.

    A teacher may take in again whom they have taken out, unless somebody else teaches them now.
    """
    state = plan.then.get((model._meta.table_name, row_id))
    row = row_with(model, row_id, state) if state else None
    return isinstance(row, Membership) and may_take_in_again(row)


def may_take_out(row_id: int) -> bool:
    """Whether who is asking may take this membership back."""
    found = Membership.get_or_none(Membership.id == row_id)
    return found is not None and may_take_out_of_group(found)


def may_step_back_as_teacher(row: BaseModel, step: StepBack) -> bool:
    """Whether it is what a teacher does: a group of theirs changes, or an account that they have closed is open."""
    if isinstance(row, Group):
        return step.done == "update" and may_teach(row)
    if isinstance(row, ClosedAccount):
        return step.done == "delete" and may_teach_user(User.get_by_id(row.user_id))
    return False


def may_undo_hiding(plan: UndoPlan, row_id: int) -> bool:
    """Whether they may hide that post now, or show it; a post of theirs that comes back may come back hidden."""
    key = (HiddenPost._meta.table_name, row_id)
    state = plan.now.get(key) or plan.then.get(key) or {}
    post_key = (Post._meta.table_name, state.get(HiddenPost.post.column_name, 0))
    if post_key in plan.then and post_key not in plan.now:
        return True
    post = Post.get_or_none(Post.id == post_key[1])
    return bool(post and Membership.teaches(member(), post.user))


def refers_to_hidden_group(plan: UndoPlan, model: Any, step: StepBack) -> bool:
    """Whether a row would be for a group again that they are not in."""
    field = model._meta.fields.get("group")
    if not is_for_group(field) or field.column_name not in step.columns:
        return False
    then = plan.then.get((step.noted.table, step.row_id)) or {}
    return refers_to_hidden(field, then.get(field.column_name))


def without_values(refusal: Refusal, plan: UndoPlan) -> Refusal:
    """The same, which names no value of a row that who is asking may not read."""
    key = (refusal.model._meta.table_name, refusal.row_id)
    state = plan.now.get(key) or plan.then.get(key)
    if may_see_values(refusal.model, refusal.row_id, lambda: owner_then(refusal.model, refusal.row_id, state)):
        return refusal
    return refusal._replace(name=f"{key[0]} {key[1]}", reason="is in the way")
