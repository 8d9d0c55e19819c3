"""Where a request comes from, and under which name the site is called: what browsers say of it."""

from ipaddress import ip_address
from typing import Any
from urllib.parse import quote

USUAL_PORTS = {"http": ":80", "https": ":443"}  # which browsers leave out
OF_THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]")


def own_origin(environ: dict[str, Any]) -> str:
    """What a browser calls the origin of our own pages."""
    return short_origin(f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST', '')}")


def short_origin(origin: str) -> str:
    """`origin` in small letters and without the usual port of its scheme."""
    origin = origin.lower()
    return origin.removesuffix(USUAL_PORTS.get(origin.partition(":")[0], ""))


def strange_origin(environ: dict[str, Any], origins: tuple[str, ...]) -> str:
    """The origin of the page that asks, for the log, when it is neither ours nor one of `origins`; else nothing."""
    origin = environ.get("HTTP_ORIGIN", "")
    return "" if origin in origins or short_origin(origin) == own_origin(environ) else quoted(origin)


def quoted(text: str) -> str:
    """Text of a request for the log, where it must not make a line of its own."""
    return quote(text.encode("latin-1", "replace"), safe=":/[].-_~")


def is_of_this_machine(environ: dict[str, Any], host: str) -> bool:
    """Whether the request is for this machine by its name, `host` or one that all machines have, and comes from it.

    A page elsewhere may let its own name lead here, but a browser says that name.
    """
    asked = environ.get("HTTP_HOST", "").lower()
    name = asked if asked.endswith("]") else asked.rpartition(":")[0] or asked
    address = environ["REMOTE_ADDR"]
    return name in ("", *OF_THIS_MACHINE, f"[{host}]" if ":" in host else host) and is_near(address)


def is_near(address: str) -> bool:
    """Whether nobody but this machine has the address."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return True  # no address of a network, as behind a socket in a folder
