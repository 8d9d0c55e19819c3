"""Slips to print and cut: each with its name, its one-time password, and a QR code that lets in once."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from bottle import request, response
from peewee import IntegrityError

from models.receipt import Receipt
from models.shared.row_checks import Invalid
from models.shared.together import together
from models.slip import SLIP_DAYS, Slip
from models.user import User
from routes.shared.access import member
from routes.shared.addresses import address
from routes.shared.once import sent_key
from routes.shared.origins import is_own, own_origin
from routes.shared.page import page

LINK_PATH = "/slip"
PIN_DIGITS = 4


class Printed(NamedTuple):
    """What stands on a slip. The code is a drawing of the link, in SVG."""

    user: User
    password: str
    secret_code: str


def give_once(people: Sequence[User], pin: str, back: str) -> list[tuple[User, str, str]] | None:
    """New slips; None for a form that has been sent before, whose slips nobody shows again.

    What is kept of it is that it was sent, and nothing that stands on a slip.
    """
    key, whose = sent_key(), f"user {member().id}"
    if key and Receipt.of(key, whose):
        return None
    try:
        with together():
            given = Slip.give(people, member(), pin or None)
            if key:
                Receipt.keep(key, whose, content="", status=303, location=back, body="", person=member().id)
    except IntegrityError:  # another process has been quicker
        if not Receipt.of(key, whose):
            raise
        return None
    return given


def check_pin(name: str, pin: str) -> None:
    """`Invalid` for what is no PIN; none is as good."""
    if pin and not (pin.isascii() and pin.isdecimal() and len(pin) == PIN_DIGITS):
        raise Invalid({name: f"must have {PIN_DIGITS} digits"})


def printed_page(given: Sequence[tuple[User, str, str]], has_pin: bool, back: str, told: str = "") -> str:
    """The slips, which this answer alone has. `back` is the path where new ones are made, `told` what was done."""
    response.set_header("Cache-Control", "no-store")
    here = address_of_site()
    slips = [Printed(user, password, qr_code(f"{here}{LINK_PATH}#{link}")) for user, password, link in given]
    is_for_others = not here.partition("//")[2].startswith(("localhost", "127.", "[::1]"))
    values: dict[str, Any] = {"here": here, "has_pin": has_pin, "back": back, "told": told, "days": SLIP_DAYS}
    return page("classroom/printed", slips=slips, is_for_others=is_for_others, **values)


def address_of_site() -> str:
    """Where the first page is, as the browser that prints this one says: what it calls us, also behind a proxy."""
    said = request.environ.get("HTTP_ORIGIN", "")
    origin = said if is_own(said, request.environ) else own_origin(request.environ)
    return f"{origin}{address('')}"


def qr_code(link: str) -> str:
    """A drawing of it, dark on light whatever the colours of the page are."""
    import segno  # only who prints slips needs it

    return str(segno.make(link, error="m", micro=False).svg_inline(dark="#000", light="#fff", omitsize=True))
