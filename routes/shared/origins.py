"""Where a request comes from, and under which name it reaches us: what browsers say of it."""

from ipaddress import ip_address

from routes.shared.environ import Environ
from routes.shared.log import log, quoted

DEFAULT_PORTS = {"http": ":80", "https": ":443"}  # which browsers leave out
OF_EACH_MACHINE = ("localhost", "127.0.0.1", "[::1]")


def own_origin(environ: Environ) -> str:
    """What a browser calls the origin of our own pages; nothing without a Host."""
    host = environ.get("HTTP_HOST", "")
    return short_origin(f"{environ['wsgi.url_scheme']}://{host}") if host else ""


def is_own(origin: str, environ: Environ) -> bool:
    """Whether a page of that origin is ours. http and https of one host are two origins."""
    return short_origin(origin) == own_origin(environ) != ""


def short_origin(origin: str) -> str:
    """`origin` in small letters, without the usual port of its scheme."""
    origin = origin.lower()
    return origin.removesuffix(DEFAULT_PORTS.get(origin.partition(":")[0], "none"))


def note_stranger(environ: Environ, what: str) -> None:
    """Write down a request that was kept out for its origin: a browser tells its page only that it was."""
    said = {"Origin": "HTTP_ORIGIN", "Host": "HTTP_HOST", "Sec-Fetch-Site": "HTTP_SEC_FETCH_SITE"}
    words = [f"{name} {quoted(environ[key])}" for name, key in said.items() if environ.get(key)]
    log.warning(
        "%s by a page of another origin: %s. This site is %s; ORIGINS does not name the other",
        what,
        ", ".join(words),
        quoted(own_origin(environ)),
    )


def is_for_this_machine(environ: Environ, host: str) -> bool:
    """Whether the request comes from this machine, and calls it by a name that each machine has, or by `host`.

    A page elsewhere may let its own name lead here, but its browser says that name.
    """
    return (not environ.get("HTTP_HOST") or is_name_of_here(environ, host)) and is_near(environ["REMOTE_ADDR"])


def is_name_of_here(environ: Environ, host: str) -> bool:
    """Whether the Host is a name of each machine, or `host`. Another one may be made to lead here by who owns it."""
    asked = environ.get("HTTP_HOST", "").lower()
    name = asked if asked.endswith("]") else asked.rpartition(":")[0] or asked
    return name in (*OF_EACH_MACHINE, f"[{host}]" if ":" in host else host)


def is_near(address: str) -> bool:
    """Whether nobody but this machine has the address."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return True  # of no network, as where the server listens at a file
