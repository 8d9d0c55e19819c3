"""Who may see the lab: the one rule that stands before everything it shows.

With SAMPLE_DATA=lesson it is for whoever sits at this machine; with LAB=on for admins who have logged in.
"""

from bottle import HTTPError

from lab.sight import current_sight
from routes.shared.access import Guard, admins_only, browsers_only


@Guard
def lab_only() -> None:
    """Whoever sits at this machine in lesson mode; with LAB=on, admins in a browser."""
    sight = current_sight.get()
    if sight is None or not sight.may_ask:
        raise HTTPError(404)
    if sight.is_for_admins:
        browsers_only.check()
        admins_only.check()
