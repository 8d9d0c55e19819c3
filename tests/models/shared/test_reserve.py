"""A full disk can be freed from the site itself: the smallest of disks is made, and filled."""

import subprocess
from contextlib import suppress

import pytest
from webtest import TestApp

from models.session import Session
from models.shared.database import database
from models.shared.unavailable import FULL
from models.user import User


@pytest.fixture
def disk(settings):
    settings.volumes.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(settings.volumes)]
    with suppress(OSError):
        if subprocess.run(mount, check=False, capture_output=True).returncode == 0:
            yield settings.volumes
            subprocess.run(["umount", "--lazy", str(settings.volumes)], check=True)
            return
    pytest.skip("no disk can be mounted here")


@pytest.fixture
def filled(disk):
    """Call it to fill the disk; it gives the file that does."""

    def fill():
        filler = disk / "filler"
        with suppress(OSError), filler.open("ab", buffering=0) as file:
            while file.write(bytes(4096)):
                pass
        return filler

    return fill


def admin_of(site):
    """The first user, logged in."""
    with database.connection_context():
        _, token = Session.start(User.get_by_id(1), "browser", "A browser")
    browser = TestApp(site.app)
    browser.set_cookie("session", token)
    return browser


@pytest.mark.parametrize("sample_data", ["lesson", "locked"])
def test_users_and_posts_can_be_deleted_when_nothing_else_can_be_written(filled, visit, sample_data):
    admin = admin_of(visit(sample_data=sample_data))
    filler = filled()
    answers = [admin.post_json("/api/users", {"name": "Ada", "uid": f"ada{n}"}, expect_errors=True) for n in range(9)]
    assert answers[-1].json["detail"] == FULL
    assert FULL in admin.get("/health", status=503)
    total = admin.get("/api/users").json["total"]
    admin.delete_json("/api/posts/1", status=204)
    admin.delete_json("/api/users/2", status=204)
    assert admin.get("/api/users").json["total"] == total - 1
    assert not filler.with_name(".reserve").exists()
    filler.unlink()
    admin.delete_json("/api/users/3", status=204)
    assert filler.with_name(".reserve").stat().st_size == 1024 * 1024
