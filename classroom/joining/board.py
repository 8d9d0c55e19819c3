"""The teacher's side: the code for the board, who waits, and who was let in."""

from typing import Any

from bottle import HTTPResponse

from classroom.joining.codes import LASTS, MOST_BY_CODE, end_code, has_open_code, start_code
from classroom.slips.printed import address_of_site, qr_code
from models.group import Group
from models.joining import Joining
from models.shared.row_checks import Invalid
from routes.shared.body import form
from routes.shared.controls import Control
from routes.shared.page import form_page, see_other
from routes.shared.picked import pick
from routes.shared.section import Section
from routes.shared.teaching import taught_group, teachers_only

CODE_CONTROLS = [
    Control("hours", "Good for", "select", choices=tuple(LASTS.items()), attributes={"required": ""}),
    Control("most", "Most people", "number", attributes={"required": "", "min": 1, "max": MOST_BY_CODE}),
]
NEW_CODE = {"most": "30", "hours": "24"}

routes = Section()


@routes.get("/groups/<id:int>/joining", apply=teachers_only)
def show_board(id: int) -> str:
    return board_page(taught_group(id), NEW_CODE, {})


@routes.post("/groups/<id:int>/joining", apply=teachers_only)
def make_code(id: int) -> str | HTTPResponse:
    group, values = taught_group(id), pick(form(), "hours", "most")
    try:
        start_code(group, values.get("hours", ""), values.get("most", ""))
    except Invalid as error:
        return board_page(group, values, error.problems)
    return back_to_board(group)


@routes.post("/groups/<id:int>/joining/off", apply=teachers_only)
def switch_code_off(id: int) -> HTTPResponse:
    group = taught_group(id)
    end_code(group)
    return back_to_board(group)


@routes.post("/groups/<id:int>/joining/let-in", apply=teachers_only)
def let_in(id: int) -> str | HTTPResponse:
    group = taught_group(id)
    return for_each_ticked(group, Joining.let_in)


@routes.post("/groups/<id:int>/joining/turn-away", apply=teachers_only)
def turn_away(id: int) -> str | HTTPResponse:
    group = taught_group(id)
    return for_each_ticked(group, Joining.turn_away)


@routes.post("/groups/<id:int>/joining/<joining:int>/undo", apply=teachers_only)
def undo_letting_in(id: int, joining: int) -> str | HTTPResponse:
    group = taught_group(id)
    found = Joining.get((Joining.id == joining) & (Joining.group == group))
    try:
        found.undo()
    except Invalid as error:
        return board_page(group, NEW_CODE, {found.name: f"stays as they are: {error}"})
    return back_to_board(group)


def for_each_ticked(group: Group, answer: Any) -> str | HTTPResponse:
    """`answer` all that wait and are ticked. Those for whom it cannot be go on waiting, and it is said."""
    ticked, problems = form(), {}
    for joining in Joining.of_group(group):
        if f"joining-{joining.id}" in ticked and not joining.answered:
            try:
                answer(joining)
            except Invalid as error:
                problems[joining.name] = f"still waits: {error}"
    return board_page(group, NEW_CODE, problems) if problems else back_to_board(group)


def back_to_board(group: Group) -> HTTPResponse:
    return see_other(f"/groups/{group.id}/joining")


def board_page(group: Group, values: dict[str, Any], problems: dict[str, str]) -> str:
    here = address_of_site()
    joinings = Joining.of_group(group)
    return form_page(
        "classroom/board",
        problems,
        group=group,
        is_open=has_open_code(group),
        here=here,
        secret_code=qr_code(f"{here}/join?code={group.join_code}") if has_open_code(group) else "",
        controls=CODE_CONTROLS,
        values=values,
        waiting=[each for each in joinings if not each.answered],
        answered=[each for each in joinings if each.answered],
    )
