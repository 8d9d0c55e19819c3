"""Addresses of this site, as a browser must ask for them: it may stand under a prefix, below another site."""

from functools import lru_cache
from typing import Any
from urllib.parse import quote

from bottle import request


def address(path: str) -> str:
    """`path`, like `/users`, behind the prefix. Everything that a page, a header or JSON names goes through here."""
    return prefix_of(request.environ) + path


def path_of(address: str) -> str:
    """The `path` of an address of ours; nothing for one that leaves, as a login must send nobody to another site."""
    prefix = prefix_of(request.environ)
    path = address.removeprefix(prefix)
    is_ours = address.startswith(f"{prefix}/") and not path.startswith("//") and "\\" not in path and path.isascii()
    return path if is_ours and path.isprintable() else ""


def prefix_of(environ: dict[str, Any]) -> str:
    """What stands before every path, like `/class`; nothing where the site has its host for itself."""
    name = environ.get("SCRIPT_NAME", "")
    return quoted_prefix(name) if name else ""


@lru_cache(maxsize=64)
def quoted_prefix(name: str) -> str:
    """As a browser asks for it; a page has many addresses with the same one."""
    return quote(name.encode("latin-1"))


def take_prefix(environ: dict[str, Any], prefix: str) -> None:
    """Let the environment say SCRIPT_NAME and PATH_INFO as every server should.

    `prefix` is the setting, for a proxy that strips it or leaves it in the path; without one it is the server's word.
    """
    name = (prefix or environ.get("SCRIPT_NAME", "")).strip("/")
    environ["SCRIPT_NAME"] = f"/{name}" if name else ""
    environ["PATH_INFO"] = path_behind(environ.get("PATH_INFO", ""), prefix)


def path_behind(prefix_and_path: str, prefix: str) -> str:
    """The path without the setting `prefix`, where it begins with that."""
    name, path = prefix.strip("/"), prefix_and_path
    if prefix and f"{path}/".startswith(f"/{name}/"):
        path = path[len(name) + 1 :]
    return path or "/"
