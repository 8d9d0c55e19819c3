"""The folder: only what has changed is written, and what somebody else has put there stays."""

import json
import os
import shutil
import signal

import pytest

from freezing.failed import FreezeFailed
from freezing.names import FileNames, turn_of
from models.post import Post
from models.user import User
from tests.freezing.conftest import files_in


def states(folder):
    return {file: (file.stat().st_ino, file.stat().st_mtime_ns) for file in folder.rglob("*") if file.is_file()}


def test_again_only_what_has_changed_is_written(freeze, out, rows):
    freeze()
    before = states(out)
    assert "0 new or changed, 0 gone" in freeze().out
    kept = {file: state for file, state in states(out).items() if ".freeze" not in file.parts}
    assert kept == {file: before[file] for file in kept}
    rows(lambda: Post.get_by_id(1).update(note="Changed"))
    freeze()
    changed = {str(file.relative_to(out)) for file, state in states(out).items() if before.get(file) != state}
    assert {"posts/index.html", "users/1/index.html", "api/posts/1.json"} <= changed
    assert not any(name.startswith(("jokes/", "static/", "uploads/")) for name in changed)


def test_what_is_gone_is_removed_and_nothing_else(freeze, out, rows):
    out.mkdir()
    (out / "CNAME").write_text("class.example")
    (out / ".git").mkdir()
    (out / ".git/HEAD").write_text("ref")
    freeze()
    (out / "users/2/notes.txt").write_text("mine")
    rows(lambda: User.get_by_id(2).delete())
    rows(lambda: User.get_by_id(3).delete())
    freeze()
    assert not (out / "users/3").exists()
    assert [file.name for file in (out / "users/2").iterdir()] == ["notes.txt"]
    assert (out / "CNAME").read_text() == "class.example"
    assert (out / ".git/HEAD").read_text() == "ref"


def test_a_folder_of_somebody_is_refused(freeze, out):
    out.mkdir()
    (out / "notes.txt").write_text("mine")
    assert freeze().code == f"{out} has files that freeze has not made. Nothing was touched: name a new folder."
    assert [file.name for file in out.iterdir()] == ["notes.txt"]
    shutil.rmtree(out)
    out.write_text("mine")
    assert freeze().code == f"{out} is no folder. Nothing was touched."


def test_a_file_of_somebody_in_the_place_of_ours_stays(freeze, out, rows):
    freeze()
    rows(lambda: User.create(name="New", uid="new"))
    (out / "users/11").mkdir()
    (out / "users/11/index.html").write_text("mine")
    before = files_in(out)
    assert freeze().code == f"{out}/users/11/index.html is there, and freeze has not made it. Nothing was changed."
    assert files_in(out) == before


@pytest.mark.skipif(os.name != "posix", reason="links are made otherwise here")
def test_no_link_leads_out_of_the_folder(freeze, out, tmp_path, rows):
    freeze()
    shutil.move(out / "jokes", tmp_path / "elsewhere")
    (out / "jokes").symlink_to(tmp_path / "elsewhere")
    assert freeze().code == f"{out}/jokes is a link, so freeze does not write there. Nothing was changed."


def test_a_file_of_somebody_in_the_place_of_a_folder_stays_and_nothing_is_changed(freeze, out, rows):
    freeze()
    shutil.rmtree(out / "jokes")
    (out / "jokes").write_text("mine")
    before = files_in(out)
    rows(lambda: Post.get_by_id(1).update(note="Changed"))
    assert freeze().code == f"{out}/jokes is a file, and freeze needs a folder there. Nothing was changed."
    assert files_in(out) == before
    (out / "jokes").unlink()
    assert freeze().code == 0


def test_what_cannot_be_finished_now_is_named_and_finished_later(freeze, out):
    freeze()
    (out / ".freeze/new").mkdir()
    for number in (0, 1):
        (out / f".freeze/new/{number}").write_text("new")
    steps = {"put": ["a.txt", "b/c.txt"], "from": ["0", "1"], "gone": [], "files": ["a.txt", "b/c.txt"]}
    (out / ".freeze/journal.json").write_text(json.dumps(steps))
    (out / "b").write_text("mine")
    told = f"Not all is in its place yet in {out}: the next freeze goes on with it."
    assert freeze().code == f"{out}/b/c.txt: Not a directory. {told}"
    (out / "b").unlink()
    assert freeze().code == 0
    assert not (out / ".freeze/journal.json").exists()


CHANGED = ('{"files": ["../volumes/sqlite.db"]}', "no JSON", '{"files": ["/etc/passwd"]}', "[]", "{}", '{"files": 3}')


@pytest.mark.parametrize("text", CHANGED)
def test_a_list_of_files_that_was_changed_removes_nothing(freeze, out, place, text):
    freeze()
    (out / ".freeze/files.json").write_text(text)
    assert freeze().code.endswith("files.json has been changed by somebody. Nothing was touched.")
    assert (place / "sqlite.db").exists()


def test_a_full_disk_changes_nothing(freeze, out, monkeypatch, rows):
    freeze()
    before = files_in(out)
    rows(lambda: Post.get_by_id(1).update(note="Changed"))
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, limits[1]))
        done = freeze()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ignored)
    assert done.code
    assert files_in(out) == before
    assert freeze().code == 0


def test_a_release_is_a_folder_and_a_link_is_turned(freeze, out, rows):
    freeze("--release")
    first = out.resolve()
    assert out.is_symlink()
    rows(lambda: Post.get_by_id(1).update(note="Changed"))
    freeze("--release")
    second = out.resolve()
    assert second != first
    assert (first / "jokes/index.html").stat().st_ino == (second / "jokes/index.html").stat().st_ino
    assert b"Changed" in (out / "posts/index.html").read_bytes()
    assert b"Changed" not in (first / "posts/index.html").read_bytes()
    freeze("--release")
    assert not first.exists()
    assert second.exists()


def test_a_release_takes_no_place_of_somebody(freeze, out):
    out.mkdir()
    assert freeze("--release").code == f"{out} is no symbolic link. Nothing was touched."


@pytest.mark.parametrize(
    "names",
    [
        ("users/Ada/index.html", "users/ada/index.html"),
        ("a/STRASSE.json", "a/straße.json"),
        ("users", "users/index.html"),
        ("users/index.html", "users"),
        ("planets./index.html",),
        ("planets /index.html",),
        ("con/index.html",),
        ("aux.json",),
        ("a:b/index.html",),
        ("../index.html",),
        ("a//index.html",),
        (f"{'a' * 256}/index.html",),
    ],
)
def test_names_that_one_folder_could_not_hold_are_refused(names):
    known = FileNames()
    for name in names[:-1]:
        known.add(name)
    with pytest.raises(FreezeFailed):
        known.add(names[-1])


def test_nothing_leads_to_what_is_not_there_yet():
    order = ["static/style.css", "uploads/a.png", "users/5/page/2/index.html", "books/9/index.html"]
    order += ["users/5/index.html", "users/page/3/index.html", "users/page/2/index.html", "users/index.html"]
    new = sorted(order, key=lambda name: turn_of(name, True))
    assert new == order
    assert turn_of("books/9/index.html", True) < turn_of("authors/1/index.html", False)
    assert turn_of("users/index.html", True) < turn_of("index.html", False)
