"""The tables: made once, migrated once, whoever starts first."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from playhouse.schema_diff import diff_models

from models.post import SAMPLE_NOTES, Post
from models.shared import migrating
from models.shared.database import bind_database, database
from models.shared.loading import all_models
from models.shared.migrating import make_tables, runner
from models.shared.picture import picture_of
from models.shared.row_checks import Invalid
from models.shared.schema import is_new, prepare
from models.shared.start_errors import Unusable
from models.shared.storage import storage
from models.user import User
from tests.drawn import png

HOUSE = Path(__file__).parents[3]


@pytest.fixture
def _no_tables(tmp_path):
    bind_database(tmp_path / "sqlite.db")
    yield
    database.close_all()


def tables_of_today():
    found = database.execute_sql("select name, sql from sqlite_master order by name").fetchall()
    return [(name, with_keys_last(sql or "")) for name, sql in found]


def with_keys_last(sql):
    """Written as a new table has it: of a column that came later, the reference stands beside its name."""
    beside = re.compile(r'("\w+") (\w+) (REFERENCES "\w+" \("id"\) ON DELETE [A-Z ]+)(?=,)')
    keys = [f"FOREIGN KEY ({name}) {rule}" for name, _, rule in beside.findall(sql)]
    return ", ".join([beside.sub(r"\1 \2", sql).removesuffix(")"), *keys]) + ")" if keys else sql


@pytest.mark.usefixtures("_no_tables")
def test_a_new_database_gets_the_tables_of_today_once():
    assert prepare() is True
    assert prepare() is False
    with database.connection_context():
        assert not diff_models(database.obj, all_models())
        assert set(database.get_tables()) >= {"users", "posts", "schema_migration"}


@pytest.mark.usefixtures("_no_tables")
def test_the_migrations_lead_to_the_tables_of_today():
    with database.connection_context():
        runner().up()
        by_migrations = tables_of_today()
        migrating.drop_tables()
        make_tables()
        assert tables_of_today() == by_migrations


@pytest.fixture
def later(_no_tables, tmp_path, monkeypatch):
    """A database with a user and a post; call it with the migrations that a later version brings."""
    prepare()
    with database.connection_context():
        Post.create(user=User.create(name="Ada Lovelace", uid="ada"), note="Hello")
    folder = tmp_path / "migrations"
    folder.mkdir()
    for file in migrating.MIGRATIONS.glob("[0-9]*.py"):
        (folder / file.name).write_text("")
    monkeypatch.setattr(migrating, "MIGRATIONS", folder)

    def bring(**migrations):
        for name, body in migrations.items():
            lines = ["from peewee import IntegerField", "def up(migrator, db):", *(f"    {line}" for line in body)]
            (folder / f"9{name}.py").write_text("\n".join(lines) + "\n")

    return bring


ADD_KARMA = "migrator.migrate(migrator.add_column('users', 'karma', IntegerField(default=7)))"


def test_an_old_database_is_migrated_and_keeps_its_rows(later):
    later(_1=[ADD_KARMA], _2=["migrator.migrate(migrator.drop_not_null('users', '_name'))"])
    assert prepare() is False
    with database.connection_context():
        assert database.execute_sql("select _name, karma from users").fetchall() == [("Ada Lovelace", 7)]
        assert database.execute_sql("select note from posts").fetchall() == [("Hello",)]
        assert database.pragma("foreign_keys") == 1


def test_a_migration_that_fails_leaves_everything_as_it_was(later):
    later(_1=[ADD_KARMA], _2=["db.execute_sql('select * from nowhere')"])
    with pytest.raises(Unusable, match="no such table: nowhere"):
        prepare()
    with database.connection_context():
        assert "karma" not in [column.name for column in database.get_columns("users")]


def test_a_migration_that_leaves_rows_without_their_parent_is_undone(later):
    later(_1=["db.execute_sql('delete from users')"])
    with pytest.raises(Unusable, match="refer to rows which are gone"):
        prepare()
    with database.connection_context():
        assert User.select().count() == 1


@pytest.mark.usefixtures("_no_tables")
def test_a_database_of_a_newer_version_is_left_alone():
    prepare()
    with database.connection_context():
        now = datetime.now()
        database.execute_sql("insert into schema_migration (name, applied) values ('9999_later', ?)", (now,))
    with pytest.raises(Unusable, match=r"newer version of this program \(9999_later\)"):
        prepare()


@pytest.mark.usefixtures("_no_tables")
def test_somebody_elses_tables_are_left_alone():
    with database.connection_context():
        database.execute_sql("create table users (id integer)")
    with pytest.raises(Unusable, match="has a table users that this program did not make"):
        prepare()
    with pytest.raises(Unusable, match="has a table users that this program did not make"):
        is_new()


@pytest.mark.usefixtures("_no_tables")
def test_when_filling_fails_the_database_stays_new():
    def users():
        yield User(name="Ada Lovelace", uid="ada")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prepare(users())
    assert prepare() is True
    with database.connection_context():
        assert User.select().count() == 0


@pytest.mark.usefixtures("_no_tables")
def test_when_filling_fails_no_picture_stays_behind(monkeypatch):
    monkeypatch.setitem(SAMPLE_NOTES, "ada", ("With a picture.", "x" * 10_001))
    ada, picture = User(name="Ada Lovelace", uid="ada"), picture_of(png())
    with pytest.raises(Invalid):
        prepare([ada], {("ada", 1): (picture, "Red")})
    assert list(storage.names()) == []
    monkeypatch.setitem(SAMPLE_NOTES, "ada", ("With a picture.",))
    assert prepare([User(name="Ada Lovelace", uid="ada")], {("ada", 1): (picture, "Red")}) is True
    assert list(storage.names()) == sorted(picture.files)


def test_an_sqlite_url_is_opened_with_the_same_care(tmp_path):
    bind_database(tmp_path / "unused.db", f"sqlite:///{tmp_path}/by_url.db")
    assert prepare() is True
    with database.connection_context():
        assert [database.pragma(name) for name in ("journal_mode", "foreign_keys", "synchronous")] == ["wal", 1, 2]
    database.close_all()
    assert (tmp_path / "by_url.db").exists()
    assert not (tmp_path / "unused.db").exists()


@pytest.mark.parametrize("name", ["a#b?c.db", "100%41.db", "mode=ro.db"])
def test_a_path_may_have_any_characters(tmp_path, name):
    bind_database(tmp_path / name)
    assert prepare() is True
    database.close_all()
    assert (tmp_path / name).exists()


def test_a_file_that_is_no_database_is_one_line(tmp_path):
    (tmp_path / "sqlite.db").write_text("Dear diary, this is not a database at all, however long it is.")
    bind_database(tmp_path / "sqlite.db")
    with pytest.raises(Unusable, match=r"^The database cannot be used: file is not a database$"):
        prepare()


def test_four_processes_that_start_at_once_make_the_rows_once(tmp_path):
    environ = os.environ | {"VOLUMES": str(tmp_path), "PYTHONPATH": str(HOUSE)}
    start = [sys.executable, "-c", "from app import create_app; create_app()"]
    processes = [subprocess.Popen(start, env=environ, stderr=subprocess.PIPE) for _ in range(4)]
    assert [(process.communicate()[1], process.returncode) for process in processes] == [(b"", 0)] * 4
    bind_database(tmp_path / "sqlite.db")
    with database.connection_context():
        assert User.select().count() == 10
        noted = [name for (name,) in database.execute_sql("select name from schema_migration order by name")]
        assert noted == sorted(file.stem for file in migrating.MIGRATIONS.glob("[0-9]*.py"))
    database.close_all()


def test_sigterm_is_heard_in_the_middle_of_a_long_migration_and_nothing_is_changed(house):
    house("-c", "from app import create_app; create_app()")
    began = house.volumes / "began"
    # In the middle of one statement: before it and after it, Python itself hears the signal.
    on = "i < 1e10 and (i <> 1000 or began())"
    steps = f"with recursive n(i) as (select 1 union all select i + 1 from n where {on}) select count(*) from n"
    (house.models / "migrations" / "9999_long.py").write_text(
        f"import pathlib\ndef up(migrator, db):\n    db.execute_sql('create table long (id)')\n"
        f"    db.connection().create_function('began', 0, lambda: pathlib.Path({str(began)!r}).touch() or 1)\n"
        f"    db.execute_sql({steps!r}).fetchall()\n"
    )
    environ = os.environ | {"VOLUMES": str(house.volumes), "SAMPLE_DATA": "locked"}
    start = subprocess.Popen([sys.executable, "app.py"], cwd=house.models.parent, env=environ, stderr=subprocess.PIPE)
    until = time.monotonic() + 20
    try:
        while not began.exists():
            assert time.monotonic() < until
        for _ in range(1000):
            began.exists()  # until `began()` has come back
        start.send_signal(signal.SIGTERM)
        said = start.communicate(timeout=30)[1]
    finally:
        start.kill()
        start.communicate()
    assert (start.returncode, said) == (2, b"The database cannot be used: interrupted\n")
    with closing(sqlite3.connect(house.volumes / "sqlite.db")) as program:
        assert not program.execute("select name from sqlite_master where name = 'long'").fetchall()
