"""The site on other WSGI servers, and on its own: the same small suite on each, under a prefix and behind a proxy.

Where TEST_DATABASE_URL names a database of PostgreSQL that may be emptied, each is tried on that as well.
"""

import http.client
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from config import Settings
from models.shared.database import bind_database, database
from models.shared.migrating import drop_tables
from tests.drawn import png
from tests.server import HOUSE, free_port

BIN = Path(sys.executable).parent
MAKE = "from app import create_app; site = create_app(); "
SERVERS = {
    "python app.py": [sys.executable, "app.py"],
    "gunicorn": [BIN / "gunicorn", "--bind=127.0.0.1:{port}", "--threads=4", "app:create_app()"],
    "gunicorn, gevent": [BIN / "gunicorn", "--bind=127.0.0.1:{port}", "--worker-class=gevent", "app:create_app()"],
    "uWSGI": [
        *(BIN / "uwsgi", "--http=127.0.0.1:{port}", "--master", "--enable-threads", "--threads=4", "--need-app"),
        *("--die-on-term", "--buffer-size=32768", "--module=app:create_app()"),
    ],
    "Granian": [
        *(BIN / "granian", "--interface=wsgi", "--host=127.0.0.1", "--port={port}", "--factory", "app:create_app"),
    ],
    "cheroot": MAKE + "from cheroot.wsgi import Server; Server(('127.0.0.1', {port}), site).start()",
    "bjoern": MAKE + "import bjoern; bjoern.run(site, '127.0.0.1', {port})",
    "gevent": "from gevent import monkey; monkey.patch_all(); from gevent.pywsgi import WSGIServer; "
    + MAKE
    + "WSGIServer(('127.0.0.1', {port}), site, log=None).serve_forever()",
    "Hypercorn": [BIN / "hypercorn", "--bind=127.0.0.1:{port}", "wsgi:app:create_app()"],
    "a2wsgi, uvicorn": MAKE
    + "import uvicorn; from a2wsgi import WSGIMiddleware; "
    + "uvicorn.run(WSGIMiddleware(site), host='127.0.0.1', port={port}, proxy_headers=False)",
}
NO_END = ("uWSGI", "a2wsgi, uvicorn", "Hypercorn")  # they do not say where a body in chunks ends
URLS = ["", *filter(None, [os.environ.get("TEST_DATABASE_URL")])]
ADA = {"uid": "ada", "password": "correct horse"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}


