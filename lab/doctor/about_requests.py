"""What is said of a request itself: its address, its method, its type, and what the browser asks before it."""

import json
import re
from collections.abc import Iterator
from difflib import get_close_matches

from lab.doctor.finding import PLAIN_PATH, Finding, brief, fetch_lines, start_line
from lab.doctor.seen import Backend, Seen
from routes.shared.headers import PREFLIGHT, WHEN_ASKED

ALLOWED_METHODS = PREFLIGHT["Access-Control-Allow-Methods"].split(", ")
ALLOWED_HEADERS = {*PREFLIGHT["Access-Control-Allow-Headers"].split(", "), *WHEN_ASKED}
PLAIN_ADDRESS = re.compile(r"https?://[A-Za-z0-9.:/_~\[\]-]{1,200}")
MISSING_SLASH = re.compile(r"/(lesson/api|lesson|api)([a-z])")
JSON_OPTIONS = ('headers: {"Content-Type": "application/json"}', "body: JSON.stringify(values)")


def wrong_address(seen: Seen, backend: Backend) -> Finding:
    """There is nothing at that path; often something at one like it."""
    path, right = seen.path, likely_path(seen.path, backend)
    lines = fetch_lines(right, *method_option(seen.meant_method)) if right else ""
    cure = "Ask for what is there:" if lines else "The page /docs has each address."
    if "//" in path:
        says = f"The address has two slashes at {brief(path)}: the base ends with one, and the path begins with one."
        return Finding("double-slash", says, "Leave out the slash at the end of the base address:", lines)
    if MISSING_SLASH.match(path) and right == with_slash(path):
        return Finding("missing-slash", f"A slash is missing in {brief(path)}.", cure, lines)
    if stranger_prefix(path, right):
        says = f"The site knows nothing of {brief(stranger_prefix(path, right))} before {brief(right)}."
        cure = "Leave it out, or, where a proxy leaves it in the path, start the site with it:"
        return Finding("unknown-prefix", says, cure, start_line(PREFIX=stranger_prefix(path, right)))
    return Finding("wrong-address", f"The site has nothing at {brief(path)}.", cure, lines)


def not_for_programs(seen: Seen, backend: Backend) -> Finding:
    """A page of ours: its answers are not for scripts of other origins."""
    path = seen.path
    asks_first = seen.is_preflight and "content-type" in names_in(seen.asked_headers)
    first = " With its Content-Type the browser asks first, and there no page is let in." if asks_first else ""
    says = f"{brief(path)} is none of the API, and no script of another origin may read it.{first}"
    right = likely_path(path, backend, is_api=True)
    if path == "/login":
        right = "/api/sessions"
    options = method_option(seen.meant_method) + JSON_OPTIONS * (seen.meant_method not in ("GET", "HEAD", "DELETE"))
    name = "type-makes-a-preflight" if asks_first else "not-of-the-api"
    lines = fetch_lines(right, *options) if right else ""
    return Finding(name, says, "Ask the API for it:" if lines else "What scripts may ask is under /docs.", lines)


def redirected(path: str, target: str = "") -> Finding:
    where = f" to {brief(target)}" if target else ""
    says = f"{brief(path)} sends the browser on{where}. It follows no redirect of what it asks first (preflight)."
    if PLAIN_ADDRESS.fullmatch(target):
        return Finding(
            "redirected", says, "Write the address to which it leads:", f"await fetch({json.dumps(target)});"
        )
    right = path.rstrip("/") if path.endswith("/") else ""
    cure = "Leave out the slash at its end:" if right else "Write the address to which it leads."
    return Finding("redirected", says, cure, fetch_lines(right) if right else "")


def wrong_method(seen: Seen, methods: tuple[str, ...]) -> Finding:
    says = f"{brief(seen.path)} has no {brief(seen.meant_method)}: there is {', '.join(methods) or 'nothing else'}."
    lines = fetch_lines(seen.path, *method_option(methods[0])) if methods else ""
    return Finding("wrong-method", says, "Use one of these:", lines)


def asked_in_vain(seen: Seen) -> Iterator[Finding]:
    """What a preflight asks for and is not allowed, whoever asks."""
    method = seen.asked_method
    if method not in ALLOWED_METHODS:
        right = method.upper() if method.upper() in ALLOWED_METHODS else "POST"
        says = f"The page sends {brief(method)}. A method is one of {', '.join(ALLOWED_METHODS)}, in capitals."
        yield Finding("method-not-allowed", says, "Write it so:", fetch_lines(seen.path, *method_option(right)))
    strange = [name for name in names_in(seen.asked_headers) if name not in ALLOWED_HEADERS]
    if strange:
        names = brief(", ".join(strange))
        says = f"The page sends a header that the site takes from no other origin: {names}."
        cure = f"Leave it out. These may be sent: {', '.join(sorted(ALLOWED_HEADERS))}."
        yield Finding("header-not-allowed", says, cure)


def wrong_type(seen: Seen, is_api: bool) -> Finding:
    """415: the body has another type than the site reads there."""
    sent = brief(seen.content_type.partition(";")[0].strip() or "no type")
    wanted = "application/json" if is_api else "application/x-www-form-urlencoded"
    body = JSON_OPTIONS if is_api else ('mode: "no-cors"', "body: new URLSearchParams(values)")
    lines = fetch_lines(seen.path, *method_option(seen.method), *body)
    if is_api and seen.fetch_mode == "no-cors":
        says = f'With mode: "no-cors" the browser leaves out the header Content-Type, so {sent} came.'
        return Finding("type-lost-by-no-cors", says, "Leave out the mode:", lines)
    says = f"The body came as {sent}, and {brief(seen.path)} reads {wanted}."
    return Finding("wrong-type", says, "Say what it is:" if is_api else "Send a form:", lines)


def unreadable_answer(seen: Seen) -> Finding:
    says = 'With mode: "no-cors" the request was answered, but the browser shows the answer to no script.'
    return Finding("no-cors", says, "Leave out the mode:", fetch_lines(seen.path, *method_option(seen.method)))


def likely_path(path: str, backend: Backend, is_api: bool = False) -> str:
    """A path of the site that `path` may stand for; of the API where `is_api`. Nothing when none is like it."""
    if not PLAIN_PATH.fullmatch(path):
        return ""
    known = [each for each in guesses(path) if each != path and backend.methods_at(each)]
    known += get_close_matches(path, backend.paths, n=3, cutoff=0.8)
    is_right = tuple(backend.api_prefixes) if is_api else ""
    return next((each for each in known if each.startswith(is_right)), "")


def guesses(path: str) -> Iterator[str]:
    single = re.sub("//+", "/", path)
    yield single
    yield with_slash(single)
    yield single.rstrip("/")
    for start in ("/lesson/api/", "/api/"):
        if start in single[1:]:
            yield single[single.index(start, 1) :].rstrip("/")
    yield f"/api{single.rstrip('/')}"


def with_slash(path: str) -> str:
    return MISSING_SLASH.sub(r"/\1/\2", path, count=1)


def stranger_prefix(path: str, right: str) -> str:
    """What stands before the right path and is none of the site's."""
    return path.removesuffix(right) if right and path.endswith(right) and path != right else ""


def method_option(method: str) -> tuple[str, ...]:
    """The option of `fetch` for it; none for GET, which is the usual one."""
    return () if method == "GET" or not re.fullmatch("[A-Z]{1,10}", method) else (f'method: "{method}"',)


def names_in(header: str) -> list[str]:
    return [name for each in header.lower().split(",") if (name := each.strip())]
