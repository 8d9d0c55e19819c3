"""The copy that is read is kept for as long as nobody writes."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from lab.sql.reading_copy import SQL_FOLDER, NoCopy
from lab.sql.running import reading_copy, run_sql
from models.joke import Joke
from models.shared.database import database
from models.shared.start_errors import HOUSE


def used():
    with reading_copy.in_use() as copy:
        return copy.folder


def test_it_is_kept_while_nobody_writes_and_made_anew_afterwards(here, settings, copies):
    first = used()
    here.get("/users")
    assert used() == first
    with closing(sqlite3.connect(settings.database_path)) as program, program:
        program.execute("update jokes set haha = 77 where id = 1")
    assert used() != first
    assert len(list(copies.iterdir())) == 1
    assert run_sql("select haha from jokes where id = 1")["statements"][0]["rows"] == [[77]]


def test_whoever_reads_an_old_one_keeps_it_until_they_have_read(here, copies):
    with reading_copy.in_use() as old:
        with database.connection_context():
            Joke.update(haha=5).execute()
        assert used() != old.folder
        assert old.path.exists()
    assert not old.path.exists()


def test_it_goes_when_the_process_ends(tmp_path):
    """`forget` is called then, as after each test here."""
    script = (
        "from app import create_app; from config import Settings; from pathlib import Path\n"
        "create_app(Settings(volumes=Path('v'), sample_data='none'))\n"
        "from lab.sql.running import run_sql; print(run_sql('select 1')['statements'][0]['rows'])"
    )
    (tmp_path / "places").mkdir()
    environ = {**os.environ, "TMPDIR": str(tmp_path / "places"), "PYTHONPATH": str(HOUSE)}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=tmp_path, env=environ, check=True, capture_output=True, text=True)
    assert done.stdout == "[[1]]\n"
    assert list((tmp_path / "places").iterdir()) == []


def test_one_that_somebody_has_removed_is_made_anew(here):
    folder = used()
    (folder / "copy.db").unlink()
    folder.rmdir()
    assert used() != folder


def test_what_a_site_that_was_killed_has_left_goes(here, copies):
    for number in (2**22 + 1, os.getpid()):
        (copies / f"{SQL_FOLDER}{number}-x").mkdir()
    used()
    assert [folder.name for folder in copies.glob("*-x")] == [f"{SQL_FOLDER}{os.getpid()}-x"]
    (copies / f"{SQL_FOLDER}{os.getpid()}-x").rmdir()


def test_others_cannot_look_into_it(here):
    assert used().stat().st_mode & 0o077 == 0


def test_with_a_log_beside_the_database_all_of_it_is_there(site, settings):
    site(sample_data="locked", lab="on")
    with database.connection_context():
        Joke.update(haha=9).where(Joke.id == 1).execute()
    (answer,) = run_sql("select haha from jokes where id = 1")["statements"]
    assert answer["rows"] == [[9]]


def test_a_database_that_cannot_be_copied_is_told_in_words(here, settings, copies):
    database.close_all()
    settings.database_path.write_bytes(b"no database" * 1000)
    with pytest.raises(NoCopy, match="cannot be made just now"), reading_copy.in_use():
        pass
    assert list(copies.iterdir()) == []
