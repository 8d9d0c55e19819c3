"""Nothing gets past the history: each table is as it tells, whichever way rows were written."""

import random
import shutil
import sqlite3
import subprocess
from contextlib import closing, suppress

import pytest
from peewee import IntegrityError, fn

from models.change import Change
from models.changed_row import ChangedRow
from models.joke import Joke
from models.post import Post
from models.shared.database import database
from models.user import User
from tests.replayed import rows_now, rows_told


@pytest.fixture
def ada(tables):
    return User.create(name="Ada Lovelace", uid="ada", password="a long one")


@pytest.fixture
def told(ada):
    """Call it for whether the tables are as the history tells, and for how many of its rows are new."""
    seen = [rows_now(), ChangedRow.select(fn.MAX(ChangedRow.id)).scalar()]
    ChangedRow.delete().execute()

    def count():
        assert rows_told(seen[0]) == rows_now()
        return ChangedRow.select().where(ChangedRow.change.is_null(False)).count()

    return count


WAYS = {
    "create": (lambda: Joke.create(joke="A"), 1),
    "update": (lambda: User.get().update(name="Ada King", dob=None), 1),
    "the same again": (lambda: User.get().update(name="Ada Lovelace"), 0),
    "save": (lambda: Joke(joke="A").save(), 1),
    "insert": (lambda: Joke.insert(joke="A").execute(), 1),
    "insert_many": (lambda: Joke.insert_many([{"joke": "A"}, {"joke": "B"}]).execute(), 2),
    "bulk_create": (lambda: Joke.bulk_create([Joke(joke="A"), Joke(joke="B")]), 2),
    "update of many": (lambda: Post.update(note=fn.UPPER(Post.note)).execute(), 2),
    "update to the same": (lambda: Post.update(note=Post.note).execute(), 0),
    "delete of many": (lambda: Post.delete().execute(), 2),
    "delete with what goes along": (lambda: User.get().delete(), 3),
    "cascade": (lambda: User.delete().execute(), 3),
    "replace by the id": (lambda: Post.replace(id=1, user=1, note="Another").execute(), 2),
    "replace of a row with others": (lambda: User.replace(id=1, name="Z", uid="z", role="user").execute(), 4),
    "replace by what must differ": (lambda: User.replace(name="Z", uid="ada", role="user").execute(), 4),
    "on conflict ignore": (lambda: User.insert(name="Z", uid="ada", role="user").on_conflict_ignore().execute(), 0),
    "on conflict update": (
        lambda: (
            User.insert(name="Z", uid="ada", role="user")
            .on_conflict(conflict_target=[User.uid], preserve=[User.name])
            .execute()
        ),
        1,
    ),
    "raw": (lambda: database.execute_sql("update posts set note = note || '!'"), 2),
    "raw in small letters": (lambda: database.execute_sql("delete from posts"), 2),
    "raw with a query before": (
        lambda: database.execute_sql(
            "with a as (select 1) insert into jokes (joke, haha, boohoo) select 'x', 1, 1 from a"
        ),
        1,
    ),
    "many": (
        lambda: database.execute_many(
            "insert into jokes (joke, haha, boohoo) values (?, 0, 0)", [(each,) for each in "abc"]
        ),
        3,
    ),
    "another id": (lambda: database.execute_sql("update posts set id = 99 where id = 1"), 2),
    "nothing": (lambda: Post.update(note="x").where(Post.id == 5).execute(), 0),
    "only counted": (lambda: [Joke.create(joke="A"), Joke.get().laugh()], 1),
    "a secret": (lambda: User.get().update(password="another long one"), 1),
    "transaction taken back": (lambda: taken_back(lambda: Post.delete().execute()), 0),
    "refused": (lambda: refused(lambda: Joke.insert_many([{"joke": "A"}, {"joke": "A"}]).execute()), 0),
}


def taken_back(write):
    with suppress(ZeroDivisionError), database.atomic():
        write()
        raise ZeroDivisionError


def refused(write):
    with pytest.raises(IntegrityError):
        write()


@pytest.mark.parametrize("way", WAYS)
def test_each_way_is_in_the_history(ada, way):
    for note in ("One", "Two"):
        Post.create(user=ada, note=note)
    before = rows_now()
    ChangedRow.delete().execute()
    write, count = WAYS[way]
    write()
    assert rows_told(before) == rows_now()
    assert ChangedRow.select().where(ChangedRow.change.is_null(False)).count() == count


