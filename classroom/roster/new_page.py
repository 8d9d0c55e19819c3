"""The page where a teacher chooses a roster. Admins find the table's own import there, too."""

from classroom.slips.choice import groups_to_print
from models.user import User
from routes.shared.exchange.import_page import about_new_import
from routes.shared.page import form_page
from routes.shared.permissions import is_admin
from routes.shared.query import query


def new_roster_page(problems: dict[str, str] | None = None) -> str:
    """Nothing is written yet."""
    rows = about_new_import(User)
    groups = {"groups": groups_to_print(), "chosen": query().get("group", "")}
    return form_page("classroom/roster/new", problems or {}, **rows, **groups, is_admin=is_admin())
