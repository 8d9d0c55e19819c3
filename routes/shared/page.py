"""Pages: a view filled with values, and the way on after a form."""

from pathlib import Path
from typing import Any

from bottle import HTTPResponse, response, template

VIEWS = [str(Path(__file__).parents[2] / "views")]  # one list for all: Bottle's cache goes by its identity


def page(view: str, **values: Any) -> str:
    """The HTML of `view`; a value that the view names and does not get is an error."""
    response.content_type = "text/html; charset=UTF-8"
    return str(template(view, template_lookup=VIEWS, **values))


def see_other(path: str) -> HTTPResponse:
    """Go and read `path`, after a form. Relative, as the Host header may be anybody's."""
    return HTTPResponse(status=303, Location=path)
