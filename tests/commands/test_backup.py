"""`python -m models backup`: one file with all rows and pictures."""

import resource
import sqlite3
import threading
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from config import VERSION
from models.post import Post
from models.shared.backup.archive import Archive
from models.shared.backup.at_work import alone_at_work
from models.shared.backup.making import make_backup
from models.shared.database import bind_database, database
from tests.commands.conftest import manifest_of


def test_a_backup_has_all_rows_and_all_pictures(run, place, tmp_path):
    says = run("backup", tmp_path / "mine.zip").out
    assert "19 posts, 10 users; 8 files of pictures" in says
    with zipfile.ZipFile(tmp_path / "mine.zip") as archive:
        pictures = {name: archive.read(name) for name in archive.namelist() if name.startswith("uploads/")}
        archive.extract("database.sqlite", tmp_path)
    assert pictures == {f"uploads/{file.name}": file.read_bytes() for file in (place / "uploads").iterdir()}
    assert dump(tmp_path / "database.sqlite") == dump(place / "sqlite.db")


def test_the_manifest_says_what_is_in_it(made):
    manifest = manifest_of(made)
    assert manifest["version"] == VERSION
    assert manifest["tables"]["posts"] == 19
    assert manifest["sequences"]["users"] == 10
    assert len(manifest["files"]) == 9
    assert manifest["migrations"][0] == "0001_users_and_posts"


def test_nobody_else_may_read_it(made, run, place):
    run("backup")
    (kept,) = (place / "backups").glob("*.zip")
    assert [path.stat().st_mode & 0o777 for path in (made, kept, kept.parent)] == [0o600, 0o600, 0o700]


def test_a_picture_whose_file_goes_meanwhile_is_in_it(place):
    bind_database(place / "sqlite.db")
    path = make_backup(VERSION, place / "backups", told=lambda *_: [file.unlink() for file in uploads(place)])
    assert not uploads(place)
    with Archive(path) as archive:
        assert len(archive.manifest.pictures) == 8


def test_a_picture_that_is_missing_is_named(run, place, tmp_path):
    gone = next((place / "uploads").glob("*-thumb.jpg"))
    gone.unlink()
    assert f"The file {gone.name} of a picture was not there" in run("backup", tmp_path / "x.zip").out
    assert manifest_of(tmp_path / "x.zip")["missing"] == [gone.name]


def test_a_damaged_database_is_said_to_be_so(run, place):
    content = bytearray((place / "sqlite.db").read_bytes())
    with closing(sqlite3.connect(place / "sqlite.db")) as program:
        (page,) = program.execute("select rootpage from sqlite_master where name = 'jokes'").fetchone()
    content[(page - 1) * 4096 : page * 4096] = bytes(4096)
    (place / "sqlite.db").write_bytes(content)
    answer = run("backup")
    assert answer.code == 2
    assert "malformed" in answer.err or "damaged" in answer.err
    assert not list((place / "backups").glob("*.zip*"))


@pytest.mark.parametrize("limit", [1000, 50_000, 190_000])
def test_a_full_disk_is_told_and_leaves_nothing(place, tmp_path, run, limit):
    run("backup")
    before = contents(place)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        answer = run("backup", tmp_path / "x.zip")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (answer.code == 2 and answer.err) or limit > 180_224
    assert contents(place) == before
    assert sorted(file.name for file in tmp_path.glob("x.zip*")) in ([], ["x.zip"])


def test_another_file_is_not_overwritten(run, made):
    before = made.read_bytes()
    assert "is there already: name another file" in run("backup", made).err
    assert made.read_bytes() == before


def test_a_folder_that_is_not_there_is_named(run, tmp_path):
    assert run("backup", tmp_path / "nowhere" / "x.zip").err == f"There is no folder {tmp_path / 'nowhere'}\n"


def test_of_two_at_once_the_second_is_told(run, place, tmp_path):
    (place / "backups").mkdir()
    with alone_at_work(place / "backups"):
        assert "Another backup or restore is under way" in run("backup", tmp_path / "x.zip").err
    assert run("backup", tmp_path / "x.zip").code == 0


def test_what_somebody_left_who_was_killed_goes_with_the_next(run, place):
    run("backup")
    (place / "backups" / "backup-20260101T000000Z.zip.part").write_text("half")
    (place / "backups" / "backup-20260101T000000Z.zip.work").mkdir()
    (place / "backups" / "backup-20260101T000000Z.zip.work" / "database.sqlite").write_text("half")
    run("backup")
    assert len(list((place / "backups").iterdir())) == 3  # two, and the lock


def test_it_is_of_one_moment_while_somebody_writes(place, tmp_path):
    bind_database(place / "sqlite.db")
    stop = threading.Event()
    written = []

    def write():
        with database.connection_context():
            while not stop.is_set():
                Post.create(user=1, note=f"Number {len(written)}")
                written.append(1)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        paths = [make_backup(VERSION, place / "backups", tmp_path / f"{number}.zip") for number in range(2)]
    finally:
        stop.set()
        writer.join()
    for path in paths:
        manifest = manifest_of(path)
        assert 19 <= manifest["tables"]["posts"] == manifest["sequences"]["posts"] <= 19 + len(written)


def uploads(place):
    return list((place / "uploads").iterdir())


def dump(path):
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def contents(place):
    return {
        path: path.read_bytes()
        for path in Path(place).rglob("*")
        if path.is_file() and path.suffix not in (".db-shm", ".db-wal")
    }
