"""A table that no longer fits its class is changed with its rows, or it is told what is in the way."""

import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing

import pytest

from models.joke import Joke
from models.shared.alteration.answers import Answers
from models.shared.alteration.carrying_out import carry_out
from models.shared.alteration.kept import MOST_UNDOS, forget_all_kept, kept_alterations
from models.shared.alteration.planning import plan_alteration
from models.shared.database import bind_database, database
from models.shared.schema import prepare
from models.shared.start_errors import HOUSE, Unusable
from tests.altered import TODAY, check_change, every_case, jokes_now, make_old, run_change, whole

NO_HAHA = "ALTER TABLE jokes DROP COLUMN haha"
LAUGHS = "ALTER TABLE jokes RENAME COLUMN haha TO laughs"


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("VOLUMES", str(tmp_path))
    monkeypatch.setenv("SAMPLE_DATA", "none")
    bind_database(tmp_path / "sqlite.db")
    prepare()
    yield tmp_path
    database.close_all()


@pytest.fixture
def change(place, capsys, monkeypatch):
    """Call it with what an older class has left, then with arguments for the command."""

    def old(*statements):
        make_old("sqlite", statements)
        return lambda *arguments, **options: run_change(capsys, monkeypatch, *arguments, **options)

    return old


def execute(*statements):
    with database.connection_context():
        return [database.execute_sql(sql).fetchall() for sql in statements][-1]


@every_case
def test_each_difference_is_told_and_made_and_brought_back(change, case):
    check_change(change(*case.old), case)


def test_the_lines_of_a_start_name_the_command(change):
    change("ALTER TABLE jokes ADD COLUMN puns INTEGER")
    with pytest.raises(Unusable, match=r"python -m models change$"):
        prepare()


def test_whoever_sits_there_is_asked_what_nobody_else_can_say(change):
    run = change(LAUGHS, "ALTER TABLE jokes ADD COLUMN puns INTEGER", "UPDATE jokes SET puns = 1")
    ended, said = run(typed=["no", "yes", "yes", "yes"])
    assert ended == ""
    assert said.count("[y/N]") == 4
    assert "Is haha another name for laughs? [y/N] Joke has no laughs any more; 2 rows have a value there." in said
    assert "Joke has no puns any more, and haha, of the same type, is new." in said
    assert jokes_now() == [(1, "Knock", 1, 0), (2, "Who is there?", 1, 1)]


def test_a_value_may_be_typed(change):
    run = change("DELETE FROM jokes WHERE id = 1", "DROP INDEX jokes_joke", "ALTER TABLE jokes DROP COLUMN joke")
    assert run(typed=["A joke", "y"])[0] == ""
    assert jokes_now() == [(2, "A joke", 4, 1)]


@pytest.mark.parametrize("typed", [["yes", "no"], ["no", "no"], []])
def test_whoever_does_not_agree_keeps_everything(change, typed):
    run = change(LAUGHS)
    before = whole()
    assert run(typed=typed)[0].startswith("Nothing was changed")
    assert whole() == before


def test_a_rehearsal_changes_nothing_and_leaves_nothing(change, place):
    run = change(LAUGHS)
    before, files = whole(), sorted(path.name for path in place.iterdir())
    ended, said = run("--rename", "laughs=haha", "--rehearse")
    assert (ended, said.splitlines()[-1]) == ("", "Nothing was changed.")
    assert "Rehearsed on a copy in " in said
    assert "jokes 2," in said
    assert whole() == before
    assert sorted(path.name for path in place.iterdir()) == files


def test_a_backup_of_before_is_made(change, place):
    _ended, said = change(NO_HAHA)()
    (backup,) = (place / "backups").glob("backup-*.zip")
    assert f"Made {backup}, which python -m models restore brings back." in said
    with zipfile.ZipFile(backup) as archive, closing(sqlite3.connect(":memory:")) as program:
        program.deserialize(archive.read("database.sqlite"))
        rows = program.execute("select id, joke, boohoo from jokes").fetchall()
    assert rows == [(1, "Knock", 0), (2, "Who is there?", 1)]


