"""Coming in by a code: with a new name, or with one of those that are there. Then a teacher is waited for."""

from dataclasses import replace
from typing import Any

from bottle import HTTPError, HTTPResponse

from classroom.joining.codes import group_of_code, people_to_pick
from models.group import Group
from models.joining import PICKED_ALREADY, Joining, with_chosen_password
from models.shared.row_checks import Invalid
from models.user import User
from routes.shared.access import everyone
from routes.shared.body import form
from routes.shared.controls import Control, control, controls
from routes.shared.cookie import remember, tokens_of_cookies
from routes.shared.page import form_page, page, see_other
from routes.shared.picked import pick
from routes.shared.query import query
from routes.shared.section import Section
from routes.shared.sign_up import counted_sign_up

JOINING_COOKIE = "joining"
NEW_PERSON = "new"
CODE_IS_OVER = "is wrong, or its time is over: ask your teacher"

routes = Section()


@routes.get("/join", apply=everyone, varies=True)
def show_joining() -> str:
    code = query().get("code", "")
    if not code:
        return code_page("", {})
    group = group_of_code(code)
    return join_page(group, {"code": code}, {}) if group else code_page(code, {"code": CODE_IS_OVER})


@routes.post("/join", apply=everyone)
def ask_to_join() -> str | HTTPResponse:
    values = pick(form(), "code", "name", "uid", "user", "new")
    group = group_of_code(values.get("code", ""))
    if not group:
        return code_page(values.get("code", ""), {"code": CODE_IS_OVER})
    try:
        with counted_sign_up():
            user, is_new = asked_user(group, values)
            token = Joining.ask(group, with_chosen_password(user), is_new)
    except Invalid as error:
        problems = {{"password": "new"}.get(name, name): words for name, words in error.problems.items()}
        return join_page(group, values, problems)
    answer = see_other("/join/waiting")
    remember(answer, token, JOINING_COOKIE)
    return answer


@routes.get("/join/waiting", apply=everyone, varies=True)
def show_waiting() -> str:
    joining = next(filter(None, map(Joining.of_token, tokens_of_cookies(JOINING_COOKIE)[:3])), None)
    if not joining:
        raise HTTPError(404, "Nobody waits in this browser. If you did, ask your teacher.")
    return page("classroom/waiting", joining=joining, uid=joining.uid_to_log_in)


def asked_user(group: Group, values: dict[str, Any]) -> tuple[User, bool]:
    """Who is meant, with the password that was typed, and whether they are new."""
    picked = values.get("user", "")
    if picked in ("", NEW_PERSON):
        return User(name=values.get("name"), uid=values.get("uid"), password=values.get("new") or None), True
    user = next((each for each in people_to_pick(group) if str(each.id) == picked), None)
    if not user:
        raise Invalid({"user": PICKED_ALREADY})
    user.password = values.get("new") or None
    return user, False


def code_page(code: str, problems: dict[str, str]) -> str:
    asked = Control(
        "code", "Code", "text", "It stands on the board.", attributes={"required": "", "autocomplete": "off"}
    )
    return form_page("classroom/code", problems, controls=[asked], values={"code": code})


def join_page(group: Group, values: dict[str, Any], problems: dict[str, str]) -> str:
    return form_page(
        "classroom/join", problems, group=group, controls=join_controls(people_to_pick(group)), values=values
    )


def join_controls(people: list[User]) -> list[Control]:
    """A list of names, where there is one, and else a name and a user id of one's own; a password in any case."""
    new = controls(User, "name", "uid")
    hint = f"At least {User.password.min_length} characters. You choose it, and nobody else knows it."
    chosen = replace(control(User.password), name="new", label="Your password", hint=hint)
    chosen = replace(chosen, attributes={"required": ""} | chosen.attributes)
    if not people:
        return [*new, chosen]
    names = ((NEW_PERSON, "I am not in this list"), *((str(each.id), str(each)) for each in people))
    return [
        Control("user", "Who you are", "select", choices=names, attributes={"required": ""}),
        *map(only_if_not_listed, new),
        chosen,
    ]


def only_if_not_listed(asked: Control) -> Control:
    attributes = {name: value for name, value in asked.attributes.items() if name != "required"}
    return replace(asked, hint="Only if you are not in the list.", attributes=attributes)
