"""Backups of PostgreSQL, and the way from SQLite to it and back."""

import json
import os
import shutil
import threading
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest

import commands as command
from models.post import Post
from models.session import Session
from models.shared.backup.at_work import alone_at_work
from models.shared.database import bind_database, database
from models.shared.migrating import drop_tables
from models.user import User
from seed import __main__ as seed
from tests.commands.test_moving import everything, pictures
from tests.drawn import png
from tests.typed import typed

URL = os.environ["TEST_DATABASE_URL"]


@pytest.fixture(autouse=True)
def _empty_database(monkeypatch, tmp_path):
    monkeypatch.setenv("SAMPLE_DATA", "locked")
    monkeypatch.setenv("VOLUMES", str(tmp_path / "server"))
    bind_database(Path(), URL)
    with database.connection_context():
        drop_tables()
    yield
    database.close_all()


@pytest.fixture
def run(monkeypatch, capsys):
    """Call it with a command, for the server or, `at` a folder, for SQLite."""

    def call(*arguments, at=None, main=command.main):
        monkeypatch.setenv("DATABASE_URL", "" if at else URL)
        if at:
            monkeypatch.setenv("VOLUMES", str(at))
        return typed(capsys, *arguments, main=main)

    return call


@pytest.fixture
def site(run, tmp_path):
    """The sample rows on the server, and a login."""
    run("--yes", main=seed.main)
    bind_database(tmp_path / "server" / "x", URL)
    with database.connection_context():
        Session.start(User.get(uid="niko"), "script", "A script")
        User.create(name="Ada Lovelace", uid="ada").delete()
    return tmp_path / "server"


def on_server():
    bind_database(Path(os.environ["VOLUMES"]) / "x", URL)
    with database.connection_context():
        names = ("users", "posts", "jokes", "sessions")
        return [database.execute_sql(f"select * from {name} order by id").fetchall() for name in names]


def changed():
    with database.connection_context():
        User.get(uid="niko").delete()
        Post.create(user=1, note="New", image=png())
    return on_server()


def test_rows_go_to_the_server_and_back_byte_for_byte(run, tmp_path, monkeypatch):
    run("--yes", at=tmp_path / "first", main=seed.main)
    bind_database(tmp_path / "first" / "sqlite.db")
    with database.connection_context():
        User.create(name="Ada Lovelace", uid="ada").delete()
        User.get(uid="niko").update(dob="0001-01-01")
        Post.create(user=3, note="\U0001f600 \\ \" '", image=png(), alt="A dot")
        Session.start(User.get(uid="toby"), "script", "A script")
    database.close_all()
    before = everything(tmp_path / "first")
    run("save", tmp_path / "saved", at=tmp_path / "first")
    monkeypatch.setenv("VOLUMES", str(tmp_path / "server"))
    assert run("load", tmp_path / "saved").out.startswith(f"Loaded {tmp_path / 'saved'} into postgresql")
    assert run("save", tmp_path / "again.zip").code == 0
    assert run("load", tmp_path / "again.zip", at=tmp_path / "last").code == 0
    assert everything(tmp_path / "last") == before
    assert pictures(tmp_path / "last") == pictures(tmp_path / "first")


@pytest.mark.parametrize("has_programs", [True, False])
def test_a_backup_brings_all_back_and_what_was_there_too(run, site, tmp_path, monkeypatch, has_programs):
    if not has_programs:
        monkeypatch.setenv("PATH", str(tmp_path))
    elif not shutil.which("pg_dump"):
        pytest.skip("the programs of PostgreSQL are not here")
    users, posts, jokes, _sessions = on_server()
    assert run("backup", tmp_path / "made.zip").code == 0
    with zipfile.ZipFile(tmp_path / "made.zip") as archive:
        assert ("database.pgdump" in archive.namelist()) is has_programs
    *after, _logins = changed()
    assert run("restore", "--check", tmp_path / "made.zip").code == 0
    answer = run("restore", tmp_path / "made.zip")
    assert answer.out.startswith(f"Restored {tmp_path / 'made.zip'} of ")
    assert on_server() == [users, posts, jokes, []]
    assert run(*answer.out.splitlines()[-1].split()[3:]).code == 0
    assert on_server()[:3] == after


def test_the_history_goes_on_from_a_backup_to_a_moment(run, site, tmp_path):
    run("backup", tmp_path / "made.zip")
    bind_database(site / "x", URL)
    with database.connection_context():
        (last,) = database.execute_sql("select max(id) from changes").fetchone()
        ada = User.create(name="Ada Lovelace", uid="ada2", dob="1815-12-10")
        Post.create(user=ada, note="The engine weaves.", image=png(), alt="A loom")
        User.get(uid="niko").update(name="Nikola T.")
        User.get(uid="hop").delete()
    users, posts, jokes, _logins = on_server()
    with database.connection_context():
        (then,) = database.execute_sql("select max(id) from changes").fetchone()
        User.get(uid="ada2").delete()
        earlier = "update changes set created = created - interval '{} hours' where id > %s and id <= %s"
        database.execute_sql(earlier.format(2), (last, then))
        database.execute_sql(earlier.format(1), (then, then + 100))
    moment = datetime.now() - timedelta(minutes=90)
    answer = run("restore", older(tmp_path / "made.zip"), "--at", moment.isoformat())
    assert answer.code == 0, answer.err
    assert on_server() == [users, posts, jokes, []]


def older(path):
    """The same backup, as if it were of yesterday."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(path.with_name("older.zip"), "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "manifest.json":
                content = json.dumps(json.loads(content) | {"made": "2026-01-01T00:00:00+00:00"})
            new.writestr(name, content)
    return path.with_name("older.zip")


def test_a_new_row_has_a_number_that_none_had(run, site, tmp_path):
    run("backup", tmp_path / "made.zip")
    run("restore", tmp_path / "made.zip")
    bind_database(site / "x", URL)
    with database.connection_context():
        assert User.create(name="Ada Lovelace", uid="ada").id == 12


def test_readers_see_the_old_rows_until_the_new_ones_are_there(run, site, tmp_path):
    run("backup", tmp_path / "made.zip")
    bind_database(site / "x", URL)
    with database.connection_context():
        User.get(uid="niko").delete()
    counts, stop = set(), threading.Event()

    def read():
        with psycopg.connect(URL, autocommit=True) as connection:
            while not stop.is_set():
                counts.add(connection.execute("select count(*) from users").fetchone()[0])

    reader = threading.Thread(target=read)
    reader.start()
    try:
        assert run("restore", tmp_path / "made.zip").code == 0
    finally:
        stop.set()
        reader.join()
    assert counts <= {9, 10}


@pytest.mark.usefixtures("site")
def test_a_dump_is_not_for_sqlite(run, tmp_path):
    run("backup", tmp_path / "made.zip")
    answer = run("restore", tmp_path / "made.zip", at=tmp_path / "sqlite")
    assert (answer.code, answer.out) == (2, "")
    assert "brought back to a server" in answer.err


def test_of_two_at_once_the_second_is_told(run, site, tmp_path):
    run("backup", tmp_path / "made.zip")
    (site / "backups").mkdir(exist_ok=True)
    with alone_at_work(site / "backups"):
        assert "Another backup or restore is under way" in run("restore", tmp_path / "made.zip").err
