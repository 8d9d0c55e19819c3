"""How a recorded request can be made once more, if it can."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from bottle import request

from lab.copies import copies_of
from lab.record import Record
from lab.recording import last_number
from lab.rehearsal import asked_of_record
from lab.repeated import NotHeld, Repeated, repeated
from models.shared.database import is_sqlite
from models.shared.waiting import without_connection
from routes.shared.login import me

READS, WRITES = ("GET", "HEAD"), ("POST", "PUT", "PATCH", "DELETE")
ONLY_SQLITE = "On PostgreSQL only a GET can be run again: there is no copy of the database to rehearse the others on."


@dataclass
class Again:
    """What a page says of it. `reason` is why it cannot be run, `is_live` whether that is done at the site itself.

    `copies` are texts that make the same request elsewhere.
    """

    reason: str
    is_live: bool
    copies: dict[str, str]


def again_of(record: Record) -> Again:
    """What the page of a record says of it."""
    return Again(reason_against(record), is_live(record), copies_of(record))


def reason_against(record: Record) -> str:
    """Why a request cannot be run again; nothing when it can."""
    if record.method not in READS + WRITES:
        return f"{record.method} cannot be run again."
    if record.method in WRITES and not is_sqlite():
        return ONLY_SQLITE
    try:
        repeated(asked_of_record(record))
    except NotHeld as error:
        return str(error)
    return ""


def is_live(record: Record) -> bool:
    """Whether it is asked for once more at the site itself: it changes nothing, and nobody need be somebody else."""
    user = me()
    is_same = record.user_id is None or record.user_id == (user.id if user else None)
    return record.method in READS and (is_same or not is_sqlite())


def asked_again(record: Record) -> int:
    """Ask for it by the login of whoever wants that, if there was one before; the number of the new record."""
    again = repeated(asked_of_record(record))
    environ = request.environ
    again.scheme, again.client = environ["wsgi.url_scheme"], environ["REMOTE_ADDR"]
    again.headers["Host"] = environ.get("HTTP_HOST", "")
    if record.user_id is not None:
        names = ("Cookie", "Authorization")
        again.headers |= {name: environ[key] for name in names if (key := f"HTTP_{name.upper()}") in environ}
    with without_connection(), ThreadPoolExecutor(1) as thread:  # Bottle has one request for each thread
        return thread.submit(read_whole, request.app, again).result()


def read_whole(site: Any, again: Repeated) -> int:
    """Read the answer, and forget it; the number of its record."""
    pieces = site(again.environ(), lambda *_: None)
    for _ in pieces:
        pass
    if hasattr(pieces, "close"):
        pieces.close()
    return last_number.get()
