"""From where a request comes, as far as the lab has to know. It is looked at before the site changes what was sent."""

from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import ip_address

from routes.shared.environ import Environ, ip_of
from routes.shared.log import log, quoted
from routes.shared.origins import is_name_of_here, is_own
from routes.shared.state import STATE_KEY

FORWARDED = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP")


@dataclass(frozen=True)
class Sight:
    """What a request may see of the lab: `may_ask` its pages, and `may_note` what stands on other pages and in headers.

    Where it `is_for_admins`, both count only for an admin who has logged in. It `is_here` when it comes from where the
    lab is for, whoever asks.
    """

    is_here: bool
    may_ask: bool
    may_note: bool
    is_for_admins: bool

    def shows(self, environ: Environ) -> bool:
        """Whether an answer may say what was recorded of it. Who is logged in is not asked for, but may be known."""
        if not self.may_note or not self.is_for_admins:
            return self.may_note
        session = environ[STATE_KEY].session
        return bool(session and session.kind == "browser" and session.user.is_admin)


current_sight: ContextVar[Sight | None] = ContextVar("current_sight", default=None)


def sight_of(environ: Environ, is_for_admins: bool, host: str, origins: tuple[str, ...]) -> Sight:
    """What this request may see. `environ` is as the server has made it."""
    is_here = is_for_admins or is_at_this_machine(environ, host)
    origin = environ.get("HTTP_ORIGIN", "")
    may_ask = is_here and (not origin or is_own(origin, environ)) and not is_for_another_page(environ)
    return Sight(is_here, may_ask, may_ask or (is_here and origin in origins), is_for_admins)


def is_for_another_page(environ: Environ) -> bool:
    """Whether the browser says that a page of another site needs this for itself. To follow its link is no harm."""
    is_ours = environ.get("HTTP_SEC_FETCH_SITE", "none") in ("same-origin", "none")
    return not is_ours and environ.get("HTTP_SEC_FETCH_MODE") != "navigate"


def is_at_this_machine(environ: Environ, host: str) -> bool:
    """Whether the request came straight from this machine, and calls it by a name that each machine has, or by `host`.

    What a proxy adds never lets anybody in, whatever it says: behind one, everybody comes from this machine.
    """
    return not forwarded_by(environ) and is_loopback_peer(environ) and is_name_of_here(environ, host)


def forwarded_by(environ: Environ) -> str:
    """The header by which a proxy says that it has forwarded the request; nothing without one."""
    return next((name for name in environ if name in FORWARDED or name.startswith("HTTP_X_FORWARDED")), "")


def is_loopback_peer(environ: Environ) -> bool:
    """Whether the other end of the connection is this machine. What comes by a file comes from a proxy."""
    try:
        return ip_address(ip_of(environ.get("REMOTE_ADDR") or "")).is_loopback
    except ValueError:
        return False


class Refusals:
    """Says once, in the log, why somebody at another machine does not see the lab, and what would let them."""

    def __init__(self) -> None:
        self.is_said = False

    def note(self, environ: Environ) -> None:
        """This request is not from here."""
        if self.is_said:
            return
        self.is_said = True
        header = forwarded_by(environ).removeprefix("HTTP_").replace("_", "-").title()
        way = f" through a proxy ({header})" if header else ""
        log.warning(
            "The lab is only for this machine, and somebody asks from %s%s for %s. "
            "To see it from there: start with LAB=on, and log in as an admin",
            quoted(environ.get("REMOTE_ADDR") or "a file"),
            way,
            quoted(environ.get("HTTP_HOST") or "no host"),
        )
