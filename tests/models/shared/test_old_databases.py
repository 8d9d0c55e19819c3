"""A database of each version that ever was opens with the program of today, with all its rows."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from models.session import Session
from models.shared.alteration.differences import differences_between
from models.shared.alteration.table_and_class import facts_of_class, facts_of_table
from models.shared.database import database
from models.shared.loading import all_models
from models.shared.migrating import MIGRATIONS
from models.shared.start_errors import Unusable
from models.user import User
from tests.altered import run_change

FOLDER = Path(__file__).parents[2] / "old_databases"
OLD = sorted(FOLDER.glob("*.sql"))
MIGRATIONS_OF_OLD = (
    "users_and_posts sessions_and_attempts pictures_of_posts known_browsers_and_sign_ups receipts_and_drafts "
    "folded_texts portraits history changes_of_receipts"
).split()
ROWS = {
    "users": "SELECT id, _name, _uid, _dob, _role FROM users ORDER BY id",
    "posts": "SELECT id, note, userID, created FROM posts ORDER BY id",
    "jokes": "SELECT id, joke, haha, boohoo FROM jokes ORDER BY id",
    "sessions": "SELECT id, digest, user_id, kind, label, expires FROM sessions ORDER BY id",
}


@pytest.fixture
def old(request, settings):
    """The path of a database as an old version left it, and its rows."""
    settings.make_volumes()
    with closing(sqlite3.connect(settings.database_path)) as program:
        program.executescript(request.param.read_text())
        there = {name for (name,) in program.execute("SELECT name FROM sqlite_master")}
        rows = {table: program.execute(sql).fetchall() for table, sql in ROWS.items() if table in there}
    return settings.database_path, rows


def asked(path, sql):
    with closing(sqlite3.connect(path)) as program:
        return program.execute(sql).fetchone()


def rows_now(path, tables):
    with closing(sqlite3.connect(path)) as program:
        return {table: program.execute(ROWS[table]).fetchall() for table in tables}


@pytest.mark.parametrize("old", OLD, ids=lambda file: file.stem, indirect=True)
def test_it_opens_and_has_the_tables_of_today_and_all_its_rows(old, visit):
    path, rows = old
    (last_post,) = asked(path, "SELECT seq FROM sqlite_sequence WHERE name = 'posts'")  # it may have been deleted
    browser = visit()
    assert rows_now(path, rows) == rows
    with database.connection_context():
        for model in all_models():
            there, wanted = facts_of_table(model._meta.table_name), facts_of_class(model)
            assert list(differences_between(model, there, wanted)) == []
        assert database.execute_sql("PRAGMA foreign_key_check").fetchall() == []
        assert User.create(name="New", uid="new").id == 12
        database.execute_sql("INSERT INTO posts (note, userID, created) VALUES ('New', 12, '2026-03-02')")
        assert database.execute_sql("SELECT max(id) FROM posts").fetchone() == (last_post + 1,)
    assert [user["name"] for user in browser.get("/api/users?search=kovarova").json["users"]] == ["Žofie Kovářová"]
    for address in ("/users/11", "/posts", "/jokes", "/api/users/11/posts"):
        browser.get(address, status=200)


WITH_JOKES = [file for file in OLD if "jokes" in file.read_text()]


@pytest.mark.parametrize("old", WITH_JOKES, ids=lambda file: file.stem, indirect=True)
def test_its_tables_change_with_their_rows_and_back(old, visit, settings, capsys, monkeypatch):
    path, rows = old
    monkeypatch.setenv("VOLUMES", str(settings.volumes))
    with closing(sqlite3.connect(path)) as program:
        program.execute("ALTER TABLE jokes RENAME COLUMN haha TO laughs")
    ended, said = run_change(capsys, monkeypatch, "--rename", "laughs=haha")
    assert (ended, rows_now(path, rows)) == ("", rows)
    assert "Joke.laughs is called haha from now on." in said
    visit().get("/jokes", status=200)
    assert run_change(capsys, monkeypatch, "--undo")[0] == ""
    with closing(sqlite3.connect(path)) as program:
        assert program.execute("SELECT id, joke, laughs, boohoo FROM jokes ORDER BY id").fetchall() == rows["jokes"]


@pytest.mark.parametrize("old", [FOLDER / "8_history.sql"], ids=lambda file: file.stem, indirect=True)
def test_what_an_old_history_knows_can_be_undone_in_the_tables_of_today(old, visit):
    path, rows = old
    admin = visit()
    with database.connection_context():
        _, token = Session.start(User.get_by_id(1), "script")
    admin.post_json("/api/changes/4/undo", {}, headers={"Authorization": f"Bearer {token}"})
    assert rows_now(path, rows)["posts"] == [*rows["posts"], (22, "Changed", 1, "2026-11-28 03:38:30")]
    assert admin.get("/api/posts/22").json["note"] == "Changed"


def test_the_databases_know_no_other_migrations_than_the_program():
    noted = {name for file in OLD for name in re.findall(r"'(\d{4}_\w+)'", file.read_text())}
    assert noted == {f"000{number}_{name}" for number, name in enumerate(MIGRATIONS_OF_OLD, start=1)}
    assert noted <= {file.stem for file in MIGRATIONS.glob("[0-9]*.py")}


@pytest.mark.parametrize("old", OLD[-1:], ids=lambda file: file.stem, indirect=True)
def test_an_older_program_says_what_made_a_newer_database(old, visit):
    path, _rows = old
    with closing(sqlite3.connect(path)) as program, program:
        program.execute("INSERT INTO schema_migration (name, applied) VALUES ('9999_later', '2030-01-01')")
    before = path.read_bytes()
    with pytest.raises(Unusable) as refusal:
        visit()
    assert str(refusal.value) == (
        "The database was changed by a newer version of this program (9999_later): start that version, or restore a "
        "backup from before it"
    )
    assert path.read_bytes() == before
