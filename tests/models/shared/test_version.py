"""Whether the database is still the same: nobody writes without it being noticed."""

import sqlite3
from contextlib import closing

import pytest

from models.shared.database import bind_database, database
from models.shared.schema import prepare
from models.shared.version import current_version
from models.user import User

ADD = "INSERT INTO users (_name, _uid, _role) VALUES ('Ada', 'ada', 'user')"


@pytest.fixture(params=["wal", "truncate"])
def path(request, tmp_path):
    bind_database(tmp_path / "sqlite.db", readable_alone=request.param == "truncate")
    prepare()
    database.obj.use_journal()
    database.connect(reuse_if_open=True)
    yield tmp_path / "sqlite.db"
    database.close_all()


@pytest.fixture
def shell(path):
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as shell:
        yield shell


def test_it_stays_the_same_while_people_only_read(shell):
    before = current_version()
    User.select().count()
    shell.execute("SELECT * FROM users").fetchall()
    assert current_version() == before is not None


@pytest.mark.usefixtures("path")
def test_it_is_another_one_after_each_write_of_ours():
    seen = [current_version()]
    user = User.create(name="Ada Lovelace", uid="ada")
    seen.append(current_version())
    user.update(name="Ada")
    seen.append(current_version())
    user.delete()
    seen.append(current_version())
    assert len(set(seen)) == 4


def test_it_is_another_one_after_another_program_wrote(shell):
    before = current_version()
    shell.execute(ADD)
    assert current_version() != before


def test_what_is_taken_back_leaves_it_as_it_was(shell):
    before = current_version()
    shell.execute("BEGIN IMMEDIATE")
    shell.execute(ADD)
    shell.execute("ROLLBACK")
    assert current_version() == before


def test_while_another_program_holds_the_file_it_is_not_another_one(shell):
    before = current_version()
    shell.execute("BEGIN EXCLUSIVE")
    # With a log, others still read what was there before. Without one nobody reads, so nobody can say.
    assert current_version() == (before if database.obj.journal == "wal" else None)


@pytest.mark.usefixtures("path")
def test_a_database_that_is_opened_again_has_another_one():
    before = current_version()
    database.close_all()
    database.connect()
    assert current_version() != before


def test_it_leaves_nothing_open(path):
    current_version()
    database.close_all()
    assert [file.name for file in path.parent.glob("sqlite.db-wal")] == []
