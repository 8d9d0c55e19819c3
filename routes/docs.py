"""The API's description, for programs and for people. It says what the code says, and shows nobody's rows."""

import json
from functools import lru_cache

from bottle import Bottle, request, response

from routes.shared.section import Section
from routes.shared.shapes import shape

routes = Section()


@routes.get("/api/openapi.json", gives=shape())
def read_description() -> bytes:
    """This description, in OpenAPI 3.1."""
    response.content_type = "application/json"
    return described(request.app)


@lru_cache(maxsize=1)
def described(site: Bottle) -> bytes:
    """The description of `site`, made when it is first asked for."""
    from routes.shared.description import description  # no start needs it

    return json.dumps(description(site), ensure_ascii=False).encode()
