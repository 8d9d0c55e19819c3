"""The examples for nginx and Caddy in docs/server.md, run as they stand but for the port and the certificate."""

import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager

import pytest

from tests.docs.pages import blocks
from tests.server import free_port, server

PAGE = "docs/server.md"
JSON = {"Content-Type": "application/json"}
NGINX = """{user} daemon off; pid {folder}/pid; error_log {folder}/log; events {{}}
http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/temp; {paths}
{server} }}"""
PATHS = "fastcgi_temp_path {0}/f; uwsgi_temp_path {0}/u; scgi_temp_path {0}/s;"


def nginx(text, folder, port, site):
    text = re.sub(r"listen 443 ssl;|    ssl_certificate.*", lambda found: "" if "cert" in found[0] else "LISTEN", text)
    text = text.replace("LISTEN", f"listen 127.0.0.1:{port};").replace("127.0.0.1:8086", f"127.0.0.1:{site}")
    user = "" if os.getuid() else "user root;"  # so that it may write into the test's folder
    config = folder / "nginx.conf"
    config.write_text(NGINX.format(folder=folder, server=text, paths=PATHS.format(folder), user=user))
    return ["nginx", "-c", config]


def caddy(text, folder, port, site):
    text = text.replace("school.example", f"http://:{port}").replace("127.0.0.1:8086", f"127.0.0.1:{site}")
    config = folder / "Caddyfile"
    config.write_text(f"{{\n    admin off\n}}\n{text}")
    return ["caddy", "run", "--config", config, "--adapter", "caddyfile"]


@contextmanager
def proxy(name, folder, change=lambda text: text, **environ):
    """A site of its own behind this proxy; gives the proxy's port."""
    if not shutil.which(name):
        pytest.skip(f"there is no {name} here")
    site, port = free_port(), free_port()
    (text,) = blocks(PAGE, name)
    command = {"nginx": nginx, "caddy": caddy}[name](change(text), folder, port, site)
    with server(folder, site, TRUSTED_PROXY="127.0.0.1", **environ):
        surroundings = os.environ | {"HOME": str(folder)}  # where Caddy keeps things
        front = subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(port)
            yield port
        finally:
            front.terminate()
            front.wait()


def wait_for(port):
    for _ in range(100):
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
    return pytest.fail("the proxy does not start")


def ask(port, method, path, body=None, headers=()):
    """As a browser that was told school.example."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, body, {"Host": "school.example", **dict(headers)})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


@pytest.fixture(params=["nginx", "caddy"])
def name(request):
    return request.param


def test_a_form_of_our_own_page_is_taken_and_one_of_another_refused(name, tmp_path):
    with proxy(name, tmp_path, ORIGINS="https://friend.example") as port:
        form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": "http://school.example"}
        said = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}  # by somebody, not by the proxy
        assert ask(port, "POST", "/users", "name=Ada&uid=ada", form | said)[0] == 303
        assert ask(port, "POST", "/users", "name=Eve&uid=eve", form | {"Origin": "http://evil.example"})[0] == 403
        assert "Strict-Transport-Security" not in ask(port, "GET", "/", headers=said)[1]
        headers = ask(port, "GET", "/api/users", headers={"Origin": "https://friend.example"})[1]
        assert headers.get_all("Access-Control-Allow-Origin") == ["https://friend.example"]


def test_guesses_are_counted_for_who_guesses(name, tmp_path):
    guess = json.dumps({"uid": "niko", "password": "wrong"})
    with proxy(name, tmp_path) as port:
        for number in range(15):
            said = {"X-Forwarded-For": f"192.0.2.{number}"}  # which anybody may make up
            status, _, _ = ask(port, "POST", "/api/sessions", guess, JSON | said)
        assert status == 429


def test_the_site_says_what_is_too_large(name, tmp_path):
    with proxy(name, tmp_path) as port:
        status, headers, body = ask(port, "POST", "/api/users", b" " * 7_000_000, JSON)
        assert (status, headers["Content-Type"]) == (413, "application/problem+json")
        assert "KiB can be sent here" in json.loads(body)["detail"]


def test_under_a_prefix(name, tmp_path):
    def change(text):
        return text.replace("location / ", "location /class/ ").replace("reverse_proxy ", "reverse_proxy /class/* ")

    with proxy(name, tmp_path, change, PREFIX="/class") as port:
        assert b'href="/class/users"' in ask(port, "GET", "/class/")[2]
        assert ask(port, "GET", "/class/account")[1]["Location"] == "/class/login?next=%2Fclass%2Faccount"
