"""`python -m models doctor`: asks a running site from outside as a browser would, and names what is wrong."""

import io
import socket
import subprocess
import sys
import threading
import time

import pytest

import commands
from app import create_app
from lab.doctor import asking, browser
from lab.doctor.outside import nearness
from models.session import Session
from models.shared.database import database
from models.user import User
from tests.lab.doctor.places import answering, changed, self_made, served
from tests.server import HOUSE, free_port

PAGE = "http://127.0.0.1:4000"
FAR = "https://class.example"


@pytest.fixture
def site(settings):
    """Call it for the site with these settings."""

    def make(**changes):
        return create_app(
            type(settings)(**{**vars(settings), "sample_data": "none", "origins": (PAGE, FAR), **changes})
        )

    yield make
    database.close_all()


@pytest.fixture
def doctor(capsys, monkeypatch, tmp_path):
    """Call it with addresses: the exit code, and what was printed."""
    monkeypatch.setenv("VOLUMES", str(tmp_path / "volumes"))

    def run(*arguments, typed=""):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        try:
            commands.main(["doctor", *arguments])
            code = 0
        except SystemExit as end:
            code = end.code
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return run


def names_in(printed):
    return [line.partition(":")[0] for line in printed.splitlines() if line[:1].islower() and ": " in line]


def test_all_is_well(doctor, site):
    with served(site()) as port:
        for base in ("", "/lesson", "/api", "/api/users"):
            code, printed = doctor(f"http://127.0.0.1:{port}{base}", PAGE)
            assert (code, names_in(printed)) == (0, [])
            assert printed.startswith("Nothing keeps the page out")
        assert doctor(f"http://127.0.0.1:{port}", f"{PAGE}/my-page/index.html")[0] == 0


def test_it_writes_nothing(doctor, site):
    with served(site()) as port, database.connection_context():
        before = User.select().count(), Session.select().count()
        doctor(f"http://127.0.0.1:{port}", FAR)
        assert (User.select().count(), Session.select().count()) == before


def test_it_works_without_a_database_and_in_a_process_of_its_own(site, tmp_path):
    line = [sys.executable, "-m", "models", "doctor"]
    with served(site(origins=())) as port:
        addresses = [f"http://127.0.0.1:{port}", PAGE]
        done = subprocess.run([*line, *addresses], cwd=HOUSE, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"ORIGINS={PAGE} make serve" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("http://localhost:4000", "two-names-of-one-machine"),
        ("https://127.0.0.1:4000", "http-and-https"),
        ("http://127.0.0.1:5500", "origin-not-listed"),
        ("http://class.example", "http-and-https"),
    ],
)
def test_a_page_that_origins_lacks(doctor, site, page, name):
    with served(site()) as port:
        code, printed = doctor(f"http://127.0.0.1:{port}", page)
    assert code == 1
    assert name in names_in(printed)


def test_two_host_names_on_plain_http_share_no_cookie(doctor, site):
    with served(site(origins=("http://localhost:4000",))) as port:
        assert names_in(doctor(f"http://127.0.0.1:{port}", "http://localhost:4000")[1]) == ["cookie-of-two-hosts"]
        assert doctor(f"http://localhost:{port}", "http://localhost:4000")[0] == 0


@pytest.mark.parametrize(
    ("base", "name"), [("/", "double-slash"), ("/lesson/", "double-slash"), ("/class", "unknown-prefix")]
)
def test_a_slash_or_a_path_too_many(doctor, site, base, name):
    with served(site()) as port:
        code, printed = doctor(f"http://127.0.0.1:{port}{base}", PAGE)
    assert (code, names_in(printed)) == (1, [name])
    assert f'const backend = "http://127.0.0.1:{port}' in printed


def test_a_prefix_that_the_site_knows(doctor, site):
    with served(site(prefix="/class")) as port:
        assert doctor(f"http://127.0.0.1:{port}/class", PAGE)[0] == 0
        assert doctor(f"http://127.0.0.1:{port}/class/lesson", PAGE)[0] == 0


@pytest.mark.parametrize("address", ["http://127.0.0.1:8086api", "http://127.0.0.1:99999", "http://127.0.0.1:0"])
def test_a_slash_that_is_missing_behind_the_port(doctor, address):
    code, printed = doctor(address, PAGE)
    assert (code, names_in(printed)) == (1, ["missing-slash"])


