"""SQLite's file: complete for whoever looks at it alone, one writer at a time, and noticed when it is gone."""

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing, contextmanager

import pytest
from webtest import TestApp

from models.shared import write_lock
from models.shared.database import bind_database, database
from models.shared.schema import prepare, settle_journal
from models.shared.start_errors import Unusable
from models.shared.unavailable import CROWDED, GONE, HELD
from models.user import User
from tests.server import HOUSE
from tests.viewer import viewer

ADD = "insert into users (_name, _uid, _role, created) values ('Ada', 'ada', 'user', '2020-01-01')"


@pytest.fixture
def look():
    with viewer() as look:
        yield look


@contextmanager
def another_program(path, sql="begin immediate"):
    with closing(sqlite3.connect(path, isolation_level=None)) as program:
        program.execute(sql)
        if sql == "begin":
            program.execute("select * from users").fetchall()
        yield program


def person(number):
    return {"name": f"Person {number}", "uid": f"person{number}"}


def copied():
    """Wait until everything is in the main file; nobody writes meanwhile."""
    thread = database.obj.copier.thread
    if thread:
        thread.join(timeout=10)
        assert not thread.is_alive()


@pytest.mark.parametrize("readers", [0, 1, 4])
def test_in_lesson_mode_a_viewer_sees_each_row_at_once_whoever_reads(visit, settings, look, readers):
    visitor = visit(sample_data="lesson")
    done = threading.Event()

    def read():
        while not done.is_set():
            TestApp(visitor.app).get("/api/users")

    threads = [threading.Thread(target=read) for _ in range(readers)]
    for thread in threads:
        thread.start()
    seen = []
    for number in range(12):
        visitor.post_json("/api/users", person(number), status=201)
        seen.append(len(look(settings.database_path)))
    done.set()
    for thread in threads:
        thread.join()
    assert seen == [*range(11, 23)]


def test_elsewhere_the_main_file_is_complete_when_nobody_has_written_for_a_moment(visit, settings, look):
    visitor = visit()
    visitor.post_json("/api/users", person(1), status=201)
    copied()
    assert len(look(settings.database_path, wal=True)) == 11


def test_it_is_tried_again_until_no_reader_is_in_the_way(visit, settings, look):
    visitor = visit()
    with another_program(settings.database_path, "begin"):
        for number in range(3):
            visitor.post_json("/api/users", person(number), status=201)
        thread = database.obj.copier.thread
        thread.join(timeout=1)
        assert thread.is_alive()
        assert len(look(settings.database_path, wal=True)) < 13
    copied()
    assert len(look(settings.database_path, wal=True)) == 13


def test_what_is_written_in_the_last_moment_is_copied_when_the_process_ends(tmp_path, look):
    script = (
        "from pathlib import Path; from webtest import TestApp\n"
        "from app import create_app; from config import Settings\n"
        f"site = TestApp(create_app(Settings(volumes=Path({str(tmp_path)!r}))))\n"
        f"site.post_json('/api/users', {person(1)}, status=201)\n"
    )
    # Another one keeps the file open, so that SQLite itself does not copy at the last close.
    subprocess.run([sys.executable, "-c", script.replace("site.post", "0 and site.post")], cwd=HOUSE, check=True)
    with another_program(tmp_path / "sqlite.db", "select * from users"):
        subprocess.run([sys.executable, "-c", script], cwd=HOUSE, check=True)
        assert len(look(tmp_path / "sqlite.db", wal=True)) == 11


def test_to_close_the_database_waits_for_the_thread_that_copies(visit):
    visitor = visit()
    visitor.post_json("/api/users", person(1), status=201)
    thread = database.obj.copier.thread
    database.close_all()
    assert not thread.is_alive()


def test_no_thread_is_left_by_the_start_so_that_a_server_may_fork(visit):
    visit()
    assert database.obj.copier.thread is None


def test_a_process_that_was_forked_copies_too(visit, monkeypatch):
    visitor = visit()
    dead = threading.Thread(target=int)
    dead.start()
    dead.join()
    monkeypatch.setattr(database.obj.copier, "thread", dead)  # as a fork leaves it
    visitor.post_json("/api/users", person(1), status=201)
    assert database.obj.copier.thread.is_alive()
    copied()


@pytest.mark.parametrize(("before", "after"), [("locked", "lesson"), ("lesson", "locked")])
def test_an_old_file_is_switched_to_the_mode_of_today_and_keeps_its_rows(visit, settings, look, before, after):
    visit(sample_data=before).post_json("/api/users", person(1), status=201)
    visitor = visit(sample_data=after)
    visitor.post_json("/api/users", person(2), status=201)
    copied()
    assert len(look(settings.database_path, wal=after == "locked")) == 12
    with database.connection_context():
        assert database.pragma("journal_mode") == {"lesson": "truncate", "locked": "wal"}[after]


def test_a_program_that_is_in_the_way_of_the_switch_ends_the_start_in_words(visit, settings, monkeypatch):
    visit()
    monkeypatch.setattr("models.shared.database.BUSY_SECONDS", 0.02)
    with another_program(settings.database_path, "begin"), pytest.raises(Unusable, match="Another program holds"):
        visit(sample_data="lesson")
    visit(sample_data="lesson")


