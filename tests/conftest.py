"""The people and the places of the tests: a real application on a real SQLite file."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from webtest import TestApp

from app import create_app
from config import Settings
from models.joke import Joke
from models.session import Session
from models.shared.database import bind_database, database
from models.shared.loading import all_resources
from models.shared.schema import prepare
from models.shared.start_errors import file_of
from models.user import User
from tests.server import free_port, stopped_in_order, through

# `make` runs each by its name, where it has what it needs; `own_model` needs models of its own, which the `house` has.
collect_ignore = ["browser", "chaos", "clients", "fuzz", "own_model", "postgresql", "servers", "storage"]

HOUSE = Path(__file__).parents[1]
FOLDERS = "benchmarks classroom commands docs freezing lab metrics models routes seed static views tests".split()
PARTS = ["app.py", "config.py", "pyproject.toml", *FOLDERS]


def pytest_addoption(parser):
    parser.addoption("--lab", action="store_true", help="every site records what it does, and nothing else changes")
    parser.addoption("--posts", type=int, default=90, help="how many posts of one user are frozen")
    parser.addoption("--places", type=int, default=0, help="at how many moments a freeze is killed")
    parser.addoption("--examples", type=int, default=15, help="how many sequences of changes are undone backwards")


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch):
    """The real method takes 0.1 s a password; one test of the model uses it all the same."""
    monkeypatch.setattr("models.shared.passwords.METHOD", "pbkdf2:sha256:1")
    monkeypatch.setattr("models.shared.passwords.HASH_OF_NOTHING", "pbkdf2:sha256:1$nothing$00")


@pytest.fixture
def at_once():
    """Call it with functions: each runs in a thread of its own."""

    def run(*functions):
        threads = [threading.Thread(target=function) for function in functions]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    return run


@pytest.fixture
def settings(tmp_path, request):
    return Settings(volumes=tmp_path / "volumes", lab="on" if request.config.getoption("--lab") else "auto")


@pytest.fixture
def visit(settings):
    """Start the site with other settings; call it for a visitor."""

    def start(**changes):
        return TestApp(create_app(Settings(**{**vars(settings), **changes})))

    yield start
    database.close_all()


@pytest.fixture(scope="session")
def sample_volumes(tmp_path_factory):
    """The sample rows and pictures: copying them is twenty times as fast as making them."""
    settings = Settings(volumes=tmp_path_factory.mktemp("sample"))
    create_app(settings)
    return settings.volumes


@pytest.fixture
def visitor(request, visit, settings, sample_volumes):
    """Somebody who has not logged in, on a site with the sample rows; it may be asked for `on_two_processes_too`."""
    shutil.copytree(sample_volumes, settings.volumes)
    here, environ = visit(), getattr(request, "param", None)
    if not environ:
        yield here
        return
    port = free_port()
    with stopped_in_order(settings.volumes.parent, port, **environ):
        yield TestApp(through(port))


@pytest.fixture
def open_place():
    """A folder that every user of this machine can reach, as those of pytest are closed."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o711)
        yield Path(place)


@pytest.fixture
def tables(tmp_path):
    """Empty tables, and a connection to them."""
    bind_database(tmp_path / "sqlite.db")
    prepare()
    with database.connection_context():
        yield
    database.close_all()


@pytest.fixture
def log_in(visitor):
    """Call it with a uid for a browser in which that sample user is logged in."""

    def start(uid):
        with database.connection_context():
            _, token = Session.start(User.get(uid=uid), "browser", "A browser")
        browser = TestApp(visitor.app)
        browser.set_cookie("session", token)
        return browser

    return start


@pytest.fixture
def member(log_in):
    """Nikola Tesla, user 2, in his browser."""
    return log_in("niko")


@pytest.fixture
def other(log_in):
    """Grace Hopper, user 5, to whom nothing of user 2 belongs."""
    return log_in("hop")


@pytest.fixture
def admin(log_in):
    """Thomas Edison, user 1, the only admin."""
    return log_in("toby")


@pytest.fixture
def place(tmp_path, monkeypatch, sample_volumes):
    """The data of a site, with its rows and pictures; each command works on it."""
    volumes = tmp_path / "volumes"
    shutil.copytree(sample_volumes, volumes)
    monkeypatch.setenv("VOLUMES", str(volumes))
    monkeypatch.setenv("SAMPLE_DATA", "locked")
    yield volumes
    if database.obj:
        database.close_all()


@pytest.fixture
def house(tmp_path):
    """A copy of the house. Call it with a command for Python; it gives the exit code, what it says and its errors."""
    place = tmp_path / "house"
    place.mkdir()
    for part in PARTS:
        if part in ("classroom", "freezing", "lab", "metrics") and not (HOUSE / part).exists():
            continue  # a room that was taken away
        if (HOUSE / part).is_dir():
            shutil.copytree(HOUSE / part, place / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(HOUSE / part, place / part)
    for file in {
        file_of(model) for model in all_resources() if model is not Joke
    }:  # somebody's own, as the README says
        (place / "models" / file.name).unlink()

    def run(*arguments, **environ):
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("COV", "PYTEST"))}
        environ = inherited | {"VOLUMES": str(tmp_path / "volumes"), "SAMPLE_DATA": "locked"} | environ
        done = subprocess.run(
            [sys.executable, *arguments], cwd=place, env=environ, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout, done.stderr

    def add_own_models():
        for file in (HOUSE / "tests" / "own_model" / "models").glob("*.py"):
            shutil.copy(file, run.models)
        conftest = place / "tests" / "conftest.py"
        conftest.write_text(conftest.read_text().replace('"own_model", ', ""))

    def take_away(room):
        for folder in (room, f"views/{room}", f"static/{room}", f"tests/{room}"):
            shutil.rmtree(place / folder, ignore_errors=True)

    run.add_own_models = add_own_models
    run.take_away = take_away
    run.models = place / "models"
    run.volumes = tmp_path / "volumes"
    return run
