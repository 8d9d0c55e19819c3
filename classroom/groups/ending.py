"""What goes with a group when it is deleted, and who may do that."""

from typing import Any

from models.group import Group
from models.membership import Membership
from models.post import Post
from models.shared.deletion import Deletion
from models.shared.resource import Resource
from models.user import User
from routes.shared.access import forbid, member


def deletable(group: Group) -> Group:
    """The group, for admins; for its teacher, as long as nothing goes with it of somebody they do not teach."""
    user = member()
    if not user.is_admin and any(is_of_others(*each, user) for each in Deletion(group).goes_too.items()):
        forbid("Only an admin may delete this group: another teacher is in it, or something of theirs goes with it.")
    return group


def is_of_others(model: Any, where: Any, user: User) -> bool:
    """Whether one of these rows belongs to somebody whom `user` does not teach."""
    owner = model.user if model in (Membership, Post) else None
    if issubclass(model, Resource):
        owner = model.owner_field()
    if owner is None:
        return False
    theirs = (owner == user) | owner.in_(Membership.pupils_of(user))
    return bool(model.select(model.id).where(where & ~theirs).exists())
