"""Pictures move between a folder and a bucket, and a backup has those of a bucket in it."""

import shutil
import zipfile

import pytest

from models.post import Post
from models.shared.backup.archive import Archive
from models.shared.backup.making import make_backup
from models.shared.database import database
from models.shared.storage import storage
from tests.docs.pages import blocks, run_sh
from tests.drawn import png
from tests.server import HOUSE

FOLDER = {"PICTURES": "", "AWS_ENDPOINT_URL": "", "AWS_REGION": ""}


@pytest.fixture
def volumes(visitor, settings):
    database.close_all()
    return settings.volumes


def test_a_backup_has_them_and_is_brought_back_into_the_bucket(volumes, bucket, run_command):
    before = bucket.names()
    run_command("models", "backup", str(volumes / "one.zip"))
    names = zipfile.ZipFile(volumes / "one.zip").namelist()
    assert {name.removeprefix("uploads/") for name in names if name.startswith("uploads/")} == before
    lost, damaged, *_ = sorted(before)
    content = bucket.content(damaged)
    bucket.client.delete_object(Bucket="our-bucket", Key=f"{bucket.prefix}/{lost}")
    bucket.put(damaged)
    run_command("models", "restore", str(volumes / "one.zip"))
    assert bucket.names() == before
    assert bucket.content(damaged) == content
    assert not (volumes / "uploads").exists()


def test_a_backup_has_a_picture_that_came_after_it_had_begun(visitor, settings, bucket, monkeypatch):
    listed, coming = storage.obj.names, iter([Post(user=2, note="Look", image=png())])

    def names(*older_than):
        found = list(listed(*older_than))
        for post in coming:
            with database.connection_context():
                post.create()
        return found

    monkeypatch.setattr(storage.obj, "names", names)
    with database.connection_context():
        path = make_backup("0", settings.volumes / "backups")
    with Archive(path) as archive:
        assert not archive.manifest.missing
        assert set(archive.manifest.pictures) == bucket.names()


def test_what_is_saved_on_a_folder_is_loaded_into_a_bucket_and_back(visitor, volumes, bucket, run_command, tmp_path):
    before = bucket.names()
    run_command("models", "save", str(tmp_path / "saved"))
    other = str(tmp_path / "other")
    run_command("models", "load", str(tmp_path / "saved"), VOLUMES=other, **FOLDER)
    assert {file.name for file in (tmp_path / "other" / "uploads").iterdir()} == before
    for name in before:
        bucket.client.delete_object(Bucket="our-bucket", Key=f"{bucket.prefix}/{name}")
    run_command("models", "save", str(tmp_path / "again"), VOLUMES=other, **FOLDER)
    run_command("models", "load", str(tmp_path / "again"))
    assert bucket.names() == before


def test_the_lines_of_the_page_copy_them_into_the_bucket_and_back(tmp_path, sample_volumes, bucket):
    shutil.copytree(sample_volumes, tmp_path / "volumes")
    names = {file.name for file in (tmp_path / "volumes" / "uploads").iterdir()}
    (tmp_path / "volumes" / "uploads" / "notes.txt").write_text("not ours")
    *_, moving = blocks("docs/pictures.md", "sh")
    lines = moving.replace("s3://school-site/pictures", bucket.settings["pictures"])
    environ = bucket.environ | {"SAMPLE_DATA": "locked", "PYTHONPATH": str(HOUSE)}
    (said,) = run_sh([lines], tmp_path, **environ)
    there = f"Copied 0 files of pictures; {len(names)} were there already."
    assert said.splitlines() == [f"Copied {len(names)} files of pictures; 0 were there already.", there]
    assert bucket.names() == names
    shutil.rmtree(tmp_path / "volumes" / "uploads")
    (said,) = run_sh([lines.replace("copy-pictures volumes", "copy-pictures --out volumes")], tmp_path, **environ)
    assert {file.name for file in (tmp_path / "volumes" / "uploads").iterdir()} == names


def test_a_reset_keeps_the_old_pictures_and_says_how_they_come_back(volumes, bucket, run_command, keys):
    before = bucket.names()
    said = run_command("seed", "--yes")
    assert not before & bucket.names()
    (way_back,) = [line for line in said.splitlines() if line.startswith("  ")]
    environ = {"VOLUMES": str(volumes), "SAMPLE_DATA": "locked"} | bucket.environ
    run_sh([way_back], HOUSE, **environ)
    assert before <= bucket.names()


def test_a_start_with_a_new_database_puts_the_sample_pictures_there(bucket, run_command):
    assert "Made" in run_command("seed")
    assert len(bucket.names()) == 8
    assert "Nothing has been left behind" in run_command("models", "sweep")  # no row misses its file


def test_frozen_pages_have_their_pictures(volumes, bucket, run_command, tmp_path):
    run_command("models", "freeze", str(tmp_path / "frozen"))
    assert {file.name for file in (tmp_path / "frozen" / "uploads").iterdir()} == bucket.names()
