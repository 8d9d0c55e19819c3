"""`--backend`: where the program answers that frozen pages ask, and what stands in the way of a page that asks it."""

import re
from urllib.parse import urlsplit

from config import BadSetting
from routes.shared.headers import SAFETY
from routes.shared.origins import OF_EACH_MACHINE, short_origin

NAME_OF_HOST = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
PATH_OF_BACKEND = re.compile(r"(/[A-Za-z0-9._~-]+)*/?")


def checked_backend(backend: str, site: str) -> str:
    """`backend` without a slash at its end. BadSetting for what a page at `site` could not ask."""
    problem = problem_of_address(backend) or problem_with(backend, site)
    if problem:
        raise BadSetting(f"--backend {problem}")
    return backend.rstrip("/")


def problem_of_address(backend: str) -> str:
    """Why this cannot be where a program answers. A password in it is not shown again."""
    try:
        parts = urlsplit(backend)
        port = parts.port
    except ValueError:
        return f"must be like https://school.example/class, not {backend!r}"
    if "@" in backend:
        return "must have no name and no password in it: every reader of the pages would get them"
    if parts.scheme not in ("http", "https"):
        return f"must begin with https:// or http://, not {backend!r}"
    if parts.query or parts.fragment or backend.endswith(("?", "#")):
        return f"must end before ? and #, not {backend!r}"
    if "[" in backend:
        return f"must have a name of the machine, as browsers let no page name {parts.netloc} in its policy"
    is_whole = NAME_OF_HOST.fullmatch(parts.hostname or "") and PATH_OF_BACKEND.fullmatch(parts.path) and port != 0
    return (
        "" if is_whole and not parts.netloc.endswith(":") else f"must be like https://school.example, not {backend!r}"
    )


def problem_with(backend: str, site: str) -> str:
    """Why a page at `site` could not ask it."""
    is_open = urlsplit(backend).scheme == "http" and urlsplit(backend).hostname not in OF_EACH_MACHINE
    if is_open and site.startswith("https://"):
        return f"must begin with https://, as browsers let no page of {site} ask over http (mixed content)"
    return ""


def origin_behind(address: str) -> str:
    """What a browser calls the origin of an address."""
    parts = urlsplit(address)
    return short_origin(f"{parts.scheme}://{parts.netloc}")


def policy_for(backend: str) -> str:
    """The Content-Security-Policy of pages that ask it: as of the site itself, and this one more."""
    origin = origin_behind(backend)
    ours = dict(each.strip().split(" ", 1) for each in SAFETY["Content-Security-Policy"].split(";"))
    del ours["frame-ancestors"]  # which a page cannot say of itself
    ours |= {"connect-src": f"'self' {origin}", "img-src": f"{ours['img-src']} {origin}"}
    return "; ".join(f"{name} {sources}" for name, sources in ours.items())


def words_about(backend: str, site: str) -> str:
    """What must be so at the backend, as the pages are elsewhere."""
    if not site:
        page = "the origin of the host that will have the pages, like https://class.example"
        mixed = " A page on https cannot ask over http." if problem_with(backend, "https://") else ""
        return f"At {backend}, ORIGINS must name {page}.{mixed}"
    if origin_behind(site) == origin_behind(backend):
        return f"{backend} has the same origin as the pages, so its ORIGINS need not name it."
    return f"At {backend}, ORIGINS must name {origin_behind(site)}, else browsers keep its answers from the pages."
