"""A copy of a live database: of one moment, whoever writes meanwhile."""

import sqlite3
import threading
from contextlib import closing

import pytest

from models.shared.live_copy import copy_live
from models.shared.unavailable import HELD, Unavailable

BLOBS = 1200  # each has a page
in_each_journal = pytest.mark.parametrize("journal", ["wal", "truncate"])


@pytest.fixture
def live(tmp_path, request):
    """Rows in a file with this journal, of more pages than a step takes."""
    with closing(sqlite3.connect(tmp_path / "live.db", isolation_level=None)) as connection:
        connection.execute(f"pragma journal_mode = {request.getfixturevalue('journal')}")
        connection.execute("create table blobs (x)")
        connection.execute("create table notes (x)")
        connection.execute("begin")
        connection.executemany("insert into blobs values (zeroblob(?))", [(3000,)] * BLOBS)
        connection.execute("commit")
        yield connection


@pytest.fixture
def copied(tmp_path):
    """Call it to make a copy; it gives how many pages were there after each step."""

    def copy(told=lambda: None):
        steps = []

        def note(done, _all):
            steps.append(done)
            told()

        copy_live(str(tmp_path / "live.db"), tmp_path / "copy.db", note)
        return steps

    return copy


def count(path, table):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"select count(*) from {table}").fetchone()[0]


@pytest.mark.parametrize("journal", ["wal"])
def test_with_a_log_the_copy_begins_once_and_has_the_rows_of_its_first_moment(live, journal, copied, tmp_path):
    live.execute("insert into notes values (1)")
    steps = copied(lambda: live.execute("insert into notes values (2)"))
    assert steps[:3] == [500, 1000, steps[-1]]
    assert count(tmp_path / "live.db", "notes") == 1 + len(steps)
    assert count(tmp_path / "copy.db", "notes") == 1
    assert count(tmp_path / "copy.db", "blobs") == BLOBS


@pytest.mark.parametrize("journal", ["truncate"])
def test_with_a_journal_writers_come_in_and_the_copy_is_made_in_one_go_after_the_fourth_time(
    live, journal, copied, tmp_path
):
    steps = copied(lambda: live.execute("insert into notes values (1)"))
    assert steps[:4] == [500] * 4
    assert len(steps) == 5
    assert count(tmp_path / "copy.db", "notes") == 4


@pytest.mark.parametrize("journal", ["truncate"])
def test_with_a_journal_somebody_who_writes_once_makes_it_begin_again_once(live, journal, copied, tmp_path):
    notes = iter([1])
    steps = copied(lambda: [live.execute("insert into notes values (?)", (note,)) for note in notes])
    assert steps[:3] == [500, 500, 1000]
    assert count(tmp_path / "copy.db", "notes") == 1


@in_each_journal
def test_a_copy_is_one_file_that_any_program_opens(live, journal, copied, tmp_path):
    copied()
    assert [file.name for file in tmp_path.glob("copy*")] == ["copy.db"]
    with closing(sqlite3.connect(":memory:")) as viewer:
        viewer.deserialize((tmp_path / "copy.db").read_bytes())
        assert viewer.execute("select count(*) from blobs").fetchone() == (BLOBS,)


@pytest.mark.parametrize("journal", ["truncate"])
def test_a_program_that_lets_nobody_read_is_told(live, journal, copied, monkeypatch):
    monkeypatch.setattr("models.shared.live_copy.HELD_SECONDS", 0)
    live.execute("begin exclusive")
    with pytest.raises(Unavailable, match=HELD):
        copied()


@in_each_journal
def test_a_copy_beside_another_writer_is_of_one_moment(live, journal, tmp_path):
    stop = threading.Event()

    def write():
        with closing(sqlite3.connect(tmp_path / "live.db", isolation_level=None, timeout=20)) as writer:
            while not stop.wait(0.001):  # somebody who never rests would let nobody read
                writer.execute("begin immediate")
                writer.execute("insert into blobs values (1)")
                writer.execute("insert into notes values (1)")
                writer.execute("commit")

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for number in range(3):
            copy_live(str(tmp_path / "live.db"), tmp_path / f"copy{number}.db")
    finally:
        stop.set()
        thread.join()
    for number in range(3):
        assert count(tmp_path / f"copy{number}.db", "blobs") == BLOBS + count(tmp_path / f"copy{number}.db", "notes")
