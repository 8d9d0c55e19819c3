"""What has been left behind is listed, and removed when asked to."""

import os
import sqlite3
from contextlib import closing
from datetime import datetime

import pytest

import commands as command
from commands.sweep import sweep, tell_unreadable, unreadable_values
from models.post import Post
from models.shared.database import bind_database, database
from models.shared.picture import file_names
from models.shared.picture_rows import all_files
from models.shared.storage import storage
from models.user import User
from tests.drawn import gif, png
from tests.forgotten import forget_history


@pytest.fixture
def post(tables):
    ada = User.create(name="Ada Lovelace", uid="ada")
    return Post.create(user=ada, note="Look", image=png(), alt="Red")


def lines(delete=False):
    return list(sweep(delete))


def test_where_all_belongs_together_there_is_nothing_to_sweep(post):
    assert lines() == []


def test_a_file_that_no_post_has_is_swept_when_it_is_no_longer_young(post):
    for name in ("0" * 32 + ".png", "0" * 32 + ".png.part", "notes.txt"):
        storage.put(name, b"")
        assert lines() == []
        os.utime(storage.path / name, (0, 0))
        assert lines() == lines(delete=True) == [f"{name}: no row has this file"]
        assert lines() == []
    assert list(storage.names()) == sorted(all_files())


@pytest.mark.parametrize("which", [0, 1])
def test_a_post_whose_file_is_missing_loses_the_picture_and_keeps_its_note(post, which):
    storage.delete(file_names(post.image_name)[which])
    assert lines() == [f"posts {post.id}: the picture is missing"]
    assert Post.get().image
    assert lines(delete=True) == [f"posts {post.id}: the picture is missing"]
    assert Post.get().read() == post.read() | {"image": None, "alt": None}
    forget_history()
    assert lines() == list(storage.names()) == []


@pytest.mark.parametrize("change", ["replace", "add", "delete"])
def test_what_is_posted_while_it_sweeps_keeps_its_picture(post, monkeypatch, change):
    real, done = storage.names, []

    def names(*arguments, **options):
        found = list(real(*arguments, **options))
        if not done:
            done.append(change)
            if change == "replace":
                Post.get_by_id(1).update(image=gif())
            elif change == "add":
                Post.create(user=1, note="Look", image=gif())
            else:
                Post.get_by_id(1).delete()
        return found

    monkeypatch.setattr(storage.obj, "names", names)
    lines(delete=True)
    monkeypatch.undo()
    forget_history()
    assert list(storage.names()) == sorted(all_files())
    assert len(list(storage.names())) == {"replace": 2, "add": 4, "delete": 0}[change]


def test_a_portrait_is_somebodys_and_one_whose_file_is_missing_is_taken_away(post):
    ada = User.get()
    ada.update(image=png())
    for name in storage.names():
        os.utime(storage.path / name, (0, 0))
    assert lines() == []
    storage.delete(ada.image_name)
    assert lines() == lines(delete=True) == ["users 1: the portrait is missing"]
    assert User.get().image is None
    forget_history()
    assert lines() == []
    assert list(storage.names()) == sorted(all_files())


def test_a_folder_among_the_files_is_left_alone(post):
    (storage.path / "folder").mkdir()
    os.utime(storage.path / "folder", (0, 0))
    assert lines(delete=True) == []


def test_rows_whose_user_is_gone_go_with_their_files(post):
    with sqlite3.connect(database.database) as program:  # its foreign keys are off
        program.execute("delete from users")
    program.close()
    assert lines() == ["posts 1: the user is gone"]
    assert Post.select().count() == 1
    assert lines(delete=True) == ["posts 1: the user is gone"]
    assert Post.select().count() == 0
    forget_history()
    assert lines() == list(storage.names()) == []


def test_what_cannot_be_read_is_listed_and_stays(post, capsys):
    Post.create(user=1, note="Right", created=datetime(2026, 1, 1))
    database.execute_sql("update users set _dob = '31/02', _name = x'416461ff'")
    database.execute_sql("update posts set image_width = 'wide' where id = 1")
    told = (
        "users 1: the name cannot be read: 'Ada\ufffd'\nusers 1: the dob cannot be read: '31/02'\n"
        "posts 1: the image_width cannot be read: 'wide'\n"
        "What cannot be read stays as it is: give it a right value, on the row's page or in SQL.\n"
    )
    for _ in range(2):
        tell_unreadable()
        assert capsys.readouterr().out == told
    User.get_by_id(1).update(name="Ada", dob=None)
    Post.update(image_width=None).execute()
    tell_unreadable()
    assert capsys.readouterr().out == ""


def test_a_value_that_is_missing_is_listed_where_somebody_has_let_it_be_none(post):
    with closing(sqlite3.connect(database.database)) as program:
        program.execute("pragma writable_schema = 1")
        program.execute("update sqlite_master set sql = replace(sql, ' NOT NULL', '') where type = 'table'")
        program.execute("pragma schema_version = 1000")
        program.commit()
        program.execute("update users set _name = null")
        program.commit()
    assert list(unreadable_values()) == ["users 1: the name is missing"]


def test_the_command_lists_and_then_removes(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("VOLUMES", str(tmp_path))
    monkeypatch.setenv("SAMPLE_DATA", "none")
    bind_database(tmp_path / "sqlite.db")
    lost = tmp_path / "uploads" / "lost.png"

    def run(*arguments):
        command.main(["sweep", *arguments])
        return capsys.readouterr().out

    assert run() == "Nothing has been left behind; files of the last hour were not looked at.\n"
    lost.parent.mkdir()
    lost.touch()
    os.utime(lost, (0, 0))
    assert run() == "lost.png: no row has this file\nTo remove all this: python -m models sweep --delete\n"
    assert lost.exists()
    assert run("--delete") == "lost.png: no row has this file\nAll this was removed.\n"
    assert not lost.exists()
