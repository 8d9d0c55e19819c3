"""How a browser judges what a backend answers to a page of another origin (the Fetch standard)."""

import re

from lab.doctor.asking import Answer
from lab.doctor.seen import REDIRECTS

ALLOWED_ORIGIN = "access-control-allow-origin"


def is_redirect(answer: Answer) -> bool:
    return answer.status in REDIRECTS


def target_of(answer: Answer) -> str:
    """Where a redirect leads."""
    return "".join(answer.all("location")[:1])


def lets_read(answer: Answer, origin: str) -> bool:
    """Whether the page may read it, with its cookie."""
    return answer.all(ALLOWED_ORIGIN) == [origin] and answer.all("access-control-allow-credentials") == ["true"]


def lets_send(answer: Answer, origin: str) -> bool:
    """Whether the answer to a preflight lets the page send anything."""
    return 200 <= answer.status < 300 and lets_read(answer, origin)


def lacking_headers(answer: Answer, headers: str) -> list[str]:
    """Those of `headers` that the answer to a preflight does not allow. A star means none, where a cookie is sent."""
    allowed = answer.words("access-control-allow-headers")
    return [name for name in headers.split(",") if name and name not in allowed]


def lets_use(answer: Answer, method: str) -> bool:
    allowed = [name.upper() for name in answer.words("access-control-allow-methods")]
    return method in ("GET", "HEAD", "POST") or method in allowed


def keeps_cookie(cookie: str, is_https: bool, crosses_sites: bool) -> bool:
    """Whether a browser keeps what Set-Cookie gives it, and sends it back from such a page."""
    attributes = [each.strip().lower() for each in cookie.split(";")[1:]]
    is_secure = "secure" in attributes
    same_site = next((each.partition("=")[2] for each in attributes if each.startswith("samesite=")), "lax")
    if is_secure and not is_https:
        return False
    return not crosses_sites or (same_site == "none" and is_secure)


def are_two_sites(page: str, backend: str) -> bool:
    """Whether a browser takes two origins for two sites. Which names one owner may have, it knows better than we."""
    (here, one), (there, other) = (parted(each) for each in (page, backend))
    if here != there:
        return True
    is_number = re.fullmatch(r"[0-9.]+|\[.*\]", one) is not None
    shared = one.split(".")[-2:]
    return one != other and (is_number or len(shared) < 2 or shared != other.split(".")[-2:])


def parted(origin: str) -> tuple[str, str]:
    """Scheme and host."""
    scheme, _, rest = origin.partition("://")
    return scheme, rest if rest.endswith("]") else re.sub(":[0-9]*$", "", rest)
