"""A real browser, a real server, and a static host beside it."""

import os
import re
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect, sync_playwright

from app import create_app
from config import Settings
from models.shared.database import database
from tests.server import HOUSE, free_port, server

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 15_000  # milliseconds, for a busy machine; nothing waits longer than it must
ADDRESS = re.compile(r"^const backend = .*?;", re.MULTILINE)


@pytest.fixture(scope="session")
def chromium():
    """The system's own; TEST_BROWSER may name the program."""
    program = os.environ.get("TEST_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not program:
        pytest.skip(f"there is no browser here: none of {', '.join(BROWSERS)}, and TEST_BROWSER names none")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        browser.program = program
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium):
    """Call it for a page in a browser that nobody has used before."""
    contexts = []

    def start(**options):
        contexts.append(chromium.new_context(**options))
        contexts[-1].set_default_timeout(PATIENCE)
        return contexts[-1].new_page()

    yield start
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def lesson_volumes(tmp_path_factory):
    """The sample rows with the lesson's passwords: copying them is faster than hashing."""
    settings = Settings(volumes=tmp_path_factory.mktemp("lesson"), sample_data="lesson")
    create_app(settings)
    database.close_all()
    return settings.volumes


@pytest.fixture
def site(chromium, tmp_path, lesson_volumes, static_host):
    """The address of a running site that lets the static host's page call it."""
    shutil.copytree(lesson_volumes, tmp_path / "volumes")
    port = free_port()
    with server(tmp_path, port, SAMPLE_DATA="lesson", ORIGINS=static_host):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def static_host(tmp_path):
    """The address of a server that knows nothing but the files in `tmp_path / "files"`."""
    serve = partial(SimpleHTTPRequestHandler, directory=tmp_path / "files")
    with ThreadingHTTPServer(("127.0.0.1", 0), serve) as host:
        thread = threading.Thread(target=host.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{host.server_port}"
        host.shutdown()
        thread.join()


@pytest.fixture
def lesson_page(site, static_host, tmp_path):
    """The address of the lesson's page on the static host, in some folder, with its one line set."""
    folder = shutil.copytree(HOUSE / "static" / "lesson", tmp_path / "files" / "any" / "folder")
    script = folder / "lesson.js"
    text, lines = ADDRESS.subn(f'const backend = "{site}";', script.read_text())
    assert lines == 1
    script.write_text(text)
    return f"{static_host}/any/folder/"
