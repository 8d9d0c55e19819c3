"""`restore --at`: the newest backup before a moment, and what the history knows of the time since."""

import json
import sqlite3
from contextlib import closing

import pytest

from models.post import Post
from models.shared.database import bind_database, database
from models.user import User
from tests.commands.test_restore import pictures, rows
from tests.drawn import png

IN_MARCH, IN_APRIL = "2026-03-15T12:00", "2026-04-15T12:00"


@pytest.fixture
def january(another):
    """A backup of the sample rows, as if it had been made then."""

    def change(name, content):
        if name != "manifest.json":
            return content
        return json.dumps(json.loads(content) | {"made": "2026-01-01T00:00:00+00:00"})

    return another(change)


@pytest.fixture
def months(place, january):
    """What was done in February and in April. It gives the rows and pictures after each."""
    states = []
    for month, work in (("02", in_february), ("04", in_april)):
        bind_database(place / "sqlite.db")
        with database.connection_context():
            (last,) = database.execute_sql("select max(id) from changes").fetchone()
            work()
        database.close_all()
        with closing(sqlite3.connect(place / "sqlite.db")) as program, program:
            program.execute("update changes set created = ? where id > ?", (f"2026-{month}-01 12:00:00", last))
        states.append((rows(place / "sqlite.db"), pictures(place)))
    return states


def in_february():
    ada = User.create(name="Ada Lovelace", uid="ada", dob="1815-12-10", image=png())
    Post.create(user=ada, note="The engine weaves.", image=png(), alt="A loom")
    User.get(uid="niko").update(name="Nikola T.", password="correct horse")
    User.get(uid="hop").delete()


def in_april():
    User.get(uid="ada").delete()
    User.get(uid="marie").update(name="Marie")
    Post.create(user=1, note="In April")


def test_rows_and_pictures_are_as_they_were_then(run, place, january, months):
    (users, posts, jokes), then = months[0]
    says = run("restore", january, "--at", IN_MARCH).out
    assert "Came or changed their password since: 2. They need another one." in says
    assert "as of 2026-03-15 12:00:00: 7 jokes, 17 posts, 10 users" in says
    found = rows(place / "sqlite.db")
    assert found[1:] == [posts, jokes]
    assert [row[:3] + row[4:] for row in found[0]] == [row[:3] + row[4:] for row in users]  # but for passwords
    assert pictures(place).items() >= then.items()


def test_the_history_goes_on_from_there(run, place, january, months):
    run("restore", january, "--at", IN_MARCH)
    with closing(sqlite3.connect(place / "sqlite.db")) as program:
        times = {time for (time,) in program.execute("select created from changes where created like '2026-0%'")}
        done = program.execute("select count(*) from changed_rows where done = 'delete' and row_id = 5").fetchone()
    assert times == {"2026-02-01 12:00:00"}
    assert done[0] >= 1


def test_the_newest_backup_before_is_taken(run, place, january, months):
    (place / "backups" / "backup-20260101T000000Z.zip").write_bytes(january.read_bytes())
    (place / "backups" / "backup-20260401T000000Z.zip").write_bytes(b"a younger one")
    assert run("restore", "--at", IN_MARCH).code == 0
    assert [row[1] for row in rows(place / "sqlite.db", "users")[0]][1] == "Nikola T."


def test_where_the_history_does_not_reach_it_says_what_can_be_given(run, place, january, months):
    with closing(sqlite3.connect(place / "sqlite.db")) as program, program:
        program.execute("delete from changes where created < '2026-03-01' or id = 1")
    before = rows(place / "sqlite.db")
    answer = run("restore", january, "--at", IN_MARCH)
    assert answer.code == 2
    assert "The history does not reach from that backup to then. What can be given is 2026-01-01" in answer.err
    assert f"python -m models restore {january}" in answer.err
    assert rows(place / "sqlite.db") == before


def test_what_a_restore_took_away_is_not_told_as_if_it_had_never_been(run, place, january, months):
    (place / "backups" / "backup-20260101T000000Z.zip").write_bytes(january.read_bytes())
    run("restore", "--at", IN_MARCH)
    march = rows(place / "sqlite.db")
    answer = run("restore", "--at", IN_APRIL)
    assert answer.code == 2
    end = "2026-02-01T12:00:00+00:00"
    assert f"A restore has taken away what came later than {end}: it is in a file before-….zip" in answer.err
    assert run("restore", "--at", end).code == 0
    assert rows(place / "sqlite.db") == march
    (first, _second) = sorted((place / "backups").glob("before-*.zip"), key=lambda file: file.stat().st_mtime)
    run("restore", first)
    assert run("restore", "--at", "2026-04-01T12:00:00+00:00").code == 0
    assert rows(place / "sqlite.db")[1:] == months[1][0][1:]


def test_a_restore_is_one_change_without_rows(run, place, made):
    highest = rows(place / "sqlite.db", "changes")[0][-1][0]
    run("restore", made)
    *before, last = rows(place / "sqlite.db", "changes")[0]
    assert [change[0] for change in before][-1] == highest
    assert last[2:5] == (None, "python -m models restore", "restored")
    assert rows(place / "sqlite.db", "changed_rows") == [[]]


def test_a_row_that_is_not_as_it_was_is_named(run, place, january, months):
    with closing(sqlite3.connect(place / "sqlite.db")) as program, program:
        program.execute("update changed_rows set row_id = 99 where table_name = 'users' and done = 'update'")
    assert "users 99 is not as it was" in run("restore", january, "--at", IN_APRIL).err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--at", "yesterday"], "--at must be a time like 2026-11-27T14:30, not 'yesterday'"),
        (["--at", "9999-01-01"], "--at must not be in the future"),
        (["--at", "2025-01-01"], "There is no backup of then or before: there is none"),
        ([], "Name the file of a backup, or a time"),
    ],
)
def test_a_time_that_cannot_be_is_refused(run, arguments, says):
    answer = run("restore", *arguments)
    assert answer.code == 2
    assert says in answer.err


def test_a_backup_that_is_younger_is_refused(run, january):
    assert "is younger than that" in run("restore", january, "--at", "2025-12-31").err
