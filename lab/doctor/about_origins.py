"""What is said of the origin of a page, of ORIGINS, and of a proxy that hides the site's own."""

from urllib.parse import urlsplit

from lab.doctor.finding import Finding, brief, origins_line, start_line
from lab.doctor.seen import origin_of
from routes.shared.origins import OF_EACH_MACHINE

YOURS = "If that page is yours, start the site with it, beside the settings that you have:"


def not_listed(page: str, origins: tuple[str, ...], with_cookie: bool = False, are_all: bool = True) -> Finding:
    """ORIGINS lacks the page; often it has one that looks alike. Unless they `are_all`, it may have others, too."""
    for listed in origins:
        for likeness in (has_more, other_name, other_scheme, other_port):
            finding = likeness(page, listed, origins)
            if finding:
                return finding
    lines = origins_line(*origins, page)
    if with_cookie:
        says = f'The page at {brief(page)} asks with credentials: "include", but ORIGINS does not name it.'
        return Finding("credentials-of-a-stranger", says, YOURS, lines)
    names = "names no page at all" if are_all and not origins else "does not name it"
    return Finding("origin-not-listed", f"The page is at {brief(page)}, and ORIGINS {names}.", YOURS, lines)


def has_more(page: str, listed: str, origins: tuple[str, ...]) -> Finding | None:
    if origin_of(listed) != page or listed == page:
        return None
    says = f"ORIGINS has {brief(listed)}. A browser calls that page {brief(page)}, without a slash or a path behind it."
    tidy = [page if each == listed else each for each in origins]
    return Finding("path-in-origins", says, "Leave out what stands behind the host and its port:", origins_line(*tidy))


def other_name(page: str, listed: str, origins: tuple[str, ...]) -> Finding | None:
    if not are_alike(page, listed, "scheme", "port") or not {host_of(page), host_of(listed)} <= set(OF_EACH_MACHINE):
        return None
    says = f"The page was opened at {brief(page)}, and ORIGINS names {brief(listed)}. For a browser these are two."
    return Finding("two-names-of-one-machine", says, f"Open it at {brief(listed)}, or name both:", both(page, origins))


def other_scheme(page: str, listed: str, origins: tuple[str, ...]) -> Finding | None:
    if not are_alike(page, listed, "hostname") or are_alike(page, listed, "scheme"):
        return None
    says = f"The page is at {brief(page)}, and ORIGINS names {brief(listed)}: http and https are two origins."
    return Finding("http-and-https", says, "Name the page as the browser's address bar has it:", both(page, origins))


def other_port(page: str, listed: str, origins: tuple[str, ...]) -> Finding | None:
    if not are_alike(page, listed, "scheme", "hostname"):
        return None
    says = f"The page is at {brief(page)}, and ORIGINS names {brief(listed)}: another port is another origin."
    return Finding("other-port", says, f"Serve the page at {brief(listed)}, or name both:", both(page, origins))


def are_alike(page: str, listed: str, *parts: str) -> bool:
    """Whether these parts of two origins are the same."""
    try:
        here, there = urlsplit(page), urlsplit(listed)
        return all(getattr(here, part) == getattr(there, part) for part in parts)
    except ValueError:
        return False


def host_of(origin: str) -> str:
    """The name of the host, with its brackets where it has some, without the port."""
    rest = origin.partition("://")[2].partition("/")[0]
    return rest if rest.endswith("]") else rest.rpartition(":")[0] or rest


def both(page: str, origins: tuple[str, ...]) -> str:
    return origins_line(*origins, page)


def no_origin() -> Finding:
    says = "The page was opened as a file or in a frame without an origin (Origin: null), which ORIGINS cannot name."
    cure = "Serve its folder, start the site for it, and open http://127.0.0.1:4000:"
    lines = f"python3 -m http.server 4000 --bind 127.0.0.1\n{origins_line('http://127.0.0.1:4000')}"
    return Finding("page-without-origin", says, cure, lines)


def hidden_https(host: str, peer: str, proxy: str, says_so: bool) -> Finding:
    """A proxy took https and asked by http. `says_so` is whether it told; then it is not trusted."""
    says = f"The browser asked https://{brief(host)}, but the site was asked by http: a proxy in front hides the https."
    if says_so:
        trusted = f"trusts {proxy} only" if proxy else "is empty"
        cure = f"The proxy says that it was https, but TRUSTED_PROXY {trusted}. Name the proxy:"
        return Finding("proxy-hides-https", says, cure, start_line(TRUSTED_PROXY=peer or "127.0.0.1"))
    cure = "Let the proxy say it (this line is for nginx), and name its address in TRUSTED_PROXY:"
    return Finding("proxy-hides-https", says, cure, "proxy_set_header X-Forwarded-Proto $scheme;")


def hidden_host(origin: str, host: str) -> Finding:
    says = f"The browser asked {brief(origin)}, but the proxy in front asked the site as {brief(host)}."
    cure = "Let the proxy hand on the name (this line is for nginx):"
    return Finding("proxy-hides-host", says, cure, "proxy_set_header Host $http_host;")


def lesson_elsewhere(host: str) -> Finding:
    says = f"With the lesson's passwords the site answers this machine only, and it was asked as {brief(host)}."
    cure = "Ask for it at 127.0.0.1, or start it without those passwords:"
    return Finding("lesson-for-this-machine", says, cure, start_line(SAMPLE_DATA="locked", HOST="0.0.0.0"))  # noqa: S104


def secure_page(page: str, backend: str) -> Finding:
    says = f"{brief(page)} is https and {brief(backend)} is plain http: the browser asks nothing of it (mixed content)."
    cure = "Put the backend behind https, and write its address so in the page:"
    return Finding("mixed-content", says, cure, f'const backend = "https://{urlsplit(backend).netloc}";')
