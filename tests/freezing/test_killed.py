"""A freeze that is killed at some moment: each page is the old one or the new one, and leads to files only."""

import os
import shutil
import signal
import sys

import pytest

from models.post import Post
from models.user import User
from tests.freezing.conftest import files_in
from tests.freezing.links import broken

STEPS = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "open")
PLACES = 6  # of all steps that write something below the folder; `--places` may ask for more

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system starts processes in another way")


def change():
    User.create(name="New", uid="new")
    User.get_by_id(3).delete()
    for number in range(25):
        Post.create(user=2, note=f"Note {number}")


def test_whenever_it_is_killed_each_page_serves_and_the_next_run_finishes(freeze, out, rows, tmp_path, request):
    freeze()
    old = files_in(out)
    shutil.copytree(out, tmp_path / "kept")
    rows(change)
    freeze()
    new = files_in(out)
    in_all = killed(freeze, out, tmp_path, 0)
    places = request.config.getoption("--places") or PLACES
    for number in range(1, places + 1):
        # The last steps put things in their places; most before them make them aside.
        at = max(1, in_all - (places - number) * (in_all // (2 * places)))
        assert killed(freeze, out, tmp_path, at) == at
        assert not broken(out)[0], at
        for name, content in files_in(out).items():
            assert content in (old.get(name), new.get(name)), (at, name)
        assert freeze().code == 0
        assert files_in(out) == new, at


def killed(freeze, out, tmp_path, at):
    """How many steps were done in a process that is killed before the one `at` this place, on the files of before."""
    shutil.rmtree(out)
    shutil.copytree(tmp_path / "kept", out)
    told = tmp_path / "steps"
    pid = os.fork()
    if not pid:
        count_steps(out, told, at)
        try:
            freeze()
        finally:
            os._exit(0)
    status = os.waitpid(pid, 0)[1]
    assert (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL) or not at
    return len(told.read_bytes())


def count_steps(out, told, at):
    """Write down each step that changes something in the folder; kill this process before one of them."""
    file, place, count = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), str(out), 0

    def step(event, arguments):
        nonlocal count
        if event in STEPS and str(arguments[0]).startswith(place) and (event != "open" or is_write(arguments)):
            count += 1
            os.write(file, b".")
            if count == at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(step)


def is_write(arguments):
    return bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))
