"""A roster that comes in: it waits, a teacher sees what would become of it and agrees, then all of it is written."""

from collections.abc import Mapping
from contextlib import closing
from io import BytesIO
from typing import Any

from bottle import HTTPError, HTTPResponse, response
from peewee import DoesNotExist, IntegrityError

from classroom.roster.arrived_page import arrived_page
from classroom.roster.arriving import MOST_PASSWORDS, let_arrive, new_slips
from classroom.roster.asked_roster import asked_of_roster, asked_roster
from classroom.roster.new_page import new_roster_page
from classroom.roster.preview_page import roster_page
from classroom.roster.reading import read_roster
from classroom.roster.roles_file import add_roles
from classroom.roster.roster import Roster, look_at_roster
from models.shared.exchange.encodings import BadSheet
from models.shared.exchange.waiting_files import forget_waiting, keep_waiting, taken_once
from models.shared.row_checks import Invalid
from models.shared.storage import full_disk_in_words
from routes.shared.body import form, form_with_files
from routes.shared.exchange.downloads import EXCHANGING
from routes.shared.exchange.import_steps import in_a_sentence_of, sent_rows, waiting_file, whose
from routes.shared.login import me
from routes.shared.page import see_other
from routes.shared.permissions import is_admin
from routes.shared.picked import pick
from routes.shared.query import query

ROSTER_PLACE = "roster"  # of the files that wait here
HAS_COME_IN = (
    "This file waits no more: it has come in, was cancelled, or an hour has passed. If it has come in and you have "
    "not seen the one-time passwords, make new ones for the group."
)
LOOK_AGAIN = "Nothing was written: this is another result than the one you agreed to. Look at it again."
SAY_SO = "Nothing was written: tick below that the lines with a problem may be left out, or correct them."


def keep_roster() -> str | HTTPResponse:
    """Keep what was sent until somebody has seen what would become of it."""
    sent = pick(form_with_files(), "file", "text", "roles", "group")
    with EXCHANGING.place():
        try:
            content, roles = sent_rows(sent), sent.get("roles")
            content = add_roles(content, roles) if roles and isinstance(roles, bytes) else content
            key = keep_waiting(content, read_roster(BytesIO(content)), ROSTER_PLACE, whose())
        except Invalid as error:
            return new_roster_page(error.problems)
        except BadSheet as error:
            return new_roster_page({"file": in_a_sentence_of(error)})
    group = sent.get("group", "")
    asked = f"?group={group}" if isinstance(group, str) and group.isascii() and group.isdigit() else ""
    return see_other(f"/users/import/roster/{key}{asked}")


def show_waiting(key: str) -> str:
    """What would become of the file, as it is found."""
    with EXCHANGING.place():
        return roster_page(key, *waiting_looked_at(key, asked_of_roster(query())))


def look_or_bring_in(key: str) -> Any:
    """What would become of it when it is read as the form says; or what was seen is brought in."""
    sent = form()
    asked = asked_of_roster(sent)
    with EXCHANGING.place(), full_disk_in_words():
        roster, notice = waiting_looked_at(key, asked)
    if sent.get("do") != "import" or notice:
        return roster_page(key, roster, notice)
    if not may_come_in(roster, sent):
        response.status = 422
        return roster_page(key, roster, SAY_SO if sent.get("mark") == roster.mark else LOOK_AGAIN)
    return bring_in_people(key, roster)


def may_come_in(roster: Roster, sent: Mapping[str, Any]) -> bool:
    """Whether it is what was seen, and all that is wrong may be left out."""
    is_seen, is_whole = sent.get("mark") == roster.mark, not roster.wrong or "skip" in sent
    return is_seen and is_whole and not roster.problems


def bring_in_people(key: str, roster: Roster) -> str:
    """All of them, or nobody."""
    slips = new_slips(roster, MOST_PASSWORDS)
    try:
        with full_disk_in_words(), taken_once(key, ROSTER_PLACE, whose()):
            arrived = let_arrive(roster, slips, admin=me() if is_admin() else None)
    except FileNotFoundError:
        raise HTTPError(404, HAS_COME_IN) from None
    except (Invalid, IntegrityError, DoesNotExist):
        response.status = 422
        return roster_page(key, look_at_roster(roster.sheet, roster.wish), LOOK_AGAIN)
    return arrived_page(roster, arrived)


def waiting_looked_at(key: str, asked: Mapping[str, str]) -> tuple[Roster, str]:
    """The file as somebody asks for it, or as it is found where it cannot be read so, which the text says. 404 when
    it waits no more."""
    file = waiting_roster(key)
    try:
        return look_at_roster(*asked_roster(file, asked)), ""
    except BadSheet as error:
        kept = {name: text for name, text in asked.items() if name in ("group", "new-group", "changes")}
        return look_at_roster(*asked_roster(file, kept)), f"The file cannot be read so. {error}"


def waiting_roster(key: str) -> Any:
    """The file, in memory: the page that tells of it reads it again."""
    try:
        with closing(waiting_file(ROSTER_PLACE, key)) as file:
            return BytesIO(file.read())
    except HTTPError:
        raise HTTPError(404, HAS_COME_IN) from None


def forget_roster(key: str) -> HTTPResponse:
    """Forget the file at once."""
    forget_waiting(key, ROSTER_PLACE, whose())
    return see_other("/users/import")
