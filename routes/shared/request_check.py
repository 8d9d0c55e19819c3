"""What is done before a route is looked for."""

from bottle import HTTPError, request

from routes.shared.choosing import require_own_password
from routes.shared.cross_site import refuse_cross_site
from routes.shared.environ import begins_twice
from routes.shared.failures import unavailable
from routes.shared.list_place import take_place
from routes.shared.origins import is_for_this_machine
from routes.shared.state import current_state


def check_request() -> None:
    """What is refused at once; of a part of a list, the router sees the list."""
    try:
        request.environ["bottle.raw_path"].encode("latin-1").decode()
    except UnicodeDecodeError:
        raise HTTPError(400, "The address is not UTF-8.") from None
    if request.app.config["lesson"] and not is_for_this_machine(request.environ, request.app.config["host"]):
        raise HTTPError(403, "With the lesson's passwords, this site is for its own machine: ask for it at localhost.")
    if begins_twice(request.environ):
        raise HTTPError(404)
    failure = current_state().failure
    if failure:
        raise unavailable(failure)
    refuse_cross_site()
    take_place()
    require_own_password()
