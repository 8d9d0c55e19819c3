"""The server: how it starts, what it says, how it stops, and who cannot keep others out."""

import http.client
import json
import re
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from importlib.util import find_spec

import pytest
from webtest import TestApp

from app import create_app, listen
from config import BadSetting, Settings
from models.shared.database import database
from tests.server import HOUSE, free_port, server

MEBIBYTE = 1024 * 1024
ADA = json.dumps({"name": "Ada Lovelace", "uid": "ada"})


@pytest.fixture
def port():
    return free_port()


def get(port, path="/users"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


def test_it_says_where_it_is_serves_and_logs_and_stops_when_told(tmp_path, port):
    with server(tmp_path, port) as process:
        database_path = tmp_path / "volumes" / "sqlite.db"
        assert process.first_line.startswith(f"http://127.0.0.1:{port}, database {database_path}, ")
        assert get(port)[0] == 200
        process.send_signal(signal.SIGTERM)
        printed, logged = process.communicate(timeout=30)
        assert process.returncode == 0
        assert printed == ""
        (line,) = logged.splitlines()
        assert " GET /users 200 " in line
        assert not database_path.with_name("sqlite.db-wal").exists()
        program = sqlite3.connect(database_path)
        assert len(program.execute("select id, _name, _uid, _dob from users").fetchall()) == 10
        program.close()


def test_ctrl_c_ends_it_in_order_too(tmp_path, port):
    with server(tmp_path, port) as process:
        idle = http.client.HTTPConnection("127.0.0.1", port, timeout=30)  # kept alive, which must not keep the server
        idle.request("GET", "/health")
        assert idle.getresponse().read() == b'{"status": "ok"}'
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        assert process.returncode == 0
        idle.close()


def test_a_server_that_drains_says_so_and_answers_until_it_has_to_end(tmp_path, port):
    with server(tmp_path, port, DRAIN_SECONDS="60") as process:
        assert get(port, "/health")[0] == 200
        process.send_signal(signal.SIGTERM)
        until = time.monotonic() + 30
        while get(port, "/health")[0] == 200 and time.monotonic() < until:
            pass
        assert get(port, "/health")[0] == 503
        assert get(port)[0] == 200
        process.send_signal(signal.SIGTERM)  # whoever says it twice has no proxy
        process.communicate(timeout=30)
        assert process.returncode == 0


def test_what_is_in_flight_is_finished_first(tmp_path, port):
    """Somebody else holds the write lock, so that a sign-up waits, and what was asked behind it on one connection."""
    headers = f"Host: a\r\nContent-Type: application/json\r\nContent-Length: {len(ADA)}\r\n"
    sign_up = f"POST /api/users HTTP/1.1\r\n{headers}\r\n{ADA}"
    look = "GET /api/users/11 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    with server(tmp_path, port) as process:
        writer = sqlite3.connect(tmp_path / "volumes" / "sqlite.db", isolation_level=None)
        writer.execute("begin immediate")
        browser = socket.create_connection(("127.0.0.1", port), timeout=30)
        browser.sendall((sign_up + look).encode())
        assert get(port, "/health")[0] == 200
        process.send_signal(signal.SIGTERM)
        while True:  # until it takes no new connection
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
            except OSError:
                break
        writer.execute("rollback")
        writer.close()
        answers = b"".join(iter(lambda: browser.recv(65536), b"")).decode()
        browser.close()
        assert re.findall(r"HTTP/1.1 (\d+)", answers) == ["201", "200"]
        process.communicate(timeout=30)
        assert process.returncode == 0


def test_a_port_in_use_is_one_line_and_exit_code_2(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with server(tmp_path, port) as process:
            printed, logged = process.communicate(timeout=30)
            assert (printed, process.returncode) == ("", 2)
            assert logged == f"HOST 127.0.0.1 and PORT {port} cannot be used: Address already in use\n"


@pytest.mark.parametrize(
    ("environ", "line"),
    [
        ({"THREADS": "none"}, "THREADS must be a whole number from 1 to 512, not 'none'"),
        ({"PROCESSES": "65"}, "PROCESSES must be a whole number from 1 to 64, not '65'"),
        ({"VOLUMES": "/proc/nowhere"}, "VOLUMES cannot be used: /proc/nowhere: No such file or directory"),
        ({"HOST": "192.0.2.1"}, "HOST 192.0.2.1 and PORT {port} cannot be used: Cannot assign requested address"),
    ],
)
def test_a_bad_setting_is_one_line_and_exit_code_2(tmp_path, port, environ, line):
    with server(tmp_path, port, **environ) as process:
        printed, logged = process.communicate(timeout=30)
        assert (printed, logged, process.returncode) == ("", line.format(port=port) + "\n", 2)


def test_a_trusted_proxy_is_believed_and_nobody_else(tmp_path, port):
    said = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7", "X-Forwarded-Host": "school.example"}

    def is_https():
        browser = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        browser.request("GET", "/", headers=said)
        answer = browser.getresponse()
        answer.read()
        browser.close()
        return "Strict-Transport-Security" in answer.headers

    with server(tmp_path, port, TRUSTED_PROXY="127.0.0.1"):
        assert is_https()
    for nobody in ("", "10.0.0.1"):
        with server(tmp_path, port, TRUSTED_PROXY=nobody):
            assert not is_https()


@pytest.mark.parametrize(
    ("sample_data", "hint"),
    [
        ("lesson", "log in as toby with 123toby"),
        ("locked", "to log in as the admin, give them a password: python -m models password toby"),
        ("none", "to log in, make an admin: python -m models admin UID"),
    ],
)
def test_it_says_how_to_log_in(tmp_path, port, sample_data, hint):
    with server(tmp_path, port, SAMPLE_DATA=sample_data) as process:
        assert process.first_line.endswith(f", {hint}\n")


def test_three_hundred_slow_clients_keep_nobody_out(tmp_path, port):
    with server(tmp_path, port):
        slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(300)]
        for client in slow:
            client.sendall(b"GET /users HTTP/1.1\r\nHost: a\r\nX-Slow")
        assert get(port)[0] == 200
        for client in slow:
            client.close()


def test_eleven_hundred_slow_clients_of_one_address_leave_room_for_others(tmp_path, port):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < 2000:
        pytest.skip("this machine lets nobody have so many connections")
    with server(tmp_path, port):  # with as many files as it would have
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2000), hard))
        slow = []
        for _ in range(1100):
            slow.append(socket.create_connection(("127.0.0.1", port), timeout=30))
            slow[-1].sendall(b"GET /users HTTP/1.1\r\nHost: a\r\nX-Slow")
        other = socket.create_connection(("127.0.0.1", port), timeout=10, source_address=("127.0.0.2", 0))
        other.sendall(b"GET /health HTTP/1.0\r\n\r\n")
        assert b" 200 OK" in other.recv(100)
        assert get(port)[0] == 200
        for client in (*slow, other):
            client.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_too_large_a_body_gets_its_page_even_when_it_is_sent_in_chunks(tmp_path, port):
    with server(tmp_path, port):
        browser = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        chunks = (b"x" * 65536 for _ in range(96))
        browser.request("POST", "/users", chunks, {"Content-Type": "application/x-www-form-urlencoded"})
        answer = browser.getresponse()
        assert answer.status == 413
        assert b"That is too much at once" in answer.read()
        assert answer.headers["Server"] is None
        browser.close()


