"""What a teacher may do: with their groups and the people in these, what an admin may with all."""

from typing import NamedTuple

from models.closed_account import ClosedAccount
from models.group import Group
from models.membership import Membership
from models.post import Post
from models.user import User
from routes.shared.access import Guard, forbid, member
from routes.shared.conditions import as_it_was_seen
from routes.shared.login import me
from routes.shared.permissions import readable

NOT_TAUGHT = "Only who teaches its writer, or an admin, may hide a post."


class TaughtAccount(NamedTuple):
    """What those who teach somebody are told of the account: whether it is `closed`, by whom and why."""

    closed: ClosedAccount | None


@Guard
def teachers_only() -> None:
    """Admins, and the teachers of a group."""
    user = member()
    if not user.is_admin and not Membership.is_teacher(user):
        forbid("Only a teacher or an admin may do this.")


def group_of_mine(id: int) -> Group:
    """A group that who is asking is in; admins are in all. DoesNotExist for any other one."""
    member()
    group: Group = readable(Group).where(Group.id == id).get()
    return group


def taught_group(id: int) -> Group:
    """The group, for its teachers and for admins."""
    group = group_of_mine(id)
    if not may_teach(group):
        forbid("Only a teacher of this group may do this.")
    return as_it_was_seen(group)


def taught_user(id: int) -> User:
    """The user, for admins and for those who teach them: never a teacher or another admin."""
    user = User.get_by_id(id)
    if not may_teach_user(user):
        forbid("Only who teaches them, or an admin, may do this.")
    return user


def may_teach(group: Group) -> bool:
    """Whether who is asking is its teacher, or an admin."""
    user = member()
    return user.is_admin or Membership.is_teacher(user, group)


def may_teach_user(user: User) -> bool:
    """Whether who is asking teaches them, or is an admin."""
    asking = member()
    return asking.is_admin or Membership.teaches(asking, user)


def taught_account(user: User) -> TaughtAccount | None:
    """None for whoever may not close it: visitors, and members who do not teach them."""
    asking = me()
    if not asking or (asking == user and not asking.is_admin) or not may_teach_user(user):
        return None
    return TaughtAccount(ClosedAccount.of(user))


def may_take_out_of_group(membership: Membership) -> bool:
    """Whether who is asking may end it: a teacher of its group may, but for another teacher or an admin."""
    user = member()
    if user.is_admin:
        return True
    is_pupil = membership.role == "member" and Membership.teaches(user, membership.user)
    return is_pupil and Membership.is_teacher(user, membership.group)


def may_take_in(group: Group, user: User) -> bool:
    """Whether who is asking may add `user`: a teacher of the group only whom they teach already.

    Else they could give anybody a new password, and be them. Others come in by a code, a list, or an admin.
    """
    asking = member()
    return asking.is_admin or (Membership.is_teacher(asking, group) and Membership.teaches(asking, user))


def may_take_in_again(membership: Membership) -> bool:
    """The same for somebody who was in it: also who is in no group now, as long as they are no admin."""
    user = User.get_or_none(User.id == membership.__data__.get("user"))
    group = Group.get_or_none(Group.id == membership.__data__.get("group"))
    if not user or not group or membership.role != "member" or user.is_admin:
        return False
    is_alone = not Membership.group_ids_of(user)
    return may_take_in(group, user) or (is_alone and Membership.is_teacher(member(), group))


def may_hide(post: Post) -> bool:
    """Whether who is asking may hide this post or show it again; a list knows of each whether they teach its writer."""
    return member().is_admin or bool(post.is_taught)


def moderated(post: Post) -> Post:
    """`post`, of a list of who is asking, for those who may hide it."""
    if not may_hide(post):
        forbid(NOT_TAUGHT)
    return as_it_was_seen(post)
