"""The page where a teacher chooses a roster. Admins find the table's own import there, too."""

from models.group import Group
from models.membership import Membership
from models.user import User
from routes.shared.access import member
from routes.shared.exchange.import_page import about_new_import
from routes.shared.page import form_page
from routes.shared.permissions import is_admin


def new_roster_page(problems: dict[str, str] | None = None) -> str:
    """Nothing is written yet."""
    rows = about_new_import(User)
    return form_page("classroom/roster/new", problems or {}, **rows, is_admin=is_admin(), groups=groups_to_fill())


def groups_to_fill() -> list[Group]:
    """Those whose people who is asking may bring in: theirs; an admin's are all."""
    groups = Group.select().order_by(Group.name)
    if is_admin():
        return list(groups)
    mine = Membership.select(Membership.group).where(Membership.user == member(), Membership.role == "teacher")
    return list(groups.where(Group.id.in_(mine)))
