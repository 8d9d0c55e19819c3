"""What the head of every page leads to, and where among it the page is."""

from typing import NamedTuple

from bottle import request

from models.shared.loading import all_resources
from models.shared.resource import heading_of
from models.user import User
from routes.shared.permissions import may_read
from routes.shared.state import current_state

ROOM = 36  # letters of one's own models that fit into a wide head; what is more is behind “More”
GAP = 3  # letters that would fit between two of them


class MenuLink(NamedTuple):
    """A place of the site. `current` is what `aria-current` says of it, `room` where the head has room for it.

    That is `always`, or in a `wide` head only, or `never`: then it is behind “More”.
    """

    text: str
    path: str
    current: str
    room: str


def menu() -> list[MenuLink]:
    """All places, those of one's own models in the order of the alphabet. Files are only of what all may read."""
    frozen, left = current_state().frozen, ROOM
    entries = [link_to("Users", "/users", "always"), link_to("Posts", "/posts", "always")]
    entries = [] if frozen and not may_read(User) else entries
    for model in sorted(all_resources(), key=heading_of):
        if frozen and not may_read(model):
            continue
        title = heading_of(model)
        left -= len(title) + GAP
        entries.append(link_to(title, f"/{model.plural}", "wide" if left >= 0 else "never"))
    return [*entries, link_to("API", "/docs", "wide")]


def link_to(text: str, path: str, room: str) -> MenuLink:
    """The place at `path`."""
    return MenuLink(text, path, aria_current(path), room)


def aria_current(path: str) -> str:
    """What `aria-current` says of `path`: `page` on that page, `true` on one below it, else nothing."""
    if request.path == path:
        return "page"
    return "true" if request.path.startswith(f"{path}/") else ""
