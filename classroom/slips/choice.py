"""For whom slips may be made: the people of a group, or one person, whom who is asking teaches."""

from typing import Any, NamedTuple

from peewee import ModelSelect

from models.group import Group
from models.membership import Membership
from models.shared.logins import typed_uid
from models.shared.row_checks import Invalid
from models.slip import Slip
from models.user import User
from routes.shared.access import member
from routes.shared.query import query
from routes.shared.teaching import may_teach_user, taught_group

MOST_AT_ONCE = 60  # a hash for each takes a tenth of a second
PATH = "/users/slips"


class WhoseSlips(NamedTuple):
    """People to choose from, where they come from, and the path of the page that shows them."""

    title: str
    people: list[Any]
    path: str


def choice() -> WhoseSlips:
    """What the address asks for: `group`, the number of one, or `uid`, of one person; nobody without either."""
    asked = query()
    if "group" in asked:
        group = taught_group(int(asked["group"]) if asked["group"].isdecimal() and len(asked["group"]) < 19 else 0)
        people = group.people() if member().is_admin else group.pupils()
        return WhoseSlips(str(group), with_slips(people), f"{PATH}?group={group.id}")
    uid = typed_uid(asked.get("uid", ""))
    found = User.get_or_none(User.uid == uid) if uid else None
    if not found or not may_teach_user(found):
        return WhoseSlips("", [], PATH)
    return WhoseSlips(str(found), with_slips(User.select().where(User.id == found.id)), f"{PATH}?uid={found.uid}")


def with_slips(people: "ModelSelect[Any]") -> list[Any]:
    """The first of them but who is asking, each with `slip`, which is None for most."""
    rows = list(people.where(User.id != member().id).limit(MOST_AT_ONCE))
    slips = {slip.user_id: slip for slip in Slip.select().where(Slip.user.in_([user.id for user in rows]))}
    for user in rows:
        user.slip = slips.get(user.id)
    return rows


def groups_to_print() -> list[Group]:
    """Those that who is asking teaches; of an admin all."""
    user = member()
    groups = Group.select().order_by(Group.name)
    return list(groups if user.is_admin else groups.where(Group.id.in_(Membership.ids_taught_by(user))))


def picked_people(people: list[Any], values: dict[str, Any]) -> list[Any]:
    """Those whose box is ticked, of the `people` of the page. `Invalid` for nobody, or for anybody else."""
    there = {f"user-{user.id}": user for user in people}
    strange = [name for name in values if name not in there]
    if strange:
        raise Invalid({strange[0]: "is nobody of this list: they may have left it"})
    if not values:
        raise Invalid({"people": "are required: tick at least one"})
    return [there[name] for name in there if name in values]
