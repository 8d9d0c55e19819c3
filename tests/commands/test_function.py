"""The function that a gateway calls: what it starts on, and what it says when it cannot."""

import json
import subprocess
import sys
import threading

import pytest

import commands
from commands import function
from commands.gateway import answers_events
from config import BadSetting, Settings, read_settings
from models.shared.database import database
from models.shared.start_errors import Unusable
from routes.shared.log import log, log_form
from tests.gateways import event_of
from tests.server import HOUSE

BUCKET = {"PICTURES": "s3://school/pictures"}
SERVER = "postgresql://somebody:secret@127.0.0.1:1/nothing"


@pytest.fixture(autouse=True)
def _anew(monkeypatch, tmp_path):
    """As in a new process, in the environment of a function."""
    function.the_site.cache_clear()
    for name in Settings.__annotations__:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    yield
    function.the_site.cache_clear()
    log.propagate, log.handlers[:] = True, []
    log_form.__init__()
    if database.obj:
        database.close_all()


def test_a_cold_start_loads_nothing_that_a_usual_page_does_not_need():
    heavy = "argparse lab PIL segno waitress werkzeug models.shared.schema models.shared.alteration.differences"
    script = "import sys, commands.function; print(sorted(sys.modules.keys() & set(sys.argv)))"
    line = [sys.executable, "-c", script, *heavy.split()]
    assert subprocess.run(line, cwd=HOUSE, check=True, capture_output=True, text=True).stdout == "[]\n"


def usable(**environ):
    return function.usable_settings(read_settings(environ, own_server=False))


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({}, "DATABASE_URL must name a server: "),
        ({"DATABASE_URL": "sqlite:////tmp/sqlite.db"}, "DATABASE_URL must name a server: "),
        ({"DATABASE_URL": SERVER}, "PICTURES must name a bucket, or VOLUMES a folder that stays"),
        ({"DATABASE_URL": SERVER, **BUCKET, "BACKUPS": "daily"}, "BACKUPS must be off: "),
        ({"DATABASE_URL": SERVER, **BUCKET, "LAB": "on"}, "LAB must be off: "),
        ({"DATABASE_URL": SERVER, **BUCKET, "METRICS": "yes"}, "METRICS must be no: "),
    ],
)
def test_what_a_function_cannot_do_is_told(environ, words):
    with pytest.raises(BadSetting, match=f"^{words}"):
        usable(**environ)


def test_it_writes_where_it_may_and_nobody_has_the_lessons_passwords(tmp_path):
    settings = usable(DATABASE_URL=SERVER, **BUCKET)
    assert settings.volumes == tmp_path / "volumes"
    assert settings.sample_data == "locked"
    assert usable(DATABASE_URL=SERVER, VOLUMES="/mnt/site").volumes.as_posix() == "/mnt/site"


@pytest.mark.parametrize("environ", [{}, {"DATABASE_URL": SERVER, "VOLUMES": "there"}])
def test_what_keeps_it_from_starting_is_for_the_log_only(environ, monkeypatch, capsys, tmp_path):
    for name, text in environ.items():
        monkeypatch.setenv(name, text.replace("there", str(tmp_path)))
    answer = function.handler(event_of("http_api"), None)
    assert (answer["statusCode"], answer["body"]) == (503, f"{function.NO_SITE_YET}\n")
    logged = capsys.readouterr().err
    assert logged.startswith(("The database cannot", "DATABASE_URL needs a driver") if environ else "DATABASE_URL must")
    assert "secret" not in logged
    assert len(logged.splitlines()) == 1


def test_tables_that_are_not_ready_are_told_and_left_alone(tmp_path):
    settings = Settings(volumes=tmp_path / "volumes")
    for _ in range(2):
        with pytest.raises(Unusable, match=r"python -m models prepare$"):
            function.start(settings)
        with database.connection_context():
            assert not database.get_tables()


def test_a_command_makes_them_ready_once(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("VOLUMES", str(tmp_path / "volumes"))
    for state in ("made", "ready"):
        commands.main(["prepare"])
        assert capsys.readouterr().out.startswith(f"The tables are {state}: 10 users, 19 posts in the database ")
    answer = answers_events(function.start(Settings(volumes=tmp_path / "volumes")))(event_of("http_api"), None)
    assert answer["statusCode"] == 200


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM schema_migration WHERE id = (SELECT max(id) FROM schema_migration)",
        "DROP TABLE attempts",
        "ALTER TABLE posts ADD COLUMN more",
    ],
)
def test_tables_of_another_version_are_not_ready(change, tmp_path):
    settings = Settings(volumes=tmp_path / "volumes")
    function.start(settings)
    with database.connection_context():
        database.execute_sql(change)
    with pytest.raises(Unusable, match=r"python -m models prepare$"):
        function.start(settings)


@pytest.mark.usefixtures("place")
def test_another_event_starts_it_too_but_is_no_request(tmp_path, monkeypatch):
    monkeypatch.setattr(function, "usable_settings", lambda settings: settings)  # here it is SQLite
    for event in ({}, {"source": "aws.events"}, {"requestContext": None}):
        assert function.handler(event, None)["statusCode"] == 400
    before = set(threading.enumerate())
    assert function.handler(event_of("rest_api"), None)["statusCode"] == 200
    assert set(threading.enumerate()) == before


@pytest.mark.usefixtures("place")
def test_a_log_of_json_is_ours_and_no_other_line_is_around_it(monkeypatch, capsys):
    monkeypatch.setattr(function, "usable_settings", lambda settings: settings)
    monkeypatch.setenv("LOG", "json")
    assert function.handler(event_of("http_api"), None)["statusCode"] == 200
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["status"] == 200