@pytest.mark.parametrize("is_chunked", [False, True])
def test_too_large_a_picture_is_refused_while_it_is_still_being_sent(tmp_path, port, is_chunked):
    """A byte more than 5 MiB is said beside the picture, much more with a page; neither leaves a file."""
    log_in = {"uid": "niko", "password": "123niko"}
    with server(tmp_path, port, SAMPLE_DATA="lesson"):
        before = sorted((tmp_path / "volumes" / "uploads").iterdir())
        browser = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        browser.request("POST", "/api/sessions", json.dumps(log_in), {"Content-Type": "application/json"})
        headers = {"Authorization": f"Bearer {json.load(browser.getresponse())['token']}"}
        for size, status in ((5 * MEBIBYTE + 1, 422), (15 * MEBIBYTE, 413)):
            picture = bytes(size)
            body = iter([picture]) if is_chunked else picture
            browser.request("PUT", "/api/posts/4/image", body, headers, encode_chunked=is_chunked)
            answer = browser.getresponse()
            assert (answer.status, answer.headers["Content-Type"]) == (status, "application/problem+json")
            answer.read()
        browser.close()
        assert sorted((tmp_path / "volumes" / "uploads").iterdir()) == before


@pytest.mark.parametrize("host", ["a..b", "x" * 100])
def test_what_cannot_be_a_host_is_one_line(host):
    with pytest.raises(BadSetting, match=r"^HOST .* cannot be the name of a machine$"):
        listen(host, 8086)


