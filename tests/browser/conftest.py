"""A real browser, a real server, and a static host beside it."""

import json
import os
import re
import shutil
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect, sync_playwright

from app import create_app
from config import Settings
from models.shared.database import bind_database, database
from models.user import User
from tests.browser.https_sites import arguments, front_server
from tests.lab.doctor.places import self_made
from tests.server import HOUSE, free_port, server

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 60_000  # milliseconds, for a busy machine; nothing waits longer than it must
ADDRESS = re.compile(r"^const backend = .*?;", re.MULTILINE)
PASSWORD = "correct horse"  # of Nikola Tesla on https, where those of the lesson are refused


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
    with pages_of(chromium) as start:
        yield start


@contextmanager
def pages_of(browser, **usual):
    contexts = []

    def start(**options):
        contexts.append(browser.new_context(**usual | options))
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


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    return self_made(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="session")
def front_for_all(certificate):
    with front_server(certificate) as front:
        yield front


@pytest.fixture
def front(front_for_all, tmp_path):
    """The server in front of all sites in `.test`; pages.test has the files in `tmp_path / "files"`."""
    (tmp_path / "files").mkdir(exist_ok=True)
    front_for_all.asked.clear()
    front_for_all.sites.clear()
    front_for_all.sites["pages.test"] = tmp_path / "files"
    return front_for_all


@pytest.fixture(scope="session")
def chromium_for_https(chromium, front_for_all):
    browser = chromium.browser_type.launch(executable_path=chromium.program, args=arguments(front_for_all))
    yield browser
    browser.close()


@pytest.fixture
def open_https_page(chromium_for_https, front):
    """As `open_page`, where `https://any.test` is a site of its own, and certificates may be self-made."""
    with pages_of(chromium_for_https, ignore_https_errors=True) as start:
        yield start


@pytest.fixture
def browser_with(chromium, front, tmp_path):
    """Call it with preferences, as the settings of a browser keep them, for a page in a browser that has them."""
    contexts = []

    def start(**preferences):
        folder = tmp_path / f"profile-{len(contexts)}"
        (folder / "Default").mkdir(parents=True)
        (folder / "Default" / "Preferences").write_text(json.dumps({"profile": preferences}))
        options = {"executable_path": chromium.program, "args": arguments(front), "ignore_https_errors": True}
        contexts.append(chromium.browser_type.launch_persistent_context(folder, **options))
        contexts[-1].set_default_timeout(PATIENCE)
        return contexts[-1].new_page()

    yield start
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def locked_volumes(tmp_path_factory, lesson_volumes):
    """The sample rows, where Nikola Tesla has a password of his own."""
    volumes = shutil.copytree(lesson_volumes, tmp_path_factory.mktemp("locked") / "volumes")
    bind_database(volumes / "sqlite.db")
    with database.connection_context():
        User.get(uid="niko").update(password=PASSWORD)
    database.close_all()
    return volumes


@pytest.fixture
def https_site(front, tmp_path, locked_volumes):
    """The address of a running site behind https, which lets pages.test and other.test call it."""
    shutil.copytree(locked_volumes, tmp_path / "volumes")
    port = front.sites["backend.test"] = free_port()
    with server(tmp_path, port, ORIGINS="https://pages.test,https://other.test", TRUSTED_PROXY="127.0.0.1"):
        yield "https://backend.test"


@pytest.fixture
def lesson_page(site, static_host, tmp_path):
    """The address of the lesson's page on the static host, in some folder, with its one line set."""
    folder = shutil.copytree(HOUSE / "static" / "lesson", tmp_path / "files" / "any" / "folder")
    script = folder / "lesson.js"
    text, lines = ADDRESS.subn(f'const backend = "{site}";', script.read_text())
    assert lines == 1
    script.write_text(text)
    return f"{static_host}/any/folder/"
