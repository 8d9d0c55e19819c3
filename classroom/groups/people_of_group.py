"""Who comes into a group and who goes, and what becomes of their logins: for teachers, within what they may do."""

from typing import Any

from peewee import fn

from models.group import Group
from models.membership import Membership
from models.session import Session
from models.shared.database import database
from models.shared.filters import Filter, Filters
from models.shared.logins import typed_uid
from models.shared.row_checks import Invalid
from models.shared.waiting import locked
from models.user import User
from routes.shared.access import admin_only, forbid
from routes.shared.permissions import readable
from routes.shared.teaching import may_take_in, may_take_out_of_group

ROLES = tuple(role for role, _label in Membership.role.choices)
ADMINS_ADD = "Only an admin adds somebody whom you do not teach yet. They can also come in by a code, or by a list."


class InGroup(Filter):
    """That a person is in a group, whatever their role."""

    def holds(self, model: Any, value: Any) -> Any:
        """As of any filter."""
        people = Membership.select(Membership.user).where(Membership.group == value)
        return model._meta.fields[self.names[0]].in_(people)


def in_group(group: Group) -> Filters:
    """What the people of a list must have."""
    return {InGroup(("id",), "in"): group.id}


def by_group(group: Group) -> Filters:
    """What the posts of a list must have: that one of its people wrote them."""
    return {InGroup(("user",), "in"): group.id}


def groups_of_mine() -> list[Group]:
    """Those that who is asking is in, and for an admin all; by their names, each with how many people it has."""
    number = Membership.select(fn.COUNT(Membership.id)).where(Membership.group == Group.id)
    rows = Group.select(Group, number.alias("number_of_people")).order_by(Group.name, Group.id)
    return list(readable(Group, rows))


def person_with(uid: Any) -> User:
    """`Invalid` when nobody has this user id."""
    user: User | None = User.get_or_none(uid=typed_uid(uid))
    if not user:
        raise Invalid({"uid": "is nobody's user id" if uid else "is required"})
    return user


def take_in(group: Group, user: User, role: str | None = None) -> bool:
    """Add `user`, or give who is in it another role, which only admins do. Whether they are new."""
    if role not in (None, *ROLES):
        raise Invalid({"role": f"must be one of {', '.join(ROLES)}"})
    with database.atomic():
        group.lock()
        found = Membership.get_or_none(Membership.group == group, Membership.user == user)
        if role and role != (found.role if found else "member"):
            admin_only("Only an admin says who teaches a group.")
        if found:
            found.update(role=role or found.role)
            return False
        if not may_take_in(group, user):
            forbid(ADMINS_ADD)
        return group.add(user, role or "member")


def take_out(group: Group, user_id: int) -> None:
    """End the membership. DoesNotExist when they are not in the group."""
    with database.atomic():
        group.lock()
        found = Membership.get(Membership.group == group, Membership.user == user_id)
        if not may_take_out_of_group(found):
            forbid("Only an admin takes a teacher or an admin out of a group.")
        found.delete()


def end_logins(group: Group) -> int:
    """Log all members of the group out everywhere; how many people that is. Teachers and admins stay logged in."""
    with database.atomic():
        people = locked(group.pupils().order_by(User.id))  # so that who is just logging in is logged out, too
        ids = [user.id for user in people]
        Session.delete().where(Session.user.in_(ids)).execute()
    return len(ids)
