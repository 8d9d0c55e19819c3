"""A link that lets in once. Its token stands behind the #, which no browser sends: no log and no preview has it.

A script of the page puts it into a form, and takes it out of the address. Only the button uses it up.
"""

from bottle import HTTPResponse, response

from models.attempt import Attempt
from models.slip import Slip
from models.user import User
from routes.shared.access import everyone
from routes.shared.body import form
from routes.shared.controls import Control
from routes.shared.login import log_in_browser, me
from routes.shared.network import client_network
from routes.shared.page import form_page, see_other
from routes.shared.picked import pick
from routes.shared.section import Section

LINK_IS_OVER = "has been used, is too old, or was made void by a new slip. Ask for a new one."
PIN_TO_OPEN = Control(
    "secret_pin",
    "PIN",
    "text",
    "The four digits that your teacher said.",
    attributes={"inputmode": "numeric", "required": ""},
)

routes = Section()


@routes.get("/slip", apply=everyone)
def show_link() -> str:
    return link_page("", {})


@routes.post("/slip", apply=everyone, secret=True, logs_in=True)
def use_link() -> str | HTTPResponse:
    values = pick(form(), "token", "secret_pin")
    token, pin = values.get("token", ""), values.get("secret_pin", "")
    slip = Slip.of_link(token)
    if not slip:
        return link_page("", {"token": LINK_IS_OVER})
    if slip.pin_hash and not pin:
        return link_page(token, {}, asks_pin=True)
    if not is_opened(slip, token, pin):
        return link_page(token, {"secret_pin": "is wrong"}, asks_pin=True)
    user: User = slip.let_in()
    answer = see_other(f"/users/{user.id}")
    log_in_browser(answer, user)
    return answer


def is_opened(slip: Slip, token: str, pin: str) -> bool:
    """Whether the PIN is right. Guesses are counted, as those of passwords are."""
    if not slip.pin_hash:
        return True
    whose, place = f"#slip {slip.id}", client_network()
    Attempt.begin(whose, place)
    is_right = slip.is_opened_by(token, pin.strip())
    if is_right:
        Attempt.forget(whose, place)
    return is_right


def link_page(token: str, problems: dict[str, str], asks_pin: bool = False) -> str:
    response.set_header("Cache-Control", "no-store")
    response.set_header("Referrer-Policy", "no-referrer")
    return form_page(
        "classroom/link", problems, controls=[PIN_TO_OPEN] if asks_pin else [], values={"token": token}, logged_in=me()
    )
