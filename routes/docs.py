"""The API's description, for programs and for people. It says what the code says, and shows nobody's rows."""

import json
from functools import lru_cache

from bottle import Bottle, request, response

from routes.shared.page import page
from routes.shared.section import Section
from routes.shared.shapes import shape

routes = Section()


@routes.get("/api/openapi.json", gives=shape())
def read_description() -> bytes:
    """This description, in OpenAPI 3.1."""
    response.content_type = "application/json"
    return described(request.app)


@routes.get("/docs")
def show_docs() -> str:
    from routes.shared.guide import errors, guide, rows

    document = json.loads(described(request.app))
    site = f"{request.urlparts.scheme}://{request.urlparts.netloc}"
    about = document["info"]["description"]
    return page("docs/show", about=about, sections=guide(document, site), rows=rows(document), errors=errors(document))


@lru_cache(maxsize=1)
def described(site: Bottle) -> bytes:
    """The description of `site`, made when it is first asked for."""
    from routes.shared.description import description  # which no start needs

    return json.dumps(description(site), ensure_ascii=False).encode()
