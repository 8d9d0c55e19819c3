"""`python -m seed`: again from nothing, with a way back."""

import io
import sqlite3
import stat
import subprocess

import pytest

from models.post import SAMPLE_NOTES
from models.shared import text_indexing
from models.shared.database import bind_database, database
from models.shared.listing import page_of
from models.shared.row_checks import Invalid
from models.shared.text_index import TextIndex
from models.user import User
from seed import __main__ as command
from seed.backup import back_up
from seed.made_up import add_made_up_users
from seed.reset import reset


@pytest.fixture
def seed(tmp_path, monkeypatch, capsys):
    """Run the command in `tmp_path`; call it for what it prints."""
    monkeypatch.setenv("VOLUMES", str(tmp_path))
    monkeypatch.setenv("SAMPLE_DATA", "locked")
    monkeypatch.setattr("sys.stdin", io.StringIO())

    def run(*arguments):
        command.main(arguments)
        return capsys.readouterr().out

    return run


class Terminal(io.StringIO):
    def isatty(self):
        return True


def rows(tmp_path, sql="select _uid from users order by id"):
    with sqlite3.connect(tmp_path / "sqlite.db") as program:
        found = [row[0] for row in program.execute(sql)]
    program.close()
    return found


def test_without_a_database_it_makes_one(seed, tmp_path):
    assert "10 users, 19 posts" in seed()
    assert rows(tmp_path)[:2] == ["toby", "niko"]
    assert not (tmp_path / "backups").exists()


def test_it_makes_the_same_rows_again_from_id_1(seed, tmp_path):
    seed()
    everything = (
        "select id || _name || _uid || _dob || _role from users union all select id || note || created from posts"
    )
    first = rows(tmp_path, everything)
    with sqlite3.connect(tmp_path / "sqlite.db") as program:
        program.execute("delete from users where id > 3")
        program.execute("insert into users (_name, _uid, _role) values ('Ada', 'ada', 'user')")
    program.close()
    assert "10 users, 19 posts" in seed()
    assert rows(tmp_path, everything) == first


def test_after_a_reset_texts_are_found_and_ordered_without_another_start(tables):
    User.create(name="Ada Lovelace", uid="ada")
    reset("locked")
    assert [user.uid for user in page_of(User.select(), search="hed").rows] == ["hedy", "heddy"]
    assert page_of(User.select(), sort="name", limit=1).rows[0].uid == "lex"


@pytest.mark.parametrize("step", ["prepare", "reset"])
def test_a_student_who_steps_into_it_meets_init_users_in_two_steps(seed, monkeypatch, step):
    if step == "reset":
        seed()
    monkeypatch.setattr("models.user.SAMPLE_USERS", [("x" * 256, "name-is-too-long", None)])
    with pytest.raises(Invalid) as stop:
        seed()
    names = [entry.name for entry in stop.traceback]
    assert names[names.index("main") :][:3] == ["main", step, "init_users"]


def test_the_old_database_is_kept_for_its_owner_only_and_comes_back_as_it_says(seed, tmp_path):
    seed("--users", "3")
    before = rows(tmp_path)
    printed = seed()
    (copy,) = (tmp_path / "backups").glob("*.db")
    assert str(copy) in printed
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert len(rows(tmp_path)) == 10
    (way_back,) = [line for line in printed.splitlines() if line.startswith("  ")]
    subprocess.run(way_back, shell=True, check=True)
    assert rows(tmp_path) == before


