"""The URLs of the room."""

from classroom.activity import pages as activity
from classroom.slips import link
from classroom.slips import page as slips
from routes.shared.section import Section


def classroom_sections() -> list[Section]:
    """All of it, in the order in which a URL is looked for."""
    return [activity.routes, slips.routes, link.routes]
