"""What the site may not write is named at the start, with its owner and what would help, and /health says it too."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from config import Settings
from models.shared.database import database
from models.shared.start_errors import Unusable
from models.shared.unavailable import FULL, GONE, HELD
from seed.house import open_house
from tests.server import HOUSE

NOBODY = 65534
as_root = pytest.mark.skipif(
    not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("setpriv")),
    reason="only root can become somebody else",
)
START = "from app import create_app; create_app()"
ASK = (
    "from webtest import TestApp; from pathlib import Path; import os; from app import create_app\n"
    "site = TestApp(create_app()); volumes = Path(os.environ['VOLUMES'])\n"
    "{change}\n"
    "print(site.get('/health', expect_errors=True).status)"
)


@pytest.fixture
def volumes(open_place, sample_volumes):
    """A folder that somebody else than root can reach, and what the site has made in it."""
    return shutil.copytree(sample_volumes, open_place / "volumes")


def as_nobody(volumes, script):
    """Run `script` as the user `nobody`; the exit code and what it says."""
    become = ["setpriv", "--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups"]
    # Nobody may write what coverage would measure.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    environ = inherited | {"VOLUMES": str(volumes), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [*become, sys.executable, "-c", script], cwd=HOUSE, env=environ, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def give(path, owner=NOBODY):
    for each in (path, *path.rglob("*")):
        os.chown(each, owner, owner)


@as_root
@pytest.mark.parametrize("name", ["", "sqlite.db", "uploads", "sqlite.db-wal"])
def test_what_belongs_to_somebody_else_ends_the_start_with_path_owner_and_remedy(volumes, name):
    (volumes / "sqlite.db-wal").touch(0o600)
    give(volumes)
    path = volumes / name
    os.chown(path, 0, 0)
    path.chmod(0o755 if path.is_dir() else 0o644)
    code, said = as_nobody(volumes, START)
    owner = "it belongs to root, and the site runs as nobody: sudo chown -R nobody"
    assert (code, said) == (2, f"{path} cannot be written: {owner} {path}\n")


@as_root
def test_what_is_ours_and_has_the_wrong_mode_is_named_too(volumes):
    give(volumes)
    (volumes / "uploads").chmod(0o500)
    code, said = as_nobody(volumes, START)
    assert (code, said.partition(": ")[2]) == (
        2,
        f"it belongs to nobody, and its mode is 500: chmod -R u+rwX {volumes}/uploads\n",
    )


@as_root
def test_a_read_only_disk_is_named(volumes):
    mount = (
        f"mount --bind {volumes} {volumes} && mount -o remount,ro,bind {volumes} && exec {sys.executable} -c '{START}'"
    )
    environ = os.environ | {"VOLUMES": str(volumes)}
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", mount], cwd=HOUSE, env=environ, capture_output=True, text=True, check=False
    )
    if "unshare" in done.stderr or "mount: " in done.stderr:
        pytest.skip("no disk can be mounted here")
    said = f"{volumes} cannot be written: its disk is mounted read-only; mount it so that it can be written\n"
    assert (done.returncode, done.stderr) == (2, said)


@as_root
@pytest.mark.parametrize(
    ("change", "status"),
    [
        ("", "200 OK"),
        ("(volumes / 'sqlite.db').chmod(0o400)", "503 Service Unavailable"),
        ("(volumes / 'uploads').chmod(0o500)", "503 Service Unavailable"),
        ("volumes.chmod(0o500)", "503 Service Unavailable"),
    ],
)
def test_health_tells_when_something_cannot_be_written_any_more(volumes, change, status):
    give(volumes)
    code, said = as_nobody(volumes, ASK.format(change=change))
    assert (code, said.splitlines()[0]) == (0, status)


def test_a_full_disk_is_told_at_the_start_and_the_site_runs_as_it_can_be_read(visit, monkeypatch, capsys):
    visit()
    monkeypatch.setattr("models.shared.writable.LEAST_ROOM", 1 << 62)
    visit().get("/users", status=200)
    assert capsys.readouterr().err == f"{FULL}\n"


def test_a_folder_where_nobody_may_write_is_named():
    with pytest.raises(Unusable, match=r"^/proc/self cannot be written: "), open_house(Settings(Path("/proc/self"))):
        pass


def test_health_writes_nothing(visitor, settings):
    visitor.get("/health")
    before = [file.stat() for file in settings.volumes.iterdir()]
    visitor.get("/health")
    assert [each.st_mtime_ns for each in before] == [file.stat().st_mtime_ns for file in settings.volumes.iterdir()]


def test_health_tells_when_the_file_is_gone(visitor, settings):
    settings.database_path.unlink()
    assert GONE in visitor.get("/health", status=503)


def test_health_tells_when_another_program_keeps_writers_out_but_not_when_one_is_just_writing(visit, settings):
    visitor = visit()
    program = sqlite3.connect(settings.database_path, isolation_level=None)
    program.execute("begin immediate")
    visitor.get("/health", status=200)
    database.obj.turn.note_held()
    assert HELD in visitor.get("/health", status=503)
    program.close()
    visitor.get("/health", status=200)
    assert not database.obj.turn.is_held


def test_health_tells_when_the_disk_is_full(visitor, monkeypatch):
    disk = os.statvfs("/")
    full = os.statvfs_result((*disk[:3], 0, 0, *disk[5:]))
    monkeypatch.setattr("os.statvfs", lambda _path: full)
    assert FULL in visitor.get("/health", status=503)


@as_root
def test_what_root_makes_belongs_to_the_owner_of_the_folder_and_nobody_else_reads_it(tmp_path):
    volumes = tmp_path / "volumes"
    volumes.mkdir()
    os.chown(volumes, NOBODY, NOBODY)
    for command in ("seed", "seed"):
        environ = os.environ | {"VOLUMES": str(volumes)}
        subprocess.run(
            [sys.executable, "-m", command, "--yes"], cwd=HOUSE, env=environ, check=True, capture_output=True
        )
    made = list(volumes.rglob("*"))
    assert {"sqlite.db", "uploads", "backups"} <= {path.name for path in made}
    assert {(path.stat().st_uid, path.stat().st_mode & 0o077) for path in made} == {(NOBODY, 0)}
