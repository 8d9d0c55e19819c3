"""A backup or a restore that is killed anywhere loses nothing. `tests/killed_backup.py` can do it at many places."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from models.post import Post
from models.shared.database import bind_database, database
from models.user import User
from tests.drawn import png

HOUSE = Path(__file__).parents[2]


def other_rows(place):
    """Some rows and pictures go, and others come."""
    bind_database(place / "sqlite.db")
    with database.connection_context():
        for post in Post.select().where(Post.image_name.is_null(False)).limit(2):
            post.delete()
        User.get(uid="niko").delete()
        Post.create(user=1, note="A new one", image=png(), alt="A dot")
    database.close_all()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system starts processes in another way")
def test_a_process_that_is_killed_leaves_the_old_rows_or_the_new_ones_and_the_next_run_works(place, made, tmp_path):
    other_rows(place)
    shutil.rmtree(place / "backups")
    line = [sys.executable, "-m", "tests.killed_backup", str(tmp_path), "1", "backup", "restore"]
    done = subprocess.run(line, cwd=HOUSE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = [json.loads(text) for text in done.stdout.splitlines()]
    assert {(command, state) for command, _call, _total, state in found} >= {("backup", "old"), ("restore", "old")}