def test_an_undo_says_which_rows_were_written_since(change):
    run = change(NO_HAHA)
    run()
    execute(
        "UPDATE jokes SET haha = 9 WHERE id = 1",
        "DELETE FROM jokes WHERE id = 2",
        "INSERT INTO jokes (joke, haha, boohoo) VALUES ('New', 1, 1)",
    )
    before = whole()
    ended, _said = run("--undo")
    assert ended.splitlines()[:3] == [
        "1 row of jokes added since: 4.",
        "1 row of jokes changed since: 1.",
        "1 row of jokes deleted since: 2.",
    ]
    assert whole() == before


def test_the_last_changes_can_be_undone_one_after_the_other(change):
    run = change("SELECT 1")
    for number in range(MOST_UNDOS + 1):
        execute(f"ALTER TABLE jokes ADD COLUMN puns_{number} INTEGER")
        run("--drop", f"puns_{number}")
    for number in reversed(range(1, MOST_UNDOS + 1)):
        assert run("--undo")[1].splitlines()[-1].startswith("As before: jokes.")
        assert [column for column in columns_of_jokes() if column.startswith("puns")] == [f"puns_{number}"]
        execute(f"ALTER TABLE jokes DROP COLUMN puns_{number}")
    assert run("--undo")[0] == "There is no change to undo."


def columns_of_jokes():
    with database.connection_context():
        return [column.name for column in database.get_columns("jokes")]


def test_what_is_kept_for_an_undo_can_be_forgotten(change):
    change(NO_HAHA)()
    with database.connection_context():
        (kept,) = kept_alterations()
        assert {table.before for table in kept.tables} <= set(database.get_tables())
        forget_all_kept()
        assert [table for table in database.get_tables() if table.startswith("alteration")] == ["alteration_list"]


def test_triggers_views_and_numbers_stay(change):
    run = change(
        LAUGHS,
        "CREATE TABLE seen (what TEXT)",
        "CREATE TRIGGER note AFTER UPDATE OF laughs ON jokes BEGIN INSERT INTO seen VALUES (NEW.laughs); END",
        "CREATE VIEW funny AS SELECT joke FROM jokes WHERE laughs > 3",
        "CREATE INDEX mine ON jokes (lower(joke)) WHERE laughs > 3",
    )
    assert run("--rename", "laughs=haha")[0] == ""
    execute("UPDATE jokes SET haha = 8 WHERE id = 1")
    assert execute("SELECT what FROM seen") == [("8",)]
    assert execute("SELECT joke FROM funny") == [("Knock",), ("Who is there?",)]
    prepare()
    with database.connection_context():
        Joke.get_by_id(2).update(joke="Folded")
        assert execute_here("SELECT text FROM folded WHERE place = 'jokes.joke' ORDER BY row_id")[-1] == ("folded",)


def execute_here(sql):
    return database.execute_sql(sql).fetchall()


def test_a_trigger_that_names_a_column_which_goes_is_in_the_way(change):
    run = change(
        "ALTER TABLE jokes ADD COLUMN puns INTEGER",
        "CREATE TRIGGER note AFTER UPDATE ON jokes BEGIN SELECT NEW.puns; END",
    )
    before = whole()
    ended, _said = run("--drop", "puns")
    assert "names what would be gone: trigger note: no such column: NEW.puns. Drop it first" in ended
    assert whole() == before


def test_rows_that_would_refer_to_nothing_are_counted_before_and_after(change):
    run = change(NO_HAHA, "PRAGMA foreign_keys = 0", "INSERT INTO posts (note, userID, created) VALUES ('x', 99, 0)")
    ended, said = run("--rehearse")
    assert ended == ""
    assert "Foreign keys: 1 rows refer to rows that are gone, as before" in said


