"""The page where people get one-time passwords, which are shown once to be printed, and are made void."""

from typing import Any

from bottle import HTTPResponse, response

from classroom.slips.choice import MOST_AT_ONCE, PATH, choice, groups_to_print, picked_people
from classroom.slips.printed import check_pin, give_once, printed_page
from models.shared.row_checks import Invalid
from models.slip import SLIP_DAYS, Slip
from routes.shared.access import browsers_only
from routes.shared.body import form
from routes.shared.controls import Control
from routes.shared.page import form_page, see_other
from routes.shared.query import query
from routes.shared.section import Section
from routes.shared.teaching import teachers_only

PIN_TO_SET = Control(
    "secret_pin",
    "PIN for the codes",
    "text",
    "Four digits, which you say aloud. They are not printed, so a lost slip’s code lets nobody in.",
    attributes={"inputmode": "numeric", "maxlength": 4, "autocomplete": "off"},
)
SLIP_NEWS = {
    "shown": "These slips have been shown. They are kept nowhere, so nobody can show them again: if you have not "
    "printed them, make new ones.",
    "void": "Those slips let nobody in any more.",
}

routes = Section()


@routes.get("/users/slips", apply=[teachers_only, browsers_only])
def choose_people() -> str:
    return slips_page({}, {})


@routes.post("/users/slips", apply=[teachers_only, browsers_only], secret=True)
def print_slips() -> str | HTTPResponse:
    """Not sent on to another page, as they are shown this once only. Sent again, it makes and shows none."""
    values, found = form(), choice()
    try:
        pin = values.pop(PIN_TO_SET.name, "")
        check_pin(PIN_TO_SET.name, pin)
        given = give_once(picked_people(found.people, values), pin, found.path)
    except Invalid as error:
        return slips_page(values, error.problems)
    if given is None:
        return back_with("shown", found.path)
    response.status = 201
    return printed_page(given, bool(pin), found.path)


@routes.post("/users/slips/void", apply=[teachers_only, browsers_only], secret=True)
def void_slips() -> str | HTTPResponse:
    values, found = form(), choice()
    values.pop(PIN_TO_SET.name, "")
    try:
        Slip.take_back([user.id for user in picked_people(found.people, values)])
    except Invalid as error:
        return slips_page(values, error.problems)
    return back_with("void", found.path)


def back_with(word: str, path: str) -> HTTPResponse:
    """To the page, which tells what has been done."""
    return see_other(f"{path}{'&' if '?' in path else '?'}{word}")


def slips_page(values: dict[str, Any], problems: dict[str, str]) -> str:
    asked, found = query(), choice()
    news = next((words for word, words in SLIP_NEWS.items() if word in asked), "")
    is_unknown = "uid" in asked and not found.people
    return form_page(
        "classroom/slips",
        problems,
        choice=found,
        groups=groups_to_print(),
        controls=[PIN_TO_SET],
        values=values,
        news=news,
        is_unknown=is_unknown,
        uid=asked.get("uid", ""),
        days=SLIP_DAYS,
        most=MOST_AT_ONCE,
        path=PATH,
    )
