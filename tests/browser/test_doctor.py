"""Pages that do not work, opened in a browser: the doctor names what is wrong with each, and none with a good one."""

import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from shutil import copytree
from ssl import PROTOCOL_TLS_SERVER, SSLContext

import pytest
from webtest import TestApp

from app import create_app
from config import Settings
from lab.doctor.never_asked import console_lines
from models.shared.database import database
from tests.lab.doctor.places import changed, served
from tests.server import free_port

JSON = 'headers: {"Content-Type": "application/json"}, body: JSON.stringify({uid: "niko", password: "123niko"})'
LOG_IN = f'await fetch(site + "/lesson/api/authenticate", {{method: "POST", credentials: "include", {JSON}}})'
WHO = 'await fetch(site + "/lesson/api/id", {credentials: "include"})'
FAR = "class.example"  # leads to this machine, but is for the browser as far away as any other
LAPTOP = "laptop.local"


@pytest.fixture
def make_site(tmp_path, lesson_volumes):
    """Call it for the site with these settings, the lab in it."""
    copytree(lesson_volumes, tmp_path / "volumes")
    yield lambda **changes: create_app(Settings(volumes=tmp_path / "volumes", sample_data="lesson", **changes))
    database.close_all()


class Hosted(SimpleHTTPRequestHandler):
    """An empty page at every address; one of its own policy under /strict."""

    def do_GET(self):
        body = b"<!doctype html><title>A page elsewhere</title><link rel=icon href=data:,>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        if self.path.startswith("/strict"):
            self.send_header("Content-Security-Policy", "default-src 'self' data:")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextmanager
def host(certificate=None, port=0):
    """The port of a host of pages."""
    with ThreadingHTTPServer(("127.0.0.1", port), Hosted) as server:
        if certificate:
            context = SSLContext(PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        thread = threading.Thread(target=partial(server.serve_forever, 0.01))
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def page_port():
    with host() as port:
        yield port


@pytest.fixture
def open_at(open_page):
    """Call it with an address and lines of JavaScript that a page there runs; gives the page and what they gave."""

    def run(address, lines, site):
        page = open_page(ignore_https_errors=True)
        page.goto(address)
        return page, script(page, lines, site)

    return run


def script(page, lines, site):
    body = f"async (site) => {{ try {{ {lines} }} catch (error) {{ return String(error); }} }}"
    return page.evaluate(body, site)


def named(site):
    """What the doctor says of each request, the newest first: its names, those that are certain."""
    asked = TestApp(site, extra_environ={"REMOTE_ADDR": "127.0.0.1"}).get("/lab/doctor.json").json["requests"]
    return [finding["name"] for each in asked for finding in each["findings"] if finding["certain"]]


LISTED = {
    "type-makes-a-preflight": f'await fetch(site + "/login", {{method: "POST", {JSON}}})',
    "wrong-type": 'await fetch(site + "/api/users", {method: "POST", body: JSON.stringify({name: "Ada"})})',
    "type-lost-by-no-cors": f'await fetch(site + "/api/sessions", {{method: "POST", mode: "no-cors", {JSON}}})',
    "no-cors": 'await fetch(site + "/api/users", {mode: "no-cors"})',
    "double-slash": 'await fetch(site + "/" + "/api/users")',
    "missing-slash": 'await fetch(site + "/lesson" + "api/users")',
    "unknown-prefix": 'await fetch(site + "/class/api/users")',
    "wrong-address": 'await fetch(site + "/api/user")',
    "wrong-method": 'await fetch(site + "/api/users", {method: "DELETE"})',
    "method-not-allowed": 'await fetch(site + "/api/users/1", {method: "patch"})',
    "header-not-allowed": 'await fetch(site + "/api/users", {headers: {"X-Requested-With": "fetch"}})',
    "redirected": f'await fetch(site + "/users/", {{method: "POST", {JSON}}})',
    "not-of-the-api": 'await fetch(site + "/users")',
    "unknown-token": 'await fetch(site + "/api/me", {headers: {Authorization: "Bearer made-up"}})',
    "not-a-bearer": 'await fetch(site + "/api/me", {headers: {Authorization: "made-up"}})',
    "credentials-left-out": f'{LOG_IN}; await fetch(site + "/lesson/api/id")',
}


@pytest.mark.parametrize(("name", "lines"), LISTED.items(), ids=LISTED)
def test_a_page_of_origins_that_asks_in_a_wrong_way(open_at, make_site, page_port, name, lines):
    site = make_site(origins=(f"http://127.0.0.1:{page_port}",))
    with served(site) as port:
        open_at(f"http://127.0.0.1:{page_port}", lines, f"http://127.0.0.1:{port}")
    assert named(site) == [name]


UNLISTED = {
    "origin-not-listed": ("http://127.0.0.1:{}", "https://class.example"),
    "two-names-of-one-machine": ("http://localhost:{}", "http://127.0.0.1:{}"),
    "other-port": ("http://127.0.0.1:{}", "http://127.0.0.1:1"),
    "path-in-origins": ("http://127.0.0.1:{}", "http://127.0.0.1:{}/"),
}


@pytest.mark.parametrize("name", UNLISTED)
def test_a_page_that_origins_lacks(open_at, make_site, page_port, name):
    address, listed = (each.format(page_port) for each in UNLISTED[name])
    site = make_site(origins=(listed,))
    with served(site) as port:
        page, said = open_at(address, 'await fetch(site + "/api/users")', f"http://127.0.0.1:{port}")
        assert "Failed to fetch" in said
        assert "Failed to fetch" in script(page, LOG_IN, f"http://127.0.0.1:{port}")
    assert named(site) == [name, name]


def test_a_page_on_https_that_origins_names_with_http(open_at, make_site, certificate):
    with host(certificate) as page_port:
        site = make_site(origins=(f"http://127.0.0.1:{page_port}",))
        with served(site) as port:
            open_at(f"https://127.0.0.1:{page_port}", LOG_IN, f"http://127.0.0.1:{port}")
    assert named(site) == ["http-and-https"]


def test_a_stranger_with_the_cookie_of_the_site(open_at, make_site, page_port):
    site = make_site()
    with served(site) as port:
        here = f"http://127.0.0.1:{port}"
        page, _ = open_at(f"{here}/static/lesson/index.html", LOG_IN, here)
        page.goto(f"http://127.0.0.1:{page_port}")
        script(page, WHO, here)
    assert named(site) == ["credentials-of-a-stranger"]


def test_a_page_that_was_opened_as_a_file(open_at, make_site, tmp_path):
    (tmp_path / "page.html").write_text("<!doctype html><title>A file</title>")
    site = make_site()
    with served(site) as port:
        open_at((tmp_path / "page.html").as_uri(), 'await fetch(site + "/api/users")', f"http://127.0.0.1:{port}")
    assert named(site) == ["page-without-origin"]


def test_a_form_of_a_page_that_origins_lacks(open_at, make_site, page_port):
    site = make_site()
    form = 'document.body.innerHTML = `<form method="post" action="${site}/login"><input name="uid"></form>`;'
    with served(site) as port:
        page, _ = open_at(f"http://127.0.0.1:{page_port}", form, f"http://127.0.0.1:{port}")
        with page.expect_navigation():
            page.evaluate("document.forms[0].submit()")
    assert named(site) == ["origin-not-listed"]


# Cookies, and what stands in front


def test_a_cookie_between_two_host_names_on_plain_http(open_at, make_site, page_port):
    site = make_site(origins=(f"http://localhost:{page_port}",))
    with served(site) as port:
        lines = f"{LOG_IN}; return ({WHO}).status"
        _, status = open_at(f"http://localhost:{page_port}", lines, f"http://127.0.0.1:{port}")
    assert status == 401
    assert set(named(site)) == {"cookie-of-two-hosts"}


@pytest.fixture
def far_page(certificate):
    """The address of a page on https, for a backend at 127.0.0.1 another site."""
    with host(certificate) as port:
        yield f"https://localhost:{port}"


def test_over_https_a_login_on_the_site_itself_does_not_count_elsewhere(open_at, make_site, far_page, certificate):
    site = make_site(origins=(far_page,))
    with served(site, certificate) as port:
        here = f"https://127.0.0.1:{port}"
        page, _ = open_at(f"{here}/static/lesson/index.html", LOG_IN, here)
        page.goto(far_page)
        assert script(page, f"return ({WHO}).status", here) == 401
        assert named(site) == ["third-party-cookie"]
        assert script(page, f"{LOG_IN}; return ({WHO}).status", here) == 200  # which is the cure


def test_a_proxy_that_hides_https(open_at, make_site, far_page, certificate):
    def hide(environ):
        environ["wsgi.url_scheme"], environ["HTTP_X_FORWARDED_PROTO"] = "http", "https"

    site = make_site(origins=(far_page,))
    with served(changed(site, hide), certificate) as port:
        _, status = open_at(far_page, f"{LOG_IN}; return ({WHO}).status", f"https://127.0.0.1:{port}")
    assert status == 401
    assert set(named(site)) == {"proxy-hides-https"}


# What is fine


def test_the_lessons_page_has_nothing_that_is_certainly_wrong(open_at, make_site, page_port):
    site = make_site(origins=(f"http://127.0.0.1:{page_port}",))
    lines = f"{WHO}; {LOG_IN}; {WHO}; "
    lines += 'await fetch(site + "/lesson/api/users"); '
    lines += 'await fetch(site + "/lesson/api/authenticate", {method: "DELETE", credentials: "include"}); '
    with served(site) as port:
        _, status = open_at(
            f"http://127.0.0.1:{page_port}", f"{lines} return ({WHO}).status", f"http://127.0.0.1:{port}"
        )
    assert status == 401
    assert named(site) == []


# Where nothing arrives


def told(page, backend):
    """What the lines for the console tell there."""
    return page.evaluate(
        f"async () => {{ return {console_lines(backend).partition('await')[2].strip().rstrip(';')}; }}"
    )


def test_the_lines_for_the_console_tell_why_nothing_arrived(open_page, make_site, page_port, certificate):
    page = open_page(ignore_https_errors=True)
    with served(make_site()) as port:
        here, elsewhere = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{page_port}"
        page.goto(elsewhere)
        assert told(page, here) == told(page, f"{here}/lesson/") == "it-answers"
        assert told(page, f"http://127.0.0.1:{free_port()}") == "nothing-answers"
        assert told(page, elsewhere) == "another-server"
        assert told(page, f"{here}api") == "bad-address"
        page.goto(f"{elsewhere}/strict")
        assert told(page, here) == "page-policy"
        with host(certificate) as secure_port:
            page.goto(f"https://127.0.0.1:{secure_port}")
            assert told(page, here) == "it-answers"  # on the same machine a browser lets it be
            assert told(page, "http://backend.example") == "mixed-content"


@pytest.fixture
def browser_of_the_internet(chromium, page_port):
    """A browser for which the host of pages is far away."""
    arguments = ["--no-sandbox", f"--host-resolver-rules=MAP {FAR} 127.0.0.1,MAP {LAPTOP} 127.0.0.1"]
    arguments += [f"--ip-address-space-overrides=127.0.0.1:{page_port}=public"]
    arguments += [f"--unsafely-treat-insecure-origin-as-secure=http://{FAR}:{page_port}"]
    program = chromium.browser_type.launch(executable_path=chromium.program, args=arguments)
    yield program
    program.close()


def test_a_browser_that_keeps_pages_from_its_own_network(browser_of_the_internet, make_site, page_port):
    context = browser_of_the_internet.new_context()
    page = context.new_page()
    page.goto(f"http://{FAR}:{page_port}")
    site = make_site(origins=(f"http://{FAR}:{page_port}",))
    with served(site) as port:
        here = f"http://127.0.0.1:{port}"
        assert "Failed to fetch" in script(page, 'await fetch(site + "/api/users")', here)
        assert told(page, here) == "local-network"
        assert named(site) == []
        context.grant_permissions(["local-network-access"])
        assert told(page, here) == "it-answers"


def test_a_backend_that_is_asked_by_another_name(browser_of_the_internet, make_site):
    with host() as page_port:
        site = make_site(origins=(f"http://127.0.0.1:{page_port}",))
        page = browser_of_the_internet.new_page()
        page.goto(f"http://127.0.0.1:{page_port}")
        with served(site) as port:
            script(page, 'await fetch(site + "/api/users")', f"http://{LAPTOP}:{port}")
    assert named(site) == ["lesson-for-this-machine"]