def test_who_comes_second_finds_that_the_tables_are_others_by_now(change):
    change(NO_HAHA)
    with database.connection_context():
        wanted = plan_alteration(Answers())
        assert carry_out(wanted, Answers(), with_rows=False).after["jokes"] == 2
        with pytest.raises(Unusable, match="Somebody else has changed the tables meanwhile"):
            carry_out(wanted, Answers(), with_rows=False)


def test_twins_that_came_after_the_plan_are_in_the_way(change):
    change("DROP INDEX jokes_joke")
    with database.connection_context():
        wanted = plan_alteration(Answers())
        database.execute_sql("INSERT INTO jokes (joke, haha, boohoo) VALUES ('Knock', 0, 0)")
        with pytest.raises(Unusable, match="Nothing was changed; ask again"):
            carry_out(wanted, Answers(), with_rows=False)


def test_the_history_says_who_changed_which_values_and_goes_on_under_the_new_names(change):
    run = change(LAUGHS)
    kept = "SELECT done, before, after FROM changed_rows WHERE table_name = 'jokes' AND row_id = 1 ORDER BY id DESC"
    execute(
        "INSERT INTO changed_rows (table_name, row_id, done, before, after) "
        """VALUES ('jokes', 1, 'update', '{"laughs":3,"joke":"a \\"b\\""}', '{"laughs":null}')"""
    )
    run("--rename", "laughs=haha")
    assert [json.loads(side) for side in execute(kept)[0][1:]] == [{"joke": 'a "b"', "haha": 3}, {"haha": None}]
    run("--undo")
    assert [json.loads(side) for side in execute(kept)[0][1:]] == [{"joke": 'a "b"', "laughs": 3}, {"laughs": None}]
    execute("DELETE FROM jokes WHERE id = 2", "DROP INDEX jokes_joke", "ALTER TABLE jokes DROP COLUMN joke")
    execute("DELETE FROM changed_rows")
    assert run("--rename", "laughs=haha", "--default", "joke=Knock")[0] == ""
    assert execute("SELECT DISTINCT command, after FROM changed_rows JOIN changes ON changes.id = change_id") == [
        ("python -m models change", '{"joke":"Knock"}')
    ]
    assert execute("PRAGMA foreign_key_check") == []


def test_a_folder_that_nobody_may_write_is_told(change, monkeypatch):
    run = change(NO_HAHA)
    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    assert run()[0] == "Nothing was changed: [Errno 13] Permission denied"


def refuse(*_arguments):
    raise PermissionError(13, "Permission denied")


def test_a_search_finds_the_rows_after_a_change_and_after_its_undo(change):
    run = change(LAUGHS)
    run("--rename", "laughs=haha")
    prepare()
    marks = "SELECT row_id, text FROM folded WHERE place = 'jokes.joke' ORDER BY row_id"
    assert execute(marks) == [(1, "knock"), (2, "who is there?")]
    run("--undo")
    execute("ALTER TABLE jokes RENAME COLUMN laughs TO haha")
    prepare()
    assert execute(marks) == [(1, "knock"), (2, "who is there?")]


def test_a_kill_at_any_moment_leaves_the_old_or_the_new_table_whole(change, place):
    run = change(LAUGHS, "ALTER TABLE jokes ADD COLUMN puns TEXT", "UPDATE jokes SET puns = 'x'")
    old = whole()
    database.close_all()
    environ = os.environ | {"KILLS": "12"}
    line = [sys.executable, "-m", "tests.killed_change", "--rename", "laughs=haha", "--drop", "puns"]
    done = subprocess.run(line, cwd=HOUSE, env=environ, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    seen = [json.loads(each) for each in done.stdout.splitlines()]
    assert len(seen) >= 10
    assert {tuple(map(tuple, each["rows"])) for each in seen if each["is_new"]} == {tuple(TODAY)}
    assert all(each["check"] == [["ok"]] for each in seen)
    assert [each["is_new"] for each in seen] == sorted(each["is_new"] for each in seen)
    assert seen[-1]["is_new"]
    run("--undo")
    assert whole() == old
