"""What a server hands over, made alike: servers differ in paths, addresses and what a proxy in front of them says."""

import re
from collections.abc import Callable
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from typing import Any
from urllib.parse import quote, unquote

Environ = dict[str, Any]
Start = Callable[..., Any]  # what WSGI calls `start_response`

ENCODED = re.compile("%[0-9A-Fa-f]{2}")
WITH_PORT = re.compile(r"\[([^\]]*)\](?::[0-9]+)?|([0-9.]+):[0-9]+")
HOST = re.compile(r"([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")
SAID_BY_PROXIES = [f"HTTP_X_FORWARDED_{word}" for word in ("FOR", "PROTO", "HOST", "PORT", "BY", "SERVER", "SSL")]


def tidy_environ(environ: Environ, trusted_proxy: str) -> None:
    """Change `environ` to what PEP 3333 asks for, with the client's address, scheme and host as they really are."""
    for name in ("SCRIPT_NAME", "PATH_INFO"):
        path = environ.setdefault(name, "")
        if "%" in path or not path.isascii():
            environ[name] = path_as_bytes(path, sent_path(environ))
    environ["QUERY_STRING"] = query_as_ascii(environ.get("QUERY_STRING", ""))
    environ["REMOTE_ADDR"] = ip_of(environ.get("REMOTE_ADDR") or "") or environ.get("REMOTE_ADDR") or ""
    if not environ.get("wsgi.input_terminated"):  # Werkzeug looks whether it is there, not what it is
        environ.pop("wsgi.input_terminated", None)
    if not environ.get("HTTP_RANGE", "bytes=").startswith("bytes="):  # who asks in another unit gets the whole
        del environ["HTTP_RANGE"]
    said = [environ.pop(name, "").rpartition(",")[2].strip() for name in SAID_BY_PROXIES]
    if trusted_proxy and trusted_proxy in ("*", environ["REMOTE_ADDR"]):
        believe(environ, *said[:3])


def believe(environ: Environ, client: str, scheme: str, host: str) -> None:
    """Take over what the proxy has added: the last value of each header. What stands before may be anybody's."""
    environ["REMOTE_ADDR"] = ip_of(client) or environ["REMOTE_ADDR"]
    if scheme.lower() in ("http", "https"):
        environ["wsgi.url_scheme"] = scheme.lower()
    if HOST.fullmatch(host):
        environ["HTTP_HOST"] = host


def sent_path(environ: Environ) -> str:
    """The path as the client has sent it, where the server tells; else nothing."""
    sent = environ.get("REQUEST_URI") or environ.get("RAW_URI") or ""
    path: str = sent.partition("?")[0]
    return path if path.startswith("/") else re.sub("^https?://[^/]*", "", path)


def begins_twice(environ: Environ) -> bool:
    """Whether two slashes stand at the start of the path, which a browser would take for another site."""
    return environ["PATH_INFO"].startswith("//") or sent_path(environ).startswith("//")


def path_as_bytes(path: str, sent: str) -> str:
    """`path` with a letter for each of its bytes. Some servers hand it over as it was `sent`, others as text."""
    if ENCODED.search(path):  # no address of ours has this in it
        path = unquote(path, "latin-1")
    as_bytes = path.encode("utf-8", "surrogateescape").decode("latin-1")
    is_text = not path.isascii() and (max(path) > "\xff" or as_bytes in unquote(sent, "latin-1"))
    return as_bytes if is_text else path


def query_as_ascii(query: str) -> str:
    """`query` with its other letters encoded, as a browser would have done it."""
    if query.isascii():
        return query
    encoding = "utf-8" if max(query) > "\xff" else "latin-1"
    return re.sub("[^\x00-\x7f]+", lambda found: quote(found[0], encoding=encoding, errors="replace"), query)


@lru_cache(maxsize=1024)
def ip_of(text: str) -> str:
    """The address of a machine in `text`, which may have a port; of IPv4 within IPv6 the IPv4; nothing without one."""
    with_port = WITH_PORT.fullmatch(text.strip())
    try:
        ip = ip_address((with_port[1] or with_port[2] or "") if with_port else text.strip().partition("%")[0])
    except ValueError:
        return ""
    return str((ip.ipv4_mapped if isinstance(ip, IPv6Address) else None) or ip)