def test_nobody_can_listen_where_there_is_no_such_host():
    with pytest.raises(BadSetting, match=r"^HOST nowhere.invalid and PORT 8086 cannot be used: "):
        listen("nowhere.invalid", 8086)


def test_without_settings_the_application_reads_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("VOLUMES", str(tmp_path))
    monkeypatch.setenv("SAMPLE_DATA", "none")
    assert TestApp(create_app()).get("/api/users").json["total"] == 0
    database.close_all()


def test_with_another_server_the_site_writes_its_log_too(tmp_path):
    """The line at the start, and one for each request; the server itself may have said where they go."""
    serve = (
        "import logging, sys; from wsgiref.util import setup_testing_defaults\n"
        "if len(sys.argv) > 1: logging.basicConfig(format='theirs %(message)s')\n"
        "from app import create_app; site, environ = create_app(), {}; setup_testing_defaults(environ)\n"
        "list(site(environ, lambda *_: None))\n"
    )
    environ = {"VOLUMES": str(tmp_path), "PATH": ""}
    for arguments, begin in ([], "20"), (["theirs"], "theirs "):
        command = [sys.executable, "-c", serve, *arguments]
        done = subprocess.run(command, cwd=HOUSE, env=environ, check=True, capture_output=True, text=True)
        started, asked = done.stderr.splitlines()
        assert started.startswith(begin)
        assert f"database {tmp_path / 'sqlite.db'}, to log in as the admin, give them a password" in started
        assert re.search(r" GET / 200 [\d.]+ ms$", asked)


def test_a_bad_setting_ends_another_servers_start_in_one_line_too(monkeypatch, capsys):
    monkeypatch.setenv("SIGN_UP", "perhaps")
    with pytest.raises(SystemExit) as stop:
        create_app()
    assert stop.value.code == 2
    assert capsys.readouterr().err == "SIGN_UP must be one of closed, open, not 'perhaps'\n"


def test_the_sample_rows_come_once_and_never_again(visit):
    visitor = visit(sample_data="locked")
    assert visitor.get("/api/users").json["total"] == 10
    with database.connection_context():
        database.execute_sql("delete from users")
    database.close_all()
    assert visit(sample_data="locked").get("/api/users").json["total"] == 0


def test_threads_share_the_pool_and_return_what_they_take(visitor, at_once):
    def browse():
        for path in ("/users", "/api/users", "/nowhere", "/health"):
            TestApp(visitor.app).get(path, expect_errors=True)

    at_once(*[browse] * 16)
    assert not database.obj._in_use


@pytest.mark.skipif(find_spec("botocore") is not None, reason="the client is here")
def test_a_bucket_without_its_client_ends_the_start_in_one_line(house):
    code, said, errors = house("app.py", PICTURES="s3://our-bucket/pictures")
    assert (code, said, errors) == (2, "", "PICTURES needs a client that is not here: pip install botocore\n")


def test_nothing_heavy_is_loaded_to_serve_a_page(tmp_path):
    """Cold start is a feature: Werkzeug, Pillow, tqdm and the migrations are loaded when they are used.

    So is all that PostgreSQL wants of us. Its driver, where it is installed, Peewee loads by itself.
    """
    settings = f"Settings(volumes=Path({str(tmp_path)!r}))"
    create_app(Settings(volumes=tmp_path))
    database.close_all()
    script = (
        "import sys; from pathlib import Path; from app import create_app; from config import Settings\n"
        f"site = create_app({settings})\n"
        "environ = {'PATH_INFO': '/users', 'REQUEST_METHOD': 'GET', 'QUERY_STRING': '', 'wsgi.url_scheme': 'http'}\n"
        "print(list(site(environ, lambda status, headers, exc_info: print(status)))[0][:15])\n"
        "heavy = {'werkzeug', 'PIL', 'tqdm', 'playhouse.migrations', 'waitress', 'botocore'}\n"
        "heavy |= {'models.shared.object_storage', 'models.shared.object_server'}\n"
        "heavy |= {'routes.shared.trying', 'routes.shared.by_readers'}\n"
        "heavy |= {name for name in sys.modules if name.startswith(('seed.', 'models.shared.postgresql'))}\n"
        "heavy -= {'seed.house'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    printed = subprocess.run([sys.executable, "-c", script], cwd=HOUSE, check=True, capture_output=True, text=True)
    assert printed.stdout.splitlines() == ["200 OK", "b'<!doctype html>'", "[]"]