def test_a_command_leaves_the_journal_as_the_site_has_it(tmp_path):
    bind_database(tmp_path / "sqlite.db")
    prepare()
    bind_database(tmp_path / "sqlite.db", readable_alone=True)
    prepare()
    with database.connection_context():
        assert database.pragma("journal_mode") == "wal"
    settle_journal()
    with database.connection_context():
        assert database.pragma("journal_mode") == "truncate"
    database.close_all()


@pytest.mark.parametrize("sample_data", ["lesson", "locked"])
def test_a_program_that_holds_the_database_is_told_and_no_reader_waits(visit, monkeypatch, settings, sample_data):
    monkeypatch.setattr("models.shared.database.BUSY_SECONDS", 0.02)
    visitor = visit(sample_data=sample_data)
    with another_program(settings.database_path) as program:
        answer = visitor.post_json("/api/users", person(1), status=503)
        assert answer.json["detail"] == HELD
        visitor.get("/users", status=200)
        program.execute("commit")
        visitor.post_json("/api/users", person(1), status=201)


def test_in_lesson_mode_a_program_that_reads_on_is_told_in_words_too(visit, monkeypatch, settings):
    monkeypatch.setattr("models.shared.database.BUSY_SECONDS", 0.02)
    visitor = visit(sample_data="lesson")
    with another_program(settings.database_path, "begin") as program:
        assert visitor.post_json("/api/users", person(1), status=503).json["detail"] == HELD
        program.execute("commit")
        visitor.post_json("/api/users", person(1), status=201)


def test_while_one_writer_waits_for_another_program_the_others_are_told_at_once(visit, monkeypatch, settings):
    monkeypatch.setattr(write_lock, "SUSPICIOUS_SHARE", 0.003)
    visitor = visit()
    with another_program(settings.database_path) as program:
        patient = threading.Thread(target=lambda: visitor.post_json("/api/users", person(1), status=201))
        patient.start()
        turn = database.obj.turn
        with turn.changed:
            assert turn.changed.wait_for(lambda: turn.is_held, timeout=5)
        assert TestApp(visitor.app).post_json("/api/users", person(2), status=503).json["detail"] == HELD
        assert patient.is_alive()
        program.execute("rollback")
        patient.join()
    assert not turn.is_held
    visitor.post_json("/api/users", person(2), status=201)


def test_a_process_that_commits_and_begins_again_is_no_program_that_holds_the_database(visit, monkeypatch, settings):
    monkeypatch.setattr("models.shared.database.BUSY_SECONDS", 0.1)
    visitor = visit()
    with another_program(settings.database_path) as program:

        def commit_and_begin_again(_seconds):
            for sql in ("update users set _name = _name where id = 1", "commit", "begin immediate"):
                program.execute(sql)

        monkeypatch.setattr(write_lock.time, "sleep", commit_and_begin_again)
        assert visitor.post_json("/api/users", person(1), status=503).json["detail"] == CROWDED
    assert not database.obj.turn.is_held


def test_threads_that_write_at_once_take_turns_and_none_is_refused(visit, at_once):
    visitor = visit()

    def add(number):
        return lambda: TestApp(visitor.app).post_json("/api/users", person(number), status=201)

    at_once(*map(add, range(16)))
    assert visitor.get("/api/users").json["total"] == 26


def test_a_transaction_that_cannot_begin_gives_its_turn_away(visit, settings):
    visitor = visit()
    database.close_all()
    settings.database_path.write_bytes(b"This is not a database, whatever it is called. " * 9)
    visitor.post_json("/api/users", person(1), status=503)
    assert database.obj.turn.writer is None


def test_a_transaction_that_fails_gives_its_turn_away(tables):
    with pytest.raises(ZeroDivisionError), database.atomic():
        _ = 1 / 0
    assert database.obj.turn.writer is None
    with database.atomic():
        database.after_commit(lambda: User.create(name="Ada Lovelace", uid="ada"))
    assert User.select().count() == 1


@pytest.mark.parametrize("names", [["sqlite.db"], ["sqlite.db", "sqlite.db-wal", "sqlite.db-shm"], ["sqlite.db-wal"]])
def test_a_file_that_is_deleted_under_the_site_is_noticed(visit, settings, names):
    visitor = visit()
    visitor.get("/users")
    for name in names:
        (settings.volumes / name).unlink()
    assert visitor.post_json("/api/users", person(1), status=503).json["detail"] == GONE
    assert "put it back, or start the site again" in visitor.post("/users", person(1), status=503)
    if "sqlite.db" in names:
        assert not settings.database_path.exists()
    assert visit().post_json("/api/users", person(1), status=201)


def test_a_file_that_is_put_back_is_written_again(visit, settings):
    visitor = visit(sample_data="lesson")
    away = settings.volumes / "away.db"
    settings.database_path.rename(away)
    settings.database_path.write_bytes(b"")  # somebody else's
    visitor.post_json("/api/users", person(1), status=503)
    away.rename(settings.database_path)
    visitor.post_json("/api/users", person(1), status=201)


def test_no_empty_file_is_made_in_the_place_of_one_that_is_gone(visit, settings):
    visitor = visit()
    database.close_idle()
    settings.database_path.unlink()
    assert visitor.get("/api/users", status=503).json["detail"] == GONE
    assert not settings.database_path.exists()
