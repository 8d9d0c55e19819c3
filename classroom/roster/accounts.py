"""Who is there already, for all people of a roster in a few queries."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from models.group import Group
from models.membership import Membership
from models.user import User

UIDS_AT_ONCE = 500


class Accounts:
    """The users by their ids for logging in; those of `group` are known."""

    def __init__(self, group: Group | None = None) -> None:
        self.group = group
        self.known: dict[str, User | None] = {}

    def fetch(self, uids: Iterable[str]) -> None:
        """Find all of these at once."""
        wanted = [uid for uid in dict.fromkeys(uids) if uid and uid not in self.known]
        for start in range(0, len(wanted), UIDS_AT_ONCE):
            some = wanted[start : start + UIDS_AT_ONCE]
            found = {user.uid: user for user in User.select().where(User.uid.in_(some))}
            self.known |= {uid: found.get(uid) for uid in some}

    def get(self, uid: str) -> User | None:
        """Who has it."""
        self.fetch([uid])
        return self.known[uid]

    def why_apart(self, user: User) -> str:
        """Why nobody who brings a roster may have to do with somebody; nothing for a pupil."""
        if user.is_admin:
            return "an admin"
        return "a teacher" if user.id in self.teachers else ""

    @cached_property
    def teachers(self) -> set[int]:
        """Of any group."""
        return ids_of_users(Membership.select(Membership.user).where(Membership.role == "teacher"))

    @cached_property
    def members(self) -> set[int]:
        """Those who are in the group."""
        if not self.group or not self.group.id:
            return set()
        return ids_of_users(Membership.select(Membership.user).where(Membership.group == self.group))


def ids_of_users(memberships: Any) -> set[int]:
    """Whose they are."""
    return {user for (user,) in memberships.tuples()}
