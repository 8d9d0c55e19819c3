"""The lines that /docs offers to copy do what it says, against a server on a port of its own."""

import json
import os
import shutil
import subprocess
import sys
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from bs4 import BeautifulSoup

from models.shared.database import database
from tests.drawn import png


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def lines(visitor):
    """Call it with an operation and a language for its lines; they call a server that runs meanwhile."""
    with make_server("127.0.0.1", 0, visitor.app, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        host = f"127.0.0.1:{server.server_port}"
        html = BeautifulSoup(visitor.get("/docs", headers={"Host": host}).text, "html.parser")
        yield lambda operation, language: html.select_one(f"#{operation} code.{language}").text
        server.shutdown()
        thread.join()
    database.close_all()


def run(lines, language, token="", folder=None):
    command = {"python": [sys.executable, "-c", lines], "curl": ["sh", "-c", f"{lines} --silent"]}[language]
    environ = os.environ | {"TOKEN": token, "no_proxy": "127.0.0.1"}
    answer = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=True).stdout
    return json.loads(answer.partition(" ")[2] if language == "python" else answer)


@pytest.mark.parametrize("language", ["curl", "python"])
def test_they_read_sign_up_log_in_and_write(lines, language, tmp_path):
    if language == "curl" and not shutil.which("curl"):
        pytest.skip("there is no curl here")
    assert run(lines("list_users", language), language)["total"] == 10
    assert run(lines("read_user", language), language)["uid"] == "toby"
    assert run(lines("create_user", language), language)["uid"] == "ada"
    token = run(lines("create_session", language), language)["token"]
    assert run(lines("read_me", language), language, token)["uid"] == "ada"
    assert run(lines("create_post", language), language, token)["user"] == 11
    assert run(lines("update_user", language).replace("/users/1", "/users/11"), language, token)["uid"] == "ada"
    (tmp_path / "picture.png").write_bytes(png())
    put_image = lines("put_image", language).replace("/posts/1/", "/posts/20/")
    assert run(put_image, language, token, folder=tmp_path)["image"]["type"] == "image/png"
