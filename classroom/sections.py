"""The pages of the classroom; `app.py` puts them into the site where this folder is there."""

from classroom.slips import link, page
from routes.shared.section import Section


def classroom_sections() -> list[Section]:
    """All of it, in the order in which a URL is looked for."""
    return [page.routes, link.routes]