SHELL = {
    "insert": ("insert into jokes (joke, haha, boohoo) values ('A', 0, 0), ('B', 0, 0)", 2),
    "update": ("update posts set note = 'x'", 2),
    "the same again": ("update posts set note = note", 0),
    "delete": ("delete from posts", 2),
    "delete without what goes along": ("delete from users", 2),
    "delete with what goes along": ("pragma foreign_keys = 1; delete from users", 4),
    "replace by the id": ("replace into posts (id, note, userID, created) values (1, 'x', 1, '2026-01-01')", 2),
    "replace by what must differ": ("replace into users (_name, _uid, _role) values ('Z', 'ada', 'user')", 2),
    "replace of two": ("replace into users (id, _name, _uid, _role) values (2, 'Z', 'ada', 'user')", 3),
    "replace of what is not there": ("replace into users (_name, _uid, _role) values ('Z', 'z', 'user')", 1),
    "replace of many": (
        "insert or replace into users select id, _name, _uid, null, _dob, _role, null, 1, 1, 1 from users",
        4,
    ),
    "update or replace": ("update or replace users set _uid = 'ada' where id = 2", 2),
    "update or replace to another id": ("update or replace users set id = 1 where id = 2", 3),
    "a row that was in the way of another one moves": (
        "update or ignore users set _uid = 'hop' where id = 1; update users set id = 9 where id = 2",
        2,
    ),
    "ignore": ("insert or ignore into users (_name, _uid, _role) values ('Z', 'ada', 'user')", 0),
    "upsert": (
        "insert into users (_name, _uid, _role) values ('', 'ada', '') on conflict (_uid) do update set _name = 'Z'",
        1,
    ),
    "with recursive triggers": (
        "pragma recursive_triggers = 1; replace into users (_name, _uid, _role) values ('Z', 'ada', 'user')",
        2,
    ),
    "odd values": (
        "insert into users (_name, _uid, _role, _dob, _pfp_width) values "
        "('\"'' \\ ' || char(10, 0, 127, 8232, 128512), x'00ff', 'u', 0.1 + 0.2, 9e999)",
        1,
    ),
    "the largest number": ("update users set _pfp_bytes = 9223372036854775807, _pfp_width = -1e-300", 2),
    "a text that is none": ("update users set _name = cast(x'c328' as text) where id = 1", 1),
}


@pytest.mark.parametrize("way", SHELL)
@pytest.mark.parametrize("program", ["sqlite3", "driver"])
def test_another_program_is_in_the_history(ada, way, program):
    if program == "sqlite3" and not shutil.which("sqlite3"):
        pytest.skip("there is no sqlite3 here")
    User.create(name="Grace Hopper", uid="hop")
    for note in ("One", "Two"):
        Post.create(user=ada, note=note)
    before = rows_now()
    ChangedRow.delete().execute()
    script, count = SHELL[way]
    if program == "sqlite3":
        subprocess.run(["sqlite3", database.database, script], check=True)
    else:
        with closing(sqlite3.connect(database.database)) as driver:
            driver.executescript(script)
    assert rows_told(before) == rows_now()
    assert ChangedRow.select().where(ChangedRow.change.is_null(False)).count() == count
    assert {change.command for change in Change.select().join(ChangedRow)} <= {None}


@pytest.mark.parametrize("chance", range(3))
def test_whatever_another_program_does_is_in_the_history(told, chance):
    pick = random.Random(chance)
    name, number = (lambda: f"'{pick.choice('abcd')}'"), (lambda: pick.randint(1, 6))
    how = ["", "or replace ", "or ignore ", "or replace ", "or fail ", "or rollback "]
    statements = [
        lambda: (
            f"insert {pick.choice(how)}into users (id, _name, _uid, _role) values ({number()}, {name()}, {name()}, '')"
        ),
        lambda: f"insert {pick.choice(how)}into jokes (joke, haha, boohoo) values ({name()}, 0, 0), ({name()}, 1, 0)",
        lambda: f"update {pick.choice(how)}users set _uid = {name()}, id = {number()} where id > {number()}",
        lambda: f"update {pick.choice(how)}jokes set joke = {name()} where id = {number()}",
        lambda: f"delete from users where id = {number()}",
        lambda: (
            f"insert {pick.choice(how)}into posts (id, note, userID, created) "
            f"values ({number()}, {name()}, {number()}, '')"
        ),
    ]
    with closing(sqlite3.connect(database.database)) as program:
        for _ in range(150):
            program.execute(f"pragma recursive_triggers = {pick.choice('001')}")
            program.execute(f"pragma foreign_keys = {pick.choice('001')}")
            with suppress(sqlite3.IntegrityError):
                program.execute(pick.choice(statements)())
            program.commit()
    assert told() > 50
