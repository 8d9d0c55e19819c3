"""A class comes in from a school's file: the page that takes it, the one that shows what would become of it."""

from typing import Any

from bottle import HTTPResponse

from routes.shared.access import browsers_only
from routes.shared.section import Section
from routes.shared.teaching import teachers_only

LARGEST_ROSTER = 16 * 1024 * 1024  # bytes

routes = Section(in_place_of=("GET /users/import",))  # its page has that one's form, too


@routes.get("/users/import", apply=[teachers_only, browsers_only])
def choose_roster() -> str:
    from classroom.roster.new_page import new_roster_page  # which no start needs

    return new_roster_page()


@routes.post("/users/import/roster", apply=[teachers_only, browsers_only], secret=True, most_file=LARGEST_ROSTER)
def receive_roster() -> str | HTTPResponse:
    from classroom.roster.steps import keep_roster

    return keep_roster()


@routes.get("/users/import/roster/<key>", apply=[teachers_only, browsers_only])
def show_roster(key: str) -> str:
    from classroom.roster.steps import show_waiting

    return show_waiting(key)


@routes.post("/users/import/roster/<key>", apply=[teachers_only, browsers_only], secret=True)
def bring_in_roster(key: str) -> Any:
    from classroom.roster.steps import look_or_bring_in

    return look_or_bring_in(key)


@routes.post("/users/import/roster/<key>/cancel", apply=[teachers_only, browsers_only])
def cancel_roster(key: str) -> HTTPResponse:
    from classroom.roster.steps import forget_roster

    return forget_roster(key)