def test_the_lesson_elsewhere(doctor, site):
    def ask_by_another_name(environ):
        environ["HTTP_HOST"] = "laptop.local"

    with served(changed(site(sample_data="lesson"), ask_by_another_name)) as port:
        assert names_in(doctor(f"http://127.0.0.1:{port}", PAGE)[1]) == ["lesson-for-this-machine"]


def test_a_page_on_the_internet_is_told_that_the_browser_will_ask(doctor, site):
    with served(site()) as port:
        _, printed = doctor(f"http://localhost:{port}", FAR)
    assert names_in(printed) == ["local-network", "cookie-of-two-hosts"]


@pytest.mark.parametrize(
    ("origin", "near"),
    [
        ("http://localhost:1", 2),
        ("http://a.localhost", 2),
        ("http://127.0.0.2", 2),
        ("http://[::1]:4000", 2),
        ("http://192.168.1.5:8086", 1),
        ("http://[fd00::1]", 1),
        ("http://laptop.local", 1),
        ("https://class.example", 0),
        ("http://93.184.215.14", 0),
    ],
)
def test_how_near_a_host_is(origin, near):
    assert nearness(origin) == near


def test_a_page_of_the_site_itself(doctor, site):
    with served(site(origins=())) as port:
        code, printed = doctor(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port}/static/lesson/index.html")
    assert (code, names_in(printed)) == (0, ["own-origin"])


def test_an_address_may_be_written_in_other_ways(doctor, site):
    with served(site(origins=("http://xn--bcher-kva.localhost:4000",))) as port:
        names = names_in(doctor(f"http://LOCALHOST:{port}", "http://Bücher.localhost:4000/x")[1])
        assert names == ["cookie-of-two-hosts"]
        assert names_in(doctor(f"http://LocalHost:{port}/api", f"http://localhost:{port}")[1]) == ["own-origin"]


