"""The API's description, for programs and for people. It says what the code says, and shows nobody's rows."""

import json

from bottle import request

from routes.description.openapi import described, openapi
from routes.shared.dialect import API
from routes.shared.page import page
from routes.shared.section import Section
from routes.shared.shapes import shape

routes = Section()


@routes.get("/api/openapi.json", gives=shape())
def read_description() -> bytes:
    """This description, in OpenAPI 3.1."""
    return openapi(API)


@routes.get("/docs")
def show_docs() -> str:
    from routes.description.page import errors, guide, rows

    document = json.loads(described(request.app, API))
    site = f"{request.urlparts.scheme}://{request.urlparts.netloc}"
    about = document["info"]["description"]
    return page("docs/show", about=about, sections=guide(document, site), rows=rows(document), errors=errors(document))
