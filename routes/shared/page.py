"""Pages: a view filled with values, and the way on after a form."""

from functools import partial
from pathlib import Path
from typing import Any

from bottle import HTTPResponse, SimpleTemplate, html_escape, request, response, template, touni

from models.shared.tokens import new_token
from models.shared.values import cell_text
from routes.shared.addresses import address
from routes.shared.body import KEY_FIELD
from routes.shared.drafts import NOT_SENT, draft
from routes.shared.history.rights import change_to_undo
from routes.shared.history.told import NEWS
from routes.shared.login import me_if_possible
from routes.shared.menu import aria_current, menu
from routes.shared.older_form import seen_values
from routes.shared.portrait import portrait
from routes.shared.query import query
from routes.shared.state import current_state

VIEWS = [str(Path(__file__).parents[2] / "views")]  # one list for all: Bottle's cache goes by its identity


class View(SimpleTemplate):
    """As Bottle's, but with less around each value."""

    def prepare(self, **options: Any) -> None:
        """As Bottle's."""
        super().prepare(**options)
        self._escape = escaped


def escaped(value: Any) -> str:
    """A value as HTML."""
    text: str = value if type(value) is str else touni(value)
    # To look for five signs is quicker than to replace each.
    if "&" in text or "<" in text or ">" in text or '"' in text or "'" in text:
        return str(html_escape(text))
    return text


def page(view: str, **values: Any) -> str:
    """The HTML of `view`, which also gets `me`, what the site is like, `notice`, and the functions below.

    A value that it lacks is an error. A form has its `values`, or the texts that somebody wrote in it before.
    """
    state = current_state()
    if "values" in values:
        texts = draft()
        state.notice = NOT_SENT if texts else state.notice
        values["values"] = {**values["values"], **texts, **state.texts}
    if state.conflicts and "problems" in values:
        state.notice = ""  # the summary of the form says it
        values["problems"] = {**values["problems"], **dict.fromkeys(state.conflicts, "has been changed meanwhile")}
    response.content_type = "text/html; charset=UTF-8"
    me = me_if_possible()
    alive = bool(state.frozen and state.frozen.backend)
    is_for_files = bool(state.frozen) and not alive
    can_add_users = not is_for_files and (request.app.config["sign_up"] == "open" or bool(me and me.is_admin))
    known: dict[str, Any] = {"me": me, "can_add_users": can_add_users, "notice": state.notice}
    known |= {"frozen": state.frozen, "alive": alive}
    known |= {"lesson": request.app.config["lesson"], "menu": menu, "aria_current": aria_current}
    known |= {"address": address, "cell_text": cell_text, "one_time_key": one_time_key, "portrait": portrait}
    known |= {"seen_values": seen_values, "conflicts": state.conflicts, "change_to_undo": change_to_undo}
    known["classroom"] = request.app.config.get("classroom", False)
    known["trace"] = partial(request.app.trace, view)
    return str(template(view, template_lookup=VIEWS, template_adapter=View, **known, **values))


def one_time_key() -> str:
    """For a form. A page that has one is made for one person only."""
    response.set_header("Cache-Control", "no-store")
    state = current_state()
    return str((state.keeps_key and state.sent and state.sent.get(KEY_FIELD)) or new_token())


def form_page(view: str, problems: dict[str, str], **values: Any) -> str:
    """A page with a form: 422, and the `problems` beside their fields, when it was refused."""
    if problems:
        response.status = 422
    return page(view, problems=problems, **values)


def news() -> str:
    """What has just been done, as the address says after a form: `added`, `saved`, `deleted` or nothing."""
    parameters = query()
    word = next((word for word in NEWS if word in parameters), "")
    if word:
        response.set_header("Cache-Control", "no-store")
    return word


def see_other(path: str) -> HTTPResponse:
    """Go and read `path`, after a form. Without a host, as the Host header may be anybody's."""
    return HTTPResponse(status=303, Location=address(path))
