"""The container's first process: whose the data is, and that it stops when told, from its first moment on."""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.server import HOUSE, free_port

OWNER = 65534
pytestmark = pytest.mark.skipif(
    not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("unshare") and shutil.which("setpriv")),
    reason="only root on Linux can make a container's first process",
)


@pytest.fixture
def volumes(open_place):
    """A folder of somebody who is not root, whom nothing keeps from reaching it."""
    volumes = open_place / "volumes"
    volumes.mkdir()
    os.chown(volumes, OWNER, OWNER)
    return volumes


def start(volumes, *command, entrypoint=("sh", "docker-entrypoint.sh"), **environ):
    """The entrypoint as process 1 of its own; `first` is what we call it."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environ = {"PATH": path, "VOLUMES": str(volumes), "PYTHONDONTWRITEBYTECODE": "1"} | environ
    container = subprocess.Popen(
        ["unshare", "--pid", "--fork", "--kill-child", *entrypoint, *command],
        cwd=HOUSE,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_for(lambda: children(container.pid) or container.poll() is not None)
    container.first = next(iter(children(container.pid)), 0)
    if not container.first:
        pytest.skip(f"there is no process 1 to be had here: {container.communicate()[1]}")
    return container


def wait_for(what):
    until = time.monotonic() + 30
    while not what():
        assert time.monotonic() < until


def children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_dead(pid):
    """Whether nobody has waited for it. It may be gone just now."""
    with suppress(FileNotFoundError):
        return " Z " in Path(f"/proc/{pid}/stat").read_text()
    return False


def command_of(pid):
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def test_sigterm_before_the_server_can_hear_it_is_not_lost(volumes):
    container = start(volumes, "python", "app.py", PORT=str(free_port()))
    wait_for(lambda: command_of(container.first).startswith("python app.py"))
    os.kill(container.first, signal.SIGTERM)
    container.communicate(timeout=30)
    assert container.returncode == 143


def test_with_several_processes_it_ends_in_order_and_leaves_no_dead_child_of_anybody(volumes):
    """As whoever runs the tests: nobody else can read all that Python needs, on many a machine."""
    how_it_ends = ("env", "--block-signal=TERM")
    container = start(
        volumes, "python", "app.py", entrypoint=how_it_ends, PORT=str(free_port()), PROCESSES="2", LAB="off"
    )
    assert container.stdout.readline().startswith("http://")
    assert len(children(container.first)) == 2
    orphan = "import os, subprocess; os._exit(bool(os.fork()) and not subprocess.Popen(['true']))"
    enter = ["nsenter", "--target", str(container.first), "--pid", sys.executable, "-c", orphan]
    subprocess.run(enter, check=True)
    os.kill(children(container.first)[0], signal.SIGKILL)
    assert "ended (signal 9)" in container.stderr.readline()
    wait_for(lambda: len(children(container.first)) == 2)
    wait_for(lambda: not any(is_dead(pid) for pid in children(container.first)))
    os.kill(container.first, signal.SIGTERM)
    assert container.communicate(timeout=30) == ("", "")
    assert container.returncode == 0


def test_sigterm_while_owners_are_mended_is_not_lost(volumes, tmp_path):
    slow = tmp_path / "bin" / "find"
    slow.parent.mkdir()
    slow.write_text(f"#!/bin/sh\ntouch {tmp_path}/began\nexec sleep 60\n")
    slow.chmod(0o755)
    container = start(volumes, "python", "app.py", PATH=f"{slow.parent}:{os.environ['PATH']}")
    wait_for((tmp_path / "began").exists)
    os.kill(container.first, signal.SIGTERM)
    container.wait(timeout=30)
    assert container.returncode == 143
    container.communicate()


def test_what_belongs_to_somebody_else_is_given_to_the_owner_of_the_folder_and_said(volumes):
    (volumes / "sqlite.db").touch()
    (volumes / "uploads").mkdir()
    (volumes / "uploads" / "copied.png").touch()
    os.chown(volumes / "uploads" / "copied.png", 1234, 1234)
    (volumes / "link").symlink_to(HOUSE / "app.py")
    before = (HOUSE / "app.py").stat()
    printed, said = start(volumes, "id", "-u").communicate(timeout=30)
    assert printed == f"{OWNER}\n"
    assert said.endswith(f" belongs to somebody else: all in {volumes} is given to user {OWNER}\n")
    assert {path.lstat().st_uid for path in volumes.rglob("*")} == {OWNER}
    assert (HOUSE / "app.py").stat().st_uid == before.st_uid
    assert start(volumes, "id", "-u").communicate(timeout=30) == (f"{OWNER}\n", "")
