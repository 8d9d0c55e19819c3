"""What may be asked below /lab."""

from lab import again, one_request, requests
from lab.doctor import page
from lab.sql import page as sql
from routes.shared.section import Section


def lab_sections() -> list[Section]:
    """All of it, in the order in which a URL is looked for."""
    return [requests.routes, one_request.routes, again.routes, page.routes, sql.routes]
