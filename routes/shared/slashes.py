"""A slash too many at the end of an address: whoever asks is sent to the one without it."""

from urllib.parse import quote

from bottle import HTTPError, request

from routes.shared.addresses import address
from routes.shared.environ import begins_twice
from routes.shared.list_place import part_of_a_list
from routes.shared.state import current_state


def has_slash_too_many() -> bool:
    """Whether nothing has this path, but something the one without the slash at its end."""
    environ = request.environ
    path = environ["PATH_INFO"]
    dialect = current_state().dialect
    is_as_it_is = dialect is not None and dialect.ignores_trailing_slash
    if is_as_it_is or not path.endswith("/") or "bottle.route" in environ or begins_twice(environ):
        return False
    if part_of_a_list(path.rstrip("/")):
        return True
    try:
        request.app.router.match(environ | {"PATH_INFO": path.rstrip("/")})
    except HTTPError as error:
        return bool(error.status_code == 405)
    return path != "/"


def without_slash() -> str:
    """The address that was asked for, with its query, but without the slash at its end."""
    query = f"?{request.query_string}" if request.query_string else ""
    return address(quote(request.environ["PATH_INFO"].rstrip("/"))) + query
