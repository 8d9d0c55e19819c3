"""The page where a teacher chooses a roster. Admins find the table's own import there, too."""

from classroom.slips.choice import groups_to_print
from models.user import User
from routes.shared.exchange.import_page import about_new_import
from routes.shared.page import form_page
from routes.shared.permissions import is_admin


def new_roster_page(problems: dict[str, str] | None = None) -> str:
    """Nothing is written yet."""
    rows = about_new_import(User)
    return form_page("classroom/roster/new", problems or {}, **rows, is_admin=is_admin(), groups=groups_to_print())
