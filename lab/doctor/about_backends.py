"""What is said of a backend as a browser meets it: where it is, and what it and a proxy answer to a page elsewhere."""

import json

from lab.doctor.finding import Finding, brief


def moved(backend: str, target: str) -> Finding:
    says = f"{brief(backend)} sends the browser on to {brief(target)}. It follows no redirect of what it asks first."
    if not target.isascii() or not target.isprintable() or len(target) > 200:
        return Finding("redirected", says, "Write the address to which it leads.")
    return Finding("redirected", says, "Write that address in the page:", backend_line(target))


def slash_at_the_end(backend: str) -> Finding:
    says = "The address ends with a slash, and each path begins with one: two slashes lead nowhere."
    return Finding("double-slash", says, "Leave out the last one:", backend_line(backend.rstrip("/")))


def unknown_path(backend: str, origin: str) -> Finding:
    says = f"The site is at {brief(origin)}, but not at {brief(backend)}."
    cure = "Write its address without that path, or start the site with the PREFIX that a proxy leaves in the path:"
    return Finding("unknown-prefix", says, cure, backend_line(origin))


def another_server(backend: str, status: int) -> Finding:
    says = f"Something answers at {brief(backend)} (status {status}), but it is not this backend."
    cure = "Write the address and the port that the site says at its start, and the path that PREFIX says."
    return Finding("another-server", says, cure)


def not_well(status: int) -> Finding:
    says = f"The backend answers that it is not well (status {status})."
    return Finding("not-well", says, "Its page /health and its log say why.")


def will_be_asked(page: str, backend: str) -> Finding:
    says = f"{brief(backend)} is nearer to you than {brief(page)}: a browser asks you whether the page may ask there."
    cure = "Allow it when the browser asks (Local Network Access), or put the page as near as the backend."
    return Finding("local-network", says, cure, is_certain=False)


def own_page(page: str) -> Finding:
    says = f"{brief(page)} is the backend's own origin, so nothing has to let the page in."
    return Finding("own-origin", says, "ORIGINS need not name it.", is_certain=False)


def other_cors(values: list[str]) -> Finding:
    """Not the site's own words: it names one origin, or none."""
    says = f"The answer has Access-Control-Allow-Origin: {brief(', '.join(values))}. A proxy in front adds its own."
    cure = "Take the lines for CORS out of the proxy: those of ORIGINS are the site's. For nginx, these:"
    return Finding("cors-of-a-proxy", says, cure, "add_header Access-Control-Allow-Origin …;")


def preflight_refused(status: int) -> Finding:
    says = (
        f"What a browser asks first (OPTIONS) is answered with {status}. It did not reach the site, or not as it was."
    )
    return Finding("preflight-refused", says, "Let the proxy in front hand OPTIONS on to the site.")


def not_let_through(what: str, names: str) -> Finding:
    says = f"What a browser asks first is answered without the {what} {brief(names)}."
    return Finding(
        f"{what}-not-allowed", says, "Take the lines for CORS out of the proxy: those of ORIGINS are the site's."
    )


def sent_on(path: str, target: str) -> Finding:
    says = (
        f"A request for {brief(path)} is sent on to {brief(target)}, and a browser does not follow what it asks first."
    )
    return Finding("slash-at-the-end", says, "Write no slash at the end of a path.", is_certain=False)


def not_kept(attributes: str) -> Finding:
    says = f"The login's cookie is none that the browser keeps for this page. It says: {brief(attributes)}."
    cure = "A page of ORIGINS gets SameSite=None; Secure over https. See TRUSTED_PROXY in docs/settings.md."
    return Finding("cookie-not-kept", says, cure)


def not_logged_in(status: int) -> Finding:
    says = f"That user id and password were refused (status {status}), so the cookie could not be looked at."
    return Finding("login-refused", says, "Try them at /login of the site.")


def backend_line(address: str) -> str:
    """The page's line for its address."""
    return f"const backend = {json.dumps(address)};"