class Served:
    """A site on a server of its own, under /class, as a proxy asks it that strips this."""

    def __init__(self, name, url, folder):
        self.name, self.url, self.port, self.log = name, url, free_port(), folder / "log"
        inherited = {key: value for key, value in os.environ.items() if key.lower() not in Settings.__annotations__}
        environ = {"VOLUMES": str(folder / "volumes"), "SAMPLE_DATA": "locked", "PORT": str(self.port)}
        environ |= {"DATABASE_URL": url, "PREFIX": "/class", "TRUSTED_PROXY": "127.0.0.1", "PYTHONPATH": str(HOUSE)}
        command = SERVERS[name] if isinstance(SERVERS[name], list) else [sys.executable, "-c", SERVERS[name]]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [str(word).format(port=self.port) for word in command],
                cwd=HOUSE,
                env=inherited | environ,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )

    def wait(self):
        for _ in range(150):
            try:
                return self.ask("GET", "/health")
            except OSError:
                assert self.process.poll() is None, self.log.read_text()
                time.sleep(0.1)
        return pytest.fail(self.log.read_text())

    def ask(self, method, path, body=None, headers=(), in_chunks=False):
        """The status, the headers and the body of the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            if in_chunks:
                headers = dict(headers) | {"Transfer-Encoding": "chunked"}
                body = iter([body[begin : begin + 65536] for begin in range(0, len(body), 65536)])
            with suppress(BrokenPipeError):  # it answers before all is sent
                connection.request(method, path, body, dict(headers), encode_chunked=in_chunks)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()


def empty_database(url):
    bind_database(Path(), url)
    with database.connection_context():
        drop_tables()
    database.close_all()


def name_of(each):
    return f"{each[0]} on PostgreSQL" if each[1] else each[0]


@pytest.fixture(scope="module", params=[(name, url) for url in URLS for name in SERVERS], ids=name_of)
def site(request, tmp_path_factory):
    name, url = request.param
    if url:
        empty_database(url)
    served = Served(name, url, tmp_path_factory.mktemp("site"))
    try:
        served.wait()
        served.ask("POST", "/api/users", json.dumps({"name": "Ada", **ADA}), JSON)
        yield served
    finally:
        os.killpg(served.process.pid, 15)
        try:
            served.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(served.process.pid, 9)
            served.process.wait()


@pytest.fixture
def cookie(site):
    status, headers, _ = site.ask("POST", "/login", "uid=ada&password=correct+horse", FORM)
    assert (status, headers["Location"]) == (303, "/class/users/11")
    set_cookies = headers.get_all("Set-Cookie")
    assert [each.partition("=")[0] for each in set_cookies] == ["browser", "session"]
    assert all("; Path=/class;" in each for each in set_cookies)
    return {"Cookie": "; ".join(each.partition(";")[0] for each in set_cookies)}


def test_lists_and_pages(site):
    status, headers, body = site.ask("GET", "/api/users?limit=3")
    assert (status, headers["Content-Type"]) == (200, "application/json")
    assert json.loads(body)["next"].startswith("/class/api/users?limit=3&after=")
    status, _, body = site.ask("GET", "/users?search=hedy")
    assert status == 200
    assert b'href="/class/users/' in body
    assert b"Hedy Lamarr" in body
    assert site.ask("GET", "/class/users/1")[0] == 200  # a proxy that leaves the prefix


def test_paths_and_queries(site):
    assert [site.ask("GET", path)[0] for path in ("/caf%C3%A9", "/static/..%2Fapp.py")] == [404, 404]
    assert site.ask("GET", "/us%FFers")[0] == (404 if site.name in NO_END[1:] else 400)  # they put another letter in
    assert site.ask("GET", "/api/users?search=%C3%A9")[0] == 200
    status, headers, _ = site.ask("GET", "/users/?sort=name")
    assert (status, headers["Location"]) == (308, "/class/users?sort=name")


def test_a_row_is_made_by_json(site, cookie):
    status, headers, body = site.ask("POST", "/api/posts", json.dumps({"note": "Zoë"}), JSON | cookie)
    assert (status, json.loads(body)["note"]) == (201, "Zoë")
    assert site.ask("GET", headers["Location"])[0] == 200


def test_a_picture_is_sent_and_served(site, cookie):
    part = b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
    picture = part % (b"image", b'; filename="a.png"', png())
    body = part % (b"note", b"", b"A picture") + picture + b"--x--\r\n"
    form = {"Content-Type": "multipart/form-data; boundary=x"} | cookie
    assert site.ask("POST", "/posts", body, form)[0] == 303
    post = json.loads(site.ask("GET", "/api/posts?limit=1")[2])["posts"][0]
    status, headers, body = site.ask("GET", post["image"]["url"])
    assert (status, headers["Content-Type"], body[:4]) == (200, "image/png", b"\x89PNG")
    assert site.ask("GET", post["image"]["url"], headers={"Range": "bytes=0-3"})[2] == b"\x89PNG"


def test_a_body_in_chunks_is_read_or_refused_with_words(site):
    good = json.dumps({"name": "In chunks", "uid": "chunks"}).encode()
    status, _, body = site.ask("POST", "/api/users", good, JSON, in_chunks=True)
    if site.name in NO_END:
        assert (status, json.loads(body)["title"]) == (411, "How long is that?")
        return
    assert status == 201
    for rest in (b" " * 1024**2, b" " * 1024**2 + b"rubbish"):
        with suppress(ConnectionResetError):  # its answer may be lost, as it reads no further
            assert site.ask("POST", "/api/users", good + rest, JSON, in_chunks=True)[0] == 413
    assert site.ask("GET", "/health")[0] == 200


def test_empty_answers(site, cookie):
    for method, path in (("HEAD", "/users"), ("HEAD", "/static/style.css"), ("HEAD", "/nowhere")):
        status, _, body = site.ask(method, path)
        assert (status, body) == (404 if path == "/nowhere" else 200, b"")
    assert site.ask("OPTIONS", "/users")[0] == 204
    assert site.ask("GET", "/account")[0] == 303
    tag = site.ask("GET", "/static/style.css")[1]["ETag"]
    assert site.ask("GET", "/static/style.css", headers={"If-None-Match": tag})[0] == 304
    _, headers, _ = site.ask("POST", "/api/posts", json.dumps({"note": "x"}), JSON | cookie)
    assert site.ask("DELETE", headers["Location"], headers=cookie)[::2] == (204, b"")


def test_the_trusted_proxy_is_believed(site):
    _, headers, _ = site.ask("GET", "/", headers={"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"})
    assert "Strict-Transport-Security" in headers
    guess = json.dumps({"uid": "niko", "password": "wrong"})
    statuses = {
        site.ask("POST", "/api/sessions", guess, JSON | {"X-Forwarded-For": f"evil, 192.0.2.{number}"})[0]
        for number in range(15)
    }
    assert statuses == {401}


def test_many_at_once_are_answered(site, cookie):
    def read_and_write(number):
        status = site.ask("POST", "/api/posts", json.dumps({"note": f"At once {number}"}), JSON | cookie)[0]
        return status, *(site.ask("GET", path, headers=cookie)[0] for path in ("/posts", "/api/users", "/account"))

    with ThreadPoolExecutor(8) as eight:
        assert set(eight.map(read_and_write, range(16))) == {(201, 200, 200, 200)}
    if site.url and site.name != "bjoern":  # which answers one after the other
        assert count_connections(site.url) > 1


def count_connections(url):
    """Of all but who asks. A pool keeps them: with one for all, each would wait for the others."""
    with psycopg.connect(url) as connection:
        others = "pid <> pg_backend_pid() AND datname = current_database() AND backend_type = 'client backend'"
        return connection.execute(f"SELECT count(*) FROM pg_stat_activity WHERE {others}").fetchone()[0]


def test_it_writes_its_log(site):
    site.ask("GET", "/users/3")
    for _ in range(50):
        logged = site.log.read_text()
        if " GET /users/3 200 " in logged:
            break
        time.sleep(0.1)
    assert " GET /users/3 200 " in logged
    assert site.name == "python app.py" or ", to log in as the admin, give them a password" in logged
