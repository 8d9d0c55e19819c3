"""Pages: a view filled with values, and the way on after a form."""

from pathlib import Path
from typing import Any

from bottle import HTTPResponse, response, template

from routes.shared.body import query
from routes.shared.login import me_if_possible

NEWS = ("added", "saved", "deleted")
VIEWS = [str(Path(__file__).parents[2] / "views")]  # one list for all: Bottle's cache goes by its identity


def page(view: str, **values: Any) -> str:
    """The HTML of `view`, which also gets `me`; a value that it names and does not get is an error."""
    response.content_type = "text/html; charset=UTF-8"
    return str(template(view, template_lookup=VIEWS, me=me_if_possible(), **values))


def news() -> str:
    """What has just been done, as the address says after a form: `added`, `saved`, `deleted` or nothing."""
    parameters = query()
    return next((word for word in NEWS if word in parameters), "")


def see_other(path: str) -> HTTPResponse:
    """Go and read `path`, after a form. Relative, as the Host header may be anybody's."""
    return HTTPResponse(status=303, Location=path)
