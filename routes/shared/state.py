"""What the site finds out about a request while it answers it. All of it is here, with its types."""

from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

from bottle import request

from models.session import Session
from routes.shared.dialect import Dialect

STATE_KEY = "portfolio.state"  # in the WSGI environment
AHEAD_KEY = "portfolio.ahead"  # there too: whoever asks may have written what others do not see yet
FROZEN_KEY = "portfolio.frozen"  # there too; no request can say it


class Trace(NamedTuple):
    """How a page came to be: the path where that is shown, and in a few words what was asked of the database.

    `has_failure` says that it is a page about a failure, whose reason is shown there. `list_sql` is what found the rows
    of a list, and `list_path` where it can be tried.
    """

    path: str
    words: str
    has_failure: bool = False
    list_sql: str = ""
    list_path: str = ""


class ListPlace(NamedTuple):
    """A part of a list, as a path says it: in which order, and which page; nothing where it does not say that."""

    by: str
    page: int


@dataclass(frozen=True)
class Frozen:
    """What a page knows that is made to be a file, on a host that answers nothing.

    `feed` is whether there is one of its posts. `api` is where a program answers, for lines to copy. `places` is where
    pages of lists begin, by their paths: each page says it of the next one. `backend` is what the page's scripts ask,
    where there is one, and `policy` says to browsers that they ask nobody else. `actions` are what may be done to a row
    by a button, by the plural.
    """

    feed: bool = False
    api: str = ""
    backend: str = ""
    policy: str = ""
    actions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class RequestState:
    """The site makes one for each request. `dialect` is None for a page.

    `session` is the login, if there is one; it says nothing before `is_session_known`.
    """

    dialect: Dialect | None
    path: str = ""  # as it was asked for; Bottle changes it
    frozen: Frozen | None = None
    place: ListPlace | None = None
    session: Session | None = None
    is_session_known: bool = False
    status: str = ""
    failure: Exception | None = None  # why the database could not be opened
    has_failed: bool = False
    sent: dict[str, Any] | None = None  # the form that came with the request, once it has been read
    body: bytes | None = None  # the same, where it was no form
    is_again: bool = False  # the answer is one that was given before
    texts: dict[str, Any] = field(default_factory=dict)  # what a form shall have in it, whatever its row says
    version: str = ""  # of the one row that the answer shows
    seen: dict[str, str] | None = None  # what a form was made from: digests of values by their names, once it is read
    conflicts: dict[str, Any] = field(default_factory=dict)  # where its row has something else now
    notice: str = ""  # what stands above a page
    request_id: str = ""  # by which the log knows it, where its lines have one
    keeps_key: bool = False  # its form has the key with which it was sent

    def begin_again(self) -> None:
        """The request is done once more: nothing is known but what was asked for, and what came with it."""
        fresh = RequestState(
            self.dialect, self.path, self.frozen, sent=self.sent, body=self.body, request_id=self.request_id
        )
        self.become(fresh)

    def become(self, other: "RequestState") -> None:
        """What is known is what that one knows."""
        for each in fields(self):
            setattr(self, each.name, getattr(other, each.name))


def current_state() -> RequestState:
    """The state of the request that is being answered, in its handler or on its error page."""
    state: RequestState = request.environ[STATE_KEY]
    return state
