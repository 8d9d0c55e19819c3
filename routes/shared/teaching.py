"""What a teacher may do: with their groups and the people in these, what an admin may with all."""

from models.group import Group
from models.membership import Membership
from models.user import User
from routes.shared.access import Guard, forbid, member
from routes.shared.conditions import as_it_was_seen


@Guard
def teachers_only() -> None:
    """Admins, and the teachers of a group."""
    user = member()
    if not user.is_admin and not Membership.is_teacher(user):
        forbid("Only a teacher or an admin may do this.")


def group_of_mine(id: int) -> Group:
    """A group that who is asking is in; admins are in all. DoesNotExist for any other one."""
    user = member()
    group = Group.get_by_id(id)
    if not user.is_admin and group.id not in Membership.group_ids_of(user):
        raise Group.DoesNotExist
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
