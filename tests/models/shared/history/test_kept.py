"""How long the history is kept, what begins it anew, and that it follows its tables."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from config import Settings
from models.change import Change
from models.changed_row import ChangedRow
from models.joke import Joke
from models.post import Post
from models.shared import migrating
from models.shared.changing_tables import changing_tables
from models.shared.database import database
from models.shared.fields import utc_now
from models.shared.history.changes import Which, conditions, of_rows_query
from models.shared.history.noted import noted_tables
from models.shared.history.reading import changes_of_row
from models.shared.history.sqlite_triggers import confirm_notes, forget_notes
from models.shared.history.sweeping import Sweeper, sweep_history
from models.shared.history.triggers import is_kept, keep_history
from models.shared.loading import all_models
from models.shared.storage import storage
from models.user import User
from seed.made_up import add_made_up_users
from seed.reset import reset
from seed.some_tables import reset_tables
from tests.drawn import png
from tests.replayed import rows_now, rows_told

pytestmark = pytest.mark.usefixtures("tables")


def labels():
    return [change.label for change in Change.select().order_by(Change.id)]


def test_what_is_too_old_goes_and_the_rest_stays():
    for text in "AB":
        Joke.create(joke=text)
    old = Change.get(Change.id == ChangedRow.select(ChangedRow.change).where(ChangedRow.row_id == 1))
    Change.update(created=utc_now() - timedelta(days=91)).where(Change.id == old.id).execute()
    assert sweep_history(90, 1000) is True
    assert sweep_history(90, 1000) is False
    assert [row.row_id for row in ChangedRow.select()] == [2]
    assert not Change.select().where(Change.id == old.id).exists()


def test_of_too_many_rows_the_oldest_go():
    for text in "ABCDE":
        Joke.create(joke=text)
    while sweep_history(90, 2):
        pass
    assert [row.row_id for row in ChangedRow.select().order_by(ChangedRow.id)] == [4, 5]


def test_it_is_swept_by_what_is_written_now_and_then():
    Joke.create(joke="A")
    database.obj.after_change = Sweeper(days=90, rows=1)
    for text in "BCDEF":
        Joke.create(joke=text)
    assert 1 <= ChangedRow.select().count() < 6


def test_a_picture_stays_as_long_as_the_history_names_it():
    post = Post.create(user=User.create(name="Ada", uid="ada"), note="Look", image=png())
    name = post.image_name
    post.update(image=None)
    assert name in storage.names()
    Change.update(created=utc_now() - timedelta(days=91)).execute()
    post.update(note="Something else")
    while sweep_history(90, 1000):
        pass
    assert list(storage.names()) == []


def test_a_picture_that_came_back_stays_when_its_history_goes():
    post = Post.create(user=User.create(name="Ada", uid="ada"), note="Look", image=png())
    while sweep_history(-1, 1000):
        pass
    assert post.image_name in storage.names()


def test_a_reset_begins_it_anew_as_one_change():
    Joke.create(joke="A")
    reset("locked")
    assert labels() == ["seeded"]
    assert ChangedRow.select().count() == 0
    before = rows_now()
    User.get_by_id(3).delete()
    assert rows_told(before) == rows_now()


def test_a_table_that_is_made_again_has_no_history_of_others():
    Joke.create(joke="A")
    User.create(name="Ada", uid="ada")
    reset_tables([Joke], with_rows=True)
    assert {row.table_name for row in ChangedRow.select()} == {"users"}
    assert labels()[-1] == "seeded"


def test_users_who_are_made_up_are_one_change_without_a_copy_of_each():
    assert list(add_made_up_users(20)) == [20]
    assert ChangedRow.select().count() == 0
    assert labels()[-1] == "seeded"
    before = rows_now()
    User.get().delete()
    assert rows_told(before) == rows_now()


def test_a_class_that_says_so_has_none(monkeypatch):
    monkeypatch.setattr(Joke, "history", False)
    assert not is_kept(all_models())
    keep_history(all_models())
    Joke.create(joke="A").update(joke="B")
    assert ChangedRow.select().count() == 0
    monkeypatch.undo()
    keep_history(all_models())
    Joke.get().update(joke="C")
    assert ChangedRow.select().count() == 1


def test_what_a_migration_does_to_rows_is_in_it(tmp_path, monkeypatch):
    ada = User.create(name="Ada", uid="ada")
    Post.create(user=ada, note="One")
    before = rows_now()
    ChangedRow.delete().execute()
    folder = tmp_path / "migrations"
    folder.mkdir()
    for file in migrating.MIGRATIONS.glob("[0-9]*.py"):
        (folder / file.name).write_text("")
    (folder / "9999_later.py").write_text(
        "def up(migrator, db):\n"
        "    db.execute_sql(\"update posts set note = 'Two'\")\n"
        "    migrator.migrate(migrator.drop_not_null('posts', 'note'))\n"
        "    db.execute_sql(\"update posts set note = 'Three'\")\n"
        "    db.execute_sql('alter table posts rename column alt to words')\n"
        "    db.execute_sql(\"update posts set words = 'A picture'\")\n"
        "    db.execute_sql('alter table posts rename column words to alt')\n"
        '    db.execute_sql("delete from posts")\n'
    )
    monkeypatch.setattr(migrating, "MIGRATIONS", folder)
    with changing_tables():
        migrating.migrate()
    assert [row.done for row in ChangedRow.select()] == ["update", "update", "update", "delete"]
    told = [row for row in ChangedRow.select() if "words" not in (row.after or "")]
    assert len(told) == 3
    assert rows_now()["posts"] == {}
    assert before["posts"][1]["note"] == "One"
    assert is_kept(all_models())


def test_no_function_is_called_that_another_program_lacks():
    with closing(sqlite3.connect(":memory:")) as other:
        names = {name for (name,) in other.execute("select name from pragma_function_list")}
    script = "select distinct name from pragma_function_list where builtin = 0"
    ours = {name for (name,) in database.execute_sql(script).fetchall()} - names
    sql = " ".join(sql for (sql,) in database.execute_sql("select sql from sqlite_master where type = 'trigger'"))
    assert ours
    assert not [name for name in ours if f"{name}(" in sql]


def test_a_row_and_what_was_deleted_lately_are_found_by_an_index():
    asked = [Which(table=table, only_deleted=True) for table in (None, "posts")]
    deleted = [of_rows_query(which, conditions(which), 50) for which in asked]
    for query in (changes_of_row("posts", 5).limit(50), *deleted):
        sql, values = query.sql()
        plan = " ".join(row[3] for row in database.execute_sql(f"explain query plan {sql}", values).fetchall())
        assert "USING INDEX" in plan
        assert "SORT" not in plan
        assert "TEMP B-TREE" not in plan


def test_what_a_write_notes_is_not_looked_for_in_all_that_was_noted_of_its_table():
    for noted in noted_tables(all_models()):
        for sql in (forget_notes(noted), forget_notes(noted, "AND row_id = 1"), confirm_notes(noted, "row_id = 1 OR")):
            plan = [row[3] for row in database.execute_sql(f"explain query plan {sql}").fetchall()]
            assert not [step for step in plan if "SCAN" in step or step.endswith("(table_name=?)")]


def test_the_setting_is_what_is_swept():
    assert Settings().history_limits == (90, 1_000_000)
    assert Settings(history="30 days 100 rows").history_limits == (30, 100)
