"""The pages of the lab; `app.py` puts them into the site where the lab is on."""

from lab import again, one_request, requests
from lab.checking import page as check_page
from lab.doctor import page
from lab.sql import page as sql_page
from lab.tables import one_table
from lab.tables import page as tables_page
from lab.twins import page as twins_page
from routes.shared.section import Section


def lab_sections() -> list[Section]:
    """All of it, in the order in which a URL is looked for."""
    shown = [requests.routes, one_request.routes, again.routes]
    return [
        *shown,
        page.routes,
        tables_page.routes,
        one_table.routes,
        sql_page.routes,
        twins_page.routes,
        check_page.routes,
    ]
