"""From what the server saw of a request to what kept its page from working. A request that is fine has no finding."""

from collections.abc import Iterator, Sequence

from lab.doctor import about_logins, about_origins, about_requests
from lab.doctor.finding import Finding
from lab.doctor.seen import REDIRECTS, Backend, Seen
from routes.shared.cross_site import SAFE_METHODS
from routes.shared.origins import OF_EACH_MACHINE


def diagnose(seen: Seen, backend: Backend, before: Sequence[Seen] = ()) -> list[Finding]:
    """What was wrong, the first cause only. `before` are earlier requests, the newest first."""
    for cause in (of_the_way, of_the_origin, of_the_address, of_the_preflight, of_the_answer):
        found = list(cause(seen, backend))
        if found:
            return found
    return list(of_the_login(seen, before))


def of_the_way(seen: Seen, backend: Backend) -> Iterator[Finding]:
    """How the request reached the site: its host, and what a proxy made of it."""
    if backend.lesson and seen.status == 403 and about_origins.host_of(f"://{seen.host}") not in own_hosts(backend):
        yield about_origins.lesson_elsewhere(seen.host)
    elif hides_https(seen, backend):
        host, says_so = seen.forwarded_host or seen.host, bool(seen.forwarded_scheme)
        yield about_origins.hidden_https(host, seen.peer, backend.trusted_proxy, says_so)
    elif hides_host(seen, backend):
        yield about_origins.hidden_host(seen.origin, seen.host)


def own_hosts(backend: Backend) -> tuple[str, ...]:
    return ("", *OF_EACH_MACHINE, f"[{backend.host}]" if ":" in backend.host else backend.host)


def hides_https(seen: Seen, backend: Backend) -> bool:
    """Whether the browser asked by https and the site does not know, where that matters: a refusal, a cookie."""
    if seen.scheme != "http":
        return False
    if is_kept_out(seen, backend) and not seen.fetch_site:
        return seen.origin in (f"https://{seen.host}", f"https://{seen.forwarded_host}")
    is_about_cookies = seen.logs == "in" or (seen.needs_login and not seen.has_cookie and not seen.authorization)
    return seen.forwarded_scheme == "https" and seen.is_foreign and seen.crosses_sites and is_about_cookies


def hides_host(seen: Seen, backend: Backend) -> bool:
    asked = f"{seen.forwarded_scheme or seen.scheme}://{seen.forwarded_host}"
    return is_kept_out(seen, backend) and not seen.fetch_site and seen.origin == asked


def is_kept_out(seen: Seen, backend: Backend) -> bool:
    """Whether it was refused as one of another site; see routes/shared/cross_site.py."""
    is_unsafe = seen.status == 403 and seen.method not in SAFE_METHODS
    return is_unsafe and seen.is_foreign and seen.origin not in backend.origins


def is_of_the_api(seen: Seen, backend: Backend) -> bool:
    return seen.path.startswith(backend.api_prefixes)


def of_the_origin(seen: Seen, backend: Backend) -> Iterator[Finding]:
    """Whether ORIGINS lets the page in, where that was asked."""
    if not seen.is_foreign or not seen.origin or seen.origin in backend.origins:
        return
    if is_kept_out(seen, backend) or (seen.is_script and is_of_the_api(seen, backend)):
        with_cookie = seen.has_cookie and seen.is_script
        is_null = seen.origin == "null"
        yield (
            about_origins.no_origin()
            if is_null
            else about_origins.not_listed(seen.origin, backend.origins, with_cookie)
        )


def of_the_address(seen: Seen, backend: Backend) -> Iterator[Finding]:
    """Whether the site has something there, and for the scripts of another origin."""
    if not seen.is_foreign or not seen.is_script:
        return
    methods = backend.methods_at(seen.path)
    is_api = is_of_the_api(seen, backend)
    if seen.status in REDIRECTS and (seen.is_preflight or not (methods or is_api)):
        yield about_requests.redirected(seen.path)
    elif not methods and (not is_api or seen.status == 404):
        yield about_requests.wrong_address(seen, backend)
    elif not is_api:
        yield about_requests.not_for_programs(seen, backend)
    elif seen.status == 405:
        yield about_requests.wrong_method(seen, methods)


def of_the_preflight(seen: Seen, _backend: Backend) -> Iterator[Finding]:
    if seen.is_foreign and seen.is_preflight:
        yield from about_requests.asked_in_vain(seen)


def of_the_answer(seen: Seen, backend: Backend) -> Iterator[Finding]:
    """What the body was taken for, and whether the page can read the answer."""
    if not seen.is_foreign:
        return
    is_api = is_of_the_api(seen, backend)
    if seen.status == 415:
        yield about_requests.wrong_type(seen, is_api)
    elif is_api and seen.fetch_mode == "no-cors" and seen.fetch_dest in ("", "empty"):
        yield about_requests.unreadable_answer(seen)


def of_the_login(seen: Seen, before: Sequence[Seen]) -> Iterator[Finding]:
    """Why nobody is logged in, where the site asked for that."""
    if seen.needs_login and seen.authorization:
        is_bearer = seen.authorization == "bearer"
        yield about_logins.unknown_token() if is_bearer else about_logins.not_a_bearer(seen.authorization)
    elif not seen.is_foreign or not (seen.needs_login or seen.logs == "in"):
        return
    elif seen.has_cookie and seen.needs_login:
        yield about_logins.login_is_over()
    elif seen.crosses_sites and seen.scheme == "http" and seen.fetch_mode != "navigate":
        yield about_logins.kept_back(seen.page, seen.own)
    elif seen.needs_login:
        yield without_cookie(seen, before)


def without_cookie(seen: Seen, before: Sequence[Seen]) -> Finding:
    """The last time that somebody logged in or out, from that page or on the site itself, tells which it was."""
    last = next((each for each in before if each.logs and each.page in (seen.page, seen.own, "")), None)
    is_in = last is not None and last.logs == "in"
    if seen.crosses_sites and not (last and last.page == seen.page):
        return about_logins.third_party(seen, is_certain=is_in)
    return about_logins.left_out(seen, is_certain=is_in)
