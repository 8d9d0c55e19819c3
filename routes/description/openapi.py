"""The description of a dialect's routes, made when somebody first asks for it."""

import json
from functools import lru_cache

from bottle import Bottle, request, response

from routes.shared.dialect import Dialect


def openapi(dialect: Dialect) -> bytes:
    response.content_type = "application/json"
    return described(request.app, dialect)


@lru_cache(maxsize=8)
def described(site: Bottle, dialect: Dialect) -> bytes:
    from routes.description.document import description  # which no start needs

    return json.dumps(description(site, dialect), ensure_ascii=False).encode()
