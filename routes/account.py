"""One's own account: the password, where one is logged in, the tokens of scripts."""

from dataclasses import replace

from bottle import HTTPResponse, response

from models.session import Session
from models.shared.row_checks import Invalid
from models.user import User
from routes.shared.access import browsers_only, member, members_only, mine
from routes.shared.body import form
from routes.shared.controls import Control, control, controls
from routes.shared.login import current_session
from routes.shared.page import form_page, news, see_other
from routes.shared.passwords import check_old_password, old_password
from routes.shared.picked import pick
from routes.shared.section import Section

routes = Section()


@routes.get("/account", apply=members_only)
def show_account() -> str:
    return account_page()


@routes.post("/account/password", apply=members_only)
def change_password() -> str | HTTPResponse:
    values = pick(form(), "old", "new")
    user = member()
    user.login = current_session()
    try:
        check_old_password(user, values.get("old"), "old")
        if not values.get("new"):
            raise Invalid({"new": "is required"})
        user.update(password=values["new"])
    except Invalid as error:
        renamed = {{"password": "new"}.get(field, field): message for field, message in error.problems.items()}
        return account_page(problems=renamed)
    return see_other("/account?saved")


@routes.post("/account/tokens", apply=[members_only, browsers_only], secret=True)
def make_token() -> str:
    """Not sent on to another page, as the token is shown this once only."""
    values = pick(form(), "label")
    try:
        _, token = Session.start(member(), "script", values.get("label") or None, asked_by=current_session())
    except Invalid as error:
        return account_page(values, error.problems)
    response.status = 201
    return account_page(token=token)


@routes.post("/account/sessions/<id:int>/end", apply=members_only)
def end_login(id: int) -> HTTPResponse:
    mine(Session.get_by_id(id)).delete()
    return see_other("/account")


@routes.post("/account/sessions/end-others", apply=members_only)
def end_other_logins() -> HTTPResponse:
    member().end_sessions(but=current_session())
    return see_other("/account")


@routes.get("/account/export", apply=[members_only, browsers_only])
def export_account() -> HTTPResponse:
    """All that is known of who asks, in one file."""
    from routes.shared.own_data.own_file import own_data_as_file  # which no start needs

    return own_data_as_file(member())


def account_page(values: dict[str, str] | None = None, problems: dict[str, str] | None = None, token: str = "") -> str:
    return form_page(
        "account/show",
        problems or {},
        news=news(),
        sessions=Session.of_user(member()),
        current=current_session(),
        password_controls=change_password_controls(),
        token_controls=controls(Session, "label"),
        values=values or {},
        token=token,
    )


def change_password_controls() -> list[Control]:
    new = replace(
        control(User.password),
        name="new",
        label="New password",
        hint=f"At least {User.password.min_length} characters. All your other logins end.",
    )
    return [
        old_password("old", "Password you have now"),
        replace(new, attributes={"required": ""} | new.attributes),
    ]
