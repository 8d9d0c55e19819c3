"""The pages of the classroom; `app.py` puts them into the site where this folder is there."""

from classroom import accounts
from classroom.activity import pages as activity
from classroom.groups import api
from classroom.groups import pages as groups
from classroom.joining import board, join
from classroom.moderation import hiding
from classroom.resetting import pages as resetting
from classroom.roster import pages as roster
from classroom.slips import link
from classroom.slips import page as slips
from routes.shared.section import Section


def classroom_sections() -> list[Section]:
    """All of it, in the order in which a URL is looked for."""
    parts = groups, api, accounts, activity, resetting, roster, slips, link, board, join, hiding
    return [part.routes for part in parts]