def pictures(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_some_sample_posts_have_a_picture_and_one_of_them_moves(seed, tmp_path):
    seed()
    names = rows(tmp_path, "select image from posts where image is not null")
    assert len(pictures(tmp_path / "uploads")) == 2 * len(names) == 8
    assert {name[-4:] for name in names} == {".jpg", ".png", ".gif"}
    assert all(rows(tmp_path, "select length(alt) > 20 from posts where image is not null"))


def test_a_reset_keeps_the_old_pictures_beside_the_old_rows_and_both_come_back(seed, tmp_path):
    seed()
    old = pictures(tmp_path / "uploads")
    printed = seed()
    (kept,) = (tmp_path / "backups").glob("*-uploads")
    assert f"The old pictures are in {kept}." in printed
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    assert pictures(kept) == old
    assert not old.keys() & pictures(tmp_path / "uploads").keys()
    (way_back,) = [line for line in printed.splitlines() if line.startswith("  ")]
    subprocess.run(way_back, shell=True, check=True)
    assert set(rows(tmp_path, "select image from posts where image is not null")) < old.keys()
    assert pictures(tmp_path / "uploads").items() >= old.items()


def test_a_reset_that_fails_leaves_the_pictures_as_they_were(seed, tmp_path, monkeypatch):
    seed()
    before = pictures(tmp_path / "uploads")
    monkeypatch.setitem(SAMPLE_NOTES, "fred", ("",))
    with pytest.raises(Invalid):
        seed()
    assert pictures(tmp_path / "uploads") == before
    assert not list((tmp_path / "backups").glob("*-uploads"))


def test_pictures_that_cannot_be_moved_stay_where_they_are(seed, tmp_path, monkeypatch):
    seed()
    before = pictures(tmp_path / "uploads")

    def fail(*_arguments):
        raise OSError("no")

    with monkeypatch.context() as patched:
        patched.setattr("models.shared.storage.Folder.delete", fail)
        printed = seed()
    assert "Some old pictures are still among the new ones, as they could not be moved: no" in printed
    assert pictures(tmp_path / "uploads").items() >= before.items()
    (way_back,) = [line for line in printed.splitlines() if line.startswith("  ")]
    subprocess.run(way_back, shell=True, check=True)
    assert pictures(tmp_path / "uploads").items() >= before.items()


def test_the_way_back_is_right_for_any_folder_and_any_file(seed, tmp_path, monkeypatch):
    folder = tmp_path / "my data; ls"
    monkeypatch.setenv("VOLUMES", str(folder))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/by_url.db")
    seed("--users", "3")
    printed = seed()
    (way_back,) = [line for line in printed.splitlines() if line.startswith("  ")]
    subprocess.run(way_back, shell=True, check=True)
    program = sqlite3.connect(tmp_path / "by_url.db")
    assert program.execute("select count(*) from users").fetchone() == (13,)
    program.close()


def test_nobody_can_write_between_the_copy_and_the_new_rows(seed, tmp_path):
    """What was answered with 201 is in the copy, or in the new rows."""
    seed()
    bind_database(tmp_path / "sqlite.db")
    copy = tmp_path / "copy.db"

    def keep():
        back_up(copy)
        writer = sqlite3.connect(tmp_path / "sqlite.db", timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="database is locked"):
            writer.execute("insert into users (_name, _uid, _role) values ('Ada', 'ada', 'user')")
        writer.close()

    reset("locked", keep)
    database.close_all()
    assert copy.exists()
    assert len(rows(tmp_path)) == 10


def test_two_resets_keep_two_copies(seed, tmp_path):
    for _ in range(3):
        seed()
    assert len(list((tmp_path / "backups").glob("*.db"))) == 2


def test_a_reader_sees_the_old_rows_until_it_looks_again(seed, tmp_path):
    seed("--users", "1")
    reader = sqlite3.connect(tmp_path / "sqlite.db", isolation_level=None)
    count = "select count(*) from users"
    reader.execute("begin")
    assert reader.execute(count).fetchone() == (11,)
    seed()
    assert reader.execute(count).fetchone() == (11,)
    reader.execute("commit")
    assert reader.execute(count).fetchone() == (10,)
    reader.close()


def test_a_reset_that_fails_changes_nothing(tables, monkeypatch):
    User.create(name="Ada Lovelace", uid="ada")
    monkeypatch.setitem(SAMPLE_NOTES, "fred", ("",))
    with pytest.raises(Invalid):
        reset("locked")
    assert [user.uid for user in User.select()] == ["ada"]


def test_a_database_that_is_busy_is_one_line_and_nothing_changes(seed, tmp_path, monkeypatch):
    seed("--users", "1")
    monkeypatch.setattr("models.shared.database.BUSY_SECONDS", 0.01)
    writer = sqlite3.connect(tmp_path / "sqlite.db", isolation_level=None)
    writer.execute("begin immediate")
    with pytest.raises(SystemExit, match=r"^Nothing was changed: Another program holds the database: "):
        seed()
    writer.close()
    assert len(rows(tmp_path)) == 11


@pytest.mark.parametrize(("typed", "count"), [("n\n", 11), ("\n", 11), ("", 11), ("y\n", 10), ("YES\n", 10)])
def test_on_a_terminal_it_asks_first(seed, tmp_path, monkeypatch, typed, count):
    seed("--users", "1")
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    if count == 11:
        with pytest.raises(SystemExit, match="Nothing was changed"):
            seed()
    else:
        seed()
    assert len(rows(tmp_path)) == count


def test_with_yes_it_does_not_ask(seed, tmp_path, monkeypatch):
    seed("--users", "1")
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    seed("--yes")
    assert len(rows(tmp_path)) == 10


def test_lesson_mode_gives_the_lessons_passwords(seed, tmp_path, monkeypatch):
    monkeypatch.setenv("SAMPLE_DATA", "lesson")
    seed()
    assert all(rows(tmp_path, "select _password like 'pbkdf2:%' from users"))
    seed("--yes")
    assert all(rows(tmp_path, "select _password like 'pbkdf2:%' from users"))


def test_without_sample_data_the_tables_are_empty(seed, tmp_path, monkeypatch):
    seed()
    monkeypatch.setenv("SAMPLE_DATA", "none")
    assert "0 users, 0 posts" in seed()
    assert rows(tmp_path) == []


def test_made_up_users_are_added_with_two_posts_each(seed, tmp_path):
    assert "now 2,510 users, 5,019 posts" in seed("--users", "2500")
    assert set(rows(tmp_path, "select count(*) from posts where userID > 10 group by userID")) == {2}
    assert "now 2,520 users" in seed("--users", "10")


def test_many_made_up_users_are_indexed_for_search(seed, capsys, monkeypatch):
    seed()
    command.main(["--users", "50"])
    assert "For search" not in capsys.readouterr().err
    monkeypatch.setattr(text_indexing, "SHORT_TABLE", 50)
    monkeypatch.setattr(text_indexing, "MOST_PENDING", 0)
    command.main(["--users", "1"])
    assert "For search: 100%" in capsys.readouterr().err
    with database.connection_context():
        assert TextIndex.of(User).documents == 61
    database.close_all()


def test_adding_users_that_is_stopped_says_how_far_it_came(seed, tmp_path, monkeypatch):
    seed()
    monkeypatch.setattr("seed.made_up.USERS_PER_BATCH", 10)
    monkeypatch.setattr("models.shared.database.BUSY_SECONDS", 0.01)
    writer = sqlite3.connect(tmp_path / "sqlite.db", isolation_level=None)

    def interrupted(count):
        for added in add_made_up_users(count):
            yield added
            writer.execute("begin immediate")

    monkeypatch.setattr("seed.made_up.add_made_up_users", interrupted)
    with pytest.raises(SystemExit, match=r"^Stopped after 10 users: Another program holds the database: "):
        seed("--users", "50")
    writer.close()
    assert len(rows(tmp_path)) == 20


@pytest.mark.parametrize("count", ["0", "-1", "many", "10000001"])
def test_a_number_of_users_that_makes_no_sense_is_refused(seed, count, capsys):
    with pytest.raises(SystemExit) as stop:
        seed("--users", count)
    assert stop.value.code == 2
    assert "--users" in capsys.readouterr().err


def test_help_explains(seed, capsys):
    with pytest.raises(SystemExit):
        seed("--help")
    printed = capsys.readouterr().out
    assert all(word in printed for word in ("--yes", "--users", "SAMPLE_DATA", "copy"))


def test_a_bad_setting_is_one_line_and_exit_code_2(seed, monkeypatch, capsys):
    monkeypatch.setenv("SAMPLE_DATA", "some")
    with pytest.raises(SystemExit) as stop:
        seed()
    assert stop.value.code == 2
    assert capsys.readouterr().err.startswith("SAMPLE_DATA must be one of lesson, locked, none")


def test_it_can_be_stopped_with_a_key(seed, monkeypatch):
    seed()

    def press(_prompt):
        raise KeyboardInterrupt

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("builtins.input", press)
    with pytest.raises(SystemExit, match="Stopped"):
        seed()


def test_the_main_file_holds_every_row_without_its_log(seed, tmp_path):
    seed("--users", "3")
    server = sqlite3.connect(tmp_path / "sqlite.db")  # whoever closes last would empty the log anyway
    server.execute("select * from users").fetchall()
    seed("--yes")
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "sqlite.db").write_bytes((tmp_path / "sqlite.db").read_bytes())
    server.close()
    assert len(rows(alone)) == 10


def test_one_table_is_made_again_alone(seed, tmp_path):
    seed()
    with sqlite3.connect(tmp_path / "sqlite.db") as program:
        program.execute("update jokes set haha = 7")
        program.execute("update users set _name = 'Somebody' where id = 1")
    program.close()
    assert seed("joke").startswith("Made ")
    assert set(rows(tmp_path, "select haha from jokes")) == {0}
    assert rows(tmp_path, "select _name from users where id = 1") == ["Somebody"]


def test_one_table_that_is_not_there_is_named(seed, capsys):
    seed()
    with pytest.raises(SystemExit):
        seed("planets")
    assert "planets is no model" in capsys.readouterr().err


def test_what_it_does_can_be_shown(seed):
    lines = seed("--show").splitlines()
    assert any("User.create(" in line for line in lines)
    assert any('INSERT INTO "users"' in line and "  1 row  " in line for line in lines)
    assert lines[-1].startswith("Made ")
    assert "jokes" in seed("joke", "--show")
