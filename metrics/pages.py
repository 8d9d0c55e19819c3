"""The figures for an admin who looks at them, in a browser or by a script."""

from bottle import HTTPError, request, response

from metrics.measured import CONTENT_TYPE, SCRAPED_PATH
from routes.shared.access import Guard, admin_only
from routes.shared.login import me
from routes.shared.section import Section

routes = Section()


@Guard
def who_may_scrape() -> None:
    """Admins. A program that came with a token is told that it is not good, and not led to a form."""
    if not me() and "HTTP_AUTHORIZATION" in request.environ:
        raise HTTPError(401, "That token opens nothing here.", WWW_Authenticate="Bearer")
    admin_only("Only an admin may look at this.")


@routes.get(SCRAPED_PATH, apply=who_may_scrape, varies=True)
def show_figures() -> bytes:
    """In the text format of Prometheus."""
    response.content_type = CONTENT_TYPE
    figures: bytes = request.app.exposition()
    return figures
