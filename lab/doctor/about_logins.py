"""What is said of a login that does not come along: the cookie that a browser keeps back, and the token."""

from lab.doctor.finding import Finding, brief, fetch_lines
from lab.doctor.seen import Seen

LOG_IN_FOR_A_KEY = """\
const {token} = await fetch(backend + "/api/sessions", {
    method: "POST",
    headers: {"Content-Type": "application/json"},
    body: JSON.stringify({uid, password}),
}).then((answer) => answer.json());
"""
LOG_IN_FOR_THE_COOKIE = """\
await fetch(backend + "/lesson/api/authenticate", {
    method: "POST",
    credentials: "include",
    headers: {"Content-Type": "application/json"},
    body: JSON.stringify({uid, password}),
});
"""
BEARER = "headers: {Authorization: `Bearer ${token}`}"
INCLUDE = 'credentials: "include"'


def left_out(seen: Seen, is_certain: bool) -> Finding:
    """No cookie came, where it could have. It is certain when somebody has logged in before."""
    but = "although somebody has logged in" if is_certain else "and no login was seen"
    says = f"The browser sent no cookie for {brief(seen.method)} {brief(seen.path)}, {but}."
    cure = "Log in, and let each fetch take the cookie along, that of the login too:"
    return Finding("credentials-left-out", says, cure, fetch_lines(seen.path, INCLUDE), is_certain)


def kept_back(page: str, backend: str) -> Finding:
    """Plain http, and two sites for the browser."""
    says = f"On plain http no cookie goes from {brief(page)} to {brief(backend)}: for a browser these are two sites."
    cure = "Open the page at the host name of the backend, put both behind https, or use a token:"
    return Finding("cookie-of-two-hosts", says, cure, LOG_IN_FOR_A_KEY + fetch_lines("/api/me", BEARER))


def third_party(seen: Seen, is_certain: bool) -> Finding:
    """Over https, from another site: the cookie is Partitioned. It is certain when the login was elsewhere."""
    says = (
        "No cookie came. Over https a page elsewhere has a cookie of its own (Partitioned), kept apart from that of "
        "the site itself: only a login from this page counts."
    )
    cure = "Log in from the page, and take the cookie along in each fetch:"
    return Finding(
        "third-party-cookie", says, cure, LOG_IN_FOR_THE_COOKIE + fetch_lines(seen.path, INCLUDE), is_certain
    )


def login_is_over() -> Finding:
    return Finding(
        "login-is-over", "A cookie came, but its login has ended, or it is none of this site's.", "Log in again."
    )


def unknown_token() -> Finding:
    says = "A token came, but it is none of this site's: made up, ended, or older than its days."
    return Finding("unknown-token", says, "Log in for one:", LOG_IN_FOR_A_KEY)


def not_a_bearer(scheme: str) -> Finding:
    says = f"The header Authorization begins with {brief(scheme)}, and the site takes a token as Bearer only."
    return Finding("not-a-bearer", says, "Send it so:", fetch_lines("/api/me", BEARER))
