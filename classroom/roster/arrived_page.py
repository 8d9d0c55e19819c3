"""What has come in: the slips with the one-time passwords, which are on this page only."""

from collections.abc import Sequence

from bottle import response

from classroom.roster.roster import Roster, counted_words
from classroom.slips.printed import printed_page
from models.group import Group
from models.user import User
from routes.shared.page import page


def arrived_page(roster: Roster, arrived: Sequence[tuple[User, str, str]]) -> str:
    """Nobody can see it again. Who has been given no password gets one later, with the slips of their group."""
    told = told_words(roster)
    if arrived and arrived[0][1]:
        return printed_page(arrived, has_pin=False, back=slips_path(roster.wish.group), told=told)
    response.set_header("Cache-Control", "no-store")
    return page("classroom/roster/arrived", told=told, arrived=arrived, slips_path=slips_path(roster.wish.group))


def told_words(roster: Roster) -> str:
    """As in: 27 new, 3 with a problem left out, in the group P3."""
    wrong, group = len(roster.wrong), roster.wish.group
    words = counted_words(roster) + (f", {wrong:,} with a problem left out" if wrong else "")
    return f"{words}, in the group {group.name}." if group else f"{words}."


def slips_path(group: Group | None) -> str:
    """Where their slips are printed again."""
    return f"/users/slips?group={group.id}" if group else "/users/slips"
