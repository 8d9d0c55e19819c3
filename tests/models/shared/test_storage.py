"""Files are kept whole or not at all."""

import errno
import os
from pathlib import Path

import pytest

from models.shared.storage import DiskFull, Folder, StorageFailed

NAME = "0123.png"


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "uploads")


def test_what_is_put_is_there_and_has_an_address(folder):
    folder.put(NAME, b"content")
    with folder.open(NAME) as file:
        assert file.read() == b"content"
    assert list(folder.names()) == [NAME]
    assert folder.url(NAME) == "/uploads/0123.png"


def test_what_is_deleted_is_gone_and_may_be_deleted_again(folder):
    folder.put(NAME, b"content")
    folder.delete(NAME)
    folder.delete(NAME)
    with pytest.raises(FileNotFoundError):
        folder.open(NAME)


def test_no_folder_is_made_before_there_is_a_file(folder):
    assert list(folder.names()) == []
    assert not folder.path.exists()


def test_young_files_can_be_left_out(folder):
    folder.put(NAME, b"content")
    assert list(folder.names(older_than=60)) == []
    os.utime(folder.path / NAME, (0, 0))
    assert list(folder.names(older_than=60)) == [NAME]


def test_a_file_and_the_folders_new_name_are_flushed_before_it_is_said_to_be_kept(folder, monkeypatch):
    flushed, real = [], os.fsync

    def note(number):
        flushed.append(str(Path(f"/proc/self/fd/{number}").readlink()))
        real(number)

    monkeypatch.setattr("os.fsync", note)
    folder.put(NAME, b"content")
    assert flushed == [str(folder.path.parent), f"{folder.path / NAME}.part", str(folder.path)]


@pytest.mark.parametrize("when", ["fsync", "rename"])
def test_a_full_disk_leaves_nothing_behind(folder, monkeypatch, when):
    folder.put(NAME, b"content")

    def fail(*_arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync" if when == "fsync" else "pathlib.Path.rename", fail)
    with pytest.raises(StorageFailed):
        folder.put("4567.png", b"other")
    assert list(folder.names()) == [NAME]


def test_a_full_disk_is_said_in_words(folder, monkeypatch):
    def fail(*_arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(DiskFull, match=r"^The disk is full: nothing new can be kept until something is deleted\.$"):
        folder.put(NAME, b"content")


def test_what_is_kept_is_kept_whatever_happens_to_the_name_it_had_before(folder, monkeypatch):
    def fail(*_arguments, **_options):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("pathlib.Path.unlink", fail)
    folder.put(NAME, b"content")
    monkeypatch.setattr("pathlib.Path.rename", fail)
    with pytest.raises(StorageFailed, match=r"^4567\.png$"):
        folder.put("4567.png", b"other")


def test_a_place_where_no_folder_can_be_is_a_failure(tmp_path):
    (tmp_path / "uploads").write_text("in the way")
    folder = Folder(tmp_path / "uploads")
    for act in (lambda: folder.put(NAME, b""), lambda: folder.open(NAME), lambda: folder.delete(NAME)):
        with pytest.raises(StorageFailed):
            act()