def test_it_can_be_stopped_with_a_key(doctor, monkeypatch):
    def press(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(asking.Asker, "ask", press)
    assert doctor("http://localhost", PAGE)[0] == "Stopped."


# What stands in front of it


def test_a_server_that_is_another_one(doctor):
    with served(answering("404 Not Found")) as port:
        assert names_in(doctor(f"http://127.0.0.1:{port}", PAGE)[1]) == ["another-server"]
    with served(answering("503 Service Unavailable")) as port:
        assert names_in(doctor(f"http://127.0.0.1:{port}", PAGE)[1]) == ["not-well"]


def test_nothing_at_all(doctor):
    code, printed = doctor(f"http://127.0.0.1:{free_port()}", PAGE)
    assert (code, names_in(printed)) == (1, ["nothing-answers"])


def test_no_machine_of_that_name(doctor):
    assert names_in(doctor("http://no-such-machine.invalid", PAGE)[1]) == ["unknown-host"]


def test_a_redirect_of_all_to_https(doctor):
    with served(answering("301 Moved Permanently", ("Location", "https://school.example/health?a"))) as port:
        code, printed = doctor(f"http://127.0.0.1:{port}", PAGE)
    assert (code, names_in(printed)) == (1, ["redirected"])
    assert 'const backend = "https://school.example";' in printed


def test_a_redirect_of_what_a_browser_asks_first(doctor, site):
    house = site()

    def application(environ, start):
        if environ["REQUEST_METHOD"] == "OPTIONS":
            return answering("302 Found", ("Location", "/login"))(environ, start)
        return house(environ, start)

    with served(application) as port:
        assert names_in(doctor(f"http://127.0.0.1:{port}", PAGE)[1]) == ["redirected"]


def test_a_redirect_of_a_slash_at_the_end_is_told_but_is_no_fault(doctor, site):
    house = site()

    def application(environ, start):
        if environ["PATH_INFO"].endswith("/users/"):
            return answering("301 Moved Permanently", ("Location", "/api/users"))(environ, start)
        return house(environ, start)

    with served(application) as port:
        code, printed = doctor(f"http://127.0.0.1:{port}", PAGE)
    assert (code, names_in(printed)) == (0, ["slash-at-the-end"])


def test_a_proxy_that_answers_what_a_browser_asks_first(doctor, site):
    house = site()

    def application(environ, start):
        is_asked = environ["REQUEST_METHOD"] == "OPTIONS"
        return answering("405 Method Not Allowed")(environ, start) if is_asked else house(environ, start)

    with served(application) as port:
        assert names_in(doctor(f"http://127.0.0.1:{port}", PAGE)[1]) == ["preflight-refused"]


@pytest.mark.parametrize("origins", [(), (PAGE,)])
def test_a_proxy_with_cors_of_its_own(doctor, site, origins):
    house = changed(site(origins=origins), answer=lambda headers: [*headers, ("Access-Control-Allow-Origin", "*")])
    with served(house) as port:
        assert names_in(doctor(f"http://127.0.0.1:{port}", PAGE)[1]) == ["cors-of-a-proxy"]


@pytest.mark.parametrize(
    ("header", "name"),
    [("Access-Control-Allow-Headers", "header-not-allowed"), ("Access-Control-Allow-Methods", "method-not-allowed")],
)
def test_a_proxy_that_takes_headers_away(doctor, site, header, name):
    house = changed(site(), answer=lambda headers: [each for each in headers if each[0] != header])
    with served(house) as port:
        assert names_in(doctor(f"http://127.0.0.1:{port}", PAGE)[1]) == [name]


def test_a_proxy_that_hides_https(doctor, site, tmp_path, monkeypatch):
    def hide(environ):
        environ["wsgi.url_scheme"] = "http"

    house, certificate = site(), self_made(tmp_path)
    with served(changed(house, hide), certificate) as port:
        _, printed = doctor(f"https://127.0.0.1:{port}", PAGE)
        assert names_in(printed) == ["bad-certificate", "proxy-hides-https"]
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        assert names_in(doctor(f"https://127.0.0.1:{port}", PAGE)[1]) == ["proxy-hides-https"]
    with served(house, certificate) as port:
        assert doctor(f"https://127.0.0.1:{port}", PAGE)[0] == 0


def test_a_proxy_that_hides_the_host(doctor, site):
    def hide(environ):
        environ["HTTP_HOST"] = "backend:8086"

    with served(changed(site(), hide)) as port:
        assert names_in(doctor(f"http://127.0.0.1:{port}", PAGE)[1]) == ["proxy-hides-host"]


def test_https_and_http_taken_for_each_other(doctor, site, tmp_path, monkeypatch):
    with served(site(), self_made(tmp_path)) as port:
        _, printed = doctor(f"http://127.0.0.1:{port}", PAGE)
    assert names_in(printed) == ["speaks-no-http"]
    assert f'"https://127.0.0.1:{port}"' in printed
    monkeypatch.setattr(asking, "ANSWER_SECONDS", 0.3)
    with served(site()) as port:
        _, printed = doctor(f"https://127.0.0.1:{port}", PAGE)
    assert names_in(printed) == ["speaks-plain-http"]


def test_a_server_that_waits_for_more_of_what_it_takes_for_http(doctor, monkeypatch):
    monkeypatch.setattr(asking, "ANSWER_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as place:

        def listen():
            for _ in range(2):
                connection, _ = place.accept()
                with connection:
                    text = b""
                    while b"\r\n\r\n" not in text and (piece := connection.recv(1000)):
                        text += piece
                    connection.sendall(b"HTTP/1.0 404 Not Found\r\n\r\n" if b"HTTP/1.1" in text else b"")

        place.settimeout(2)
        thread = threading.Thread(target=listen)
        thread.start()
        _, printed = doctor(f"https://127.0.0.1:{place.getsockname()[1]}", PAGE)
        thread.join()
    assert names_in(printed) == ["speaks-plain-http"]


def test_a_page_on_https_and_a_backend_that_is_not(doctor, monkeypatch):
    monkeypatch.setattr(asking, "ANSWER_SECONDS", 0.1)
    _, printed = doctor("http://backend.invalid", FAR)
    assert names_in(printed)[0] == "mixed-content"


# The cookie


def test_the_cookie_of_a_login_is_kept_and_the_login_ended(doctor, site, tmp_path, monkeypatch):
    certificate = self_made(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    house = site()
    with database.connection_context():
        User.create(name="Ada", uid="ada", password="correct horse")
    with served(house, certificate) as port:
        address = f"https://127.0.0.1:{port}"
        assert doctor("--uid", "ada", address, FAR, typed="correct horse\n")[0] == 0
        code, printed = doctor("--uid", "ada", address, FAR, typed="wrong horse\n")
        assert (code, names_in(printed)) == (1, ["local-network", "login-refused"])
        assert "horse" not in printed
    lax = changed(house, answer=lambda headers: [(name, text.replace("None", "Lax")) for name, text in headers])
    with served(lax, certificate) as port:
        _, printed = doctor("--uid", "ada", f"https://127.0.0.1:{port}", FAR, typed="correct horse\n")
        assert names_in(printed) == ["local-network", "cookie-not-kept"]
        assert "session=" not in printed
    with database.connection_context():
        assert Session.select().count() == 0


def test_no_password_is_sent_to_a_backend_that_a_browser_would_not_accept(doctor, site, tmp_path):
    asked = []
    house = changed(site(), lambda environ: asked.append(environ["PATH_INFO"]))
    with served(house, self_made(tmp_path)) as port:
        doctor("--uid", "ada", f"https://127.0.0.1:{port}", PAGE, typed="correct horse\n")
    assert "/api/users" in asked
    assert "/lesson/api/authenticate" not in asked


@pytest.mark.parametrize(
    ("attributes", "is_https", "crosses", "is_kept"),
    [
        ("Path=/; HttpOnly; SameSite=Lax", False, False, True),
        ("Path=/; HttpOnly; SameSite=Lax", False, True, False),
        ("Path=/", True, True, False),
        ("Secure; SameSite=None; Partitioned", True, True, True),
        ("SameSite=None", True, True, False),
        ("Secure", False, False, False),
    ],
)
def test_which_cookies_a_browser_keeps(attributes, is_https, crosses, is_kept):
    assert browser.keeps_cookie(f"session=x; {attributes}", is_https, crosses) == is_kept


@pytest.mark.parametrize(
    ("page", "backend", "are_two"),
    [
        ("http://localhost:4000", "http://localhost:8086", False),
        ("http://localhost:4000", "http://127.0.0.1:8086", True),
        ("http://127.0.0.1:4000", "http://127.0.0.2:4000", True),
        ("http://[::1]:4000", "http://[::1]", False),
        ("https://www.school.example", "https://api.school.example:444", False),
        ("http://school.example", "https://school.example", True),
        ("https://school.example", "https://class.example", True),
    ],
)
def test_which_origins_are_two_sites(page, backend, are_two):
    assert browser.are_two_sites(page, backend) == are_two


# Bad input


@pytest.mark.parametrize(
    "address",
    [
        "",
        "school.example",
        "ftp://x",
        "http://",
        "http://a b",
        "http://me:secret@x",
        "http://x/?q",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_address(doctor, address):
    for arguments in ((address, PAGE), (PAGE, address)):
        code, printed = doctor(*arguments)
        assert code == 2
        assert len(printed.splitlines()) == 1


def test_a_setting_that_ends_the_start_of_a_site(doctor, site, monkeypatch):
    monkeypatch.setenv("ORIGINS", f"{PAGE}/")
    with served(site()) as port:
        code, printed = doctor(f"http://127.0.0.1:{port}", PAGE)
    assert (code, names_in(printed)) == (1, ["bad-setting"])
    assert "without a slash" in printed


def test_a_server_that_says_much_and_strange_things(doctor):
    strange = ("Location", "https://x/\x1b]0;evil\x07" + "x" * 5000)
    with served(answering("301 Moved", strange, body=b"\xff" * 100_000)) as port:
        code, printed = doctor(f"http://127.0.0.1:{port}", PAGE)
    assert code == 1
    assert "\x1b" not in printed
    assert len(printed) < 1000


def test_of_a_long_answer_only_the_beginning_is_read():
    with served(answering("200 OK", body=b"x" * 1_000_000)) as port:
        assert len(asking.Asker(f"http://127.0.0.1:{port}").ask("GET", "/").text) == asking.MOST_READ


def test_a_server_that_never_comes_to_an_end_is_left(doctor, monkeypatch):
    monkeypatch.setattr(asking, "ANSWER_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as place:

        def drip():
            connection, _ = place.accept()
            with connection:
                try:
                    for _ in range(200):
                        connection.sendall(b"HTTP/1.1 200 OK\r\nX: y\r\n"[:1])
                        ended.wait(0.02)
                except OSError:
                    return

        ended = threading.Event()
        thread = threading.Thread(target=drip)
        thread.start()
        started = time.monotonic()
        _, printed = doctor(f"http://127.0.0.1:{place.getsockname()[1]}", PAGE)
        took = time.monotonic() - started
        thread.join()
    assert took < 3  # the server goes on for longer
    assert names_in(printed) == ["no-answer-in-time"]
