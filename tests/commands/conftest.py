"""A place with the sample rows and pictures, on which commands run."""

import json
import zipfile
from functools import partial

import pytest

from tests.typed import typed


@pytest.fixture
def run(place, capsys):
    """Call it with a command; it gives what that prints, its errors, and its exit code."""
    return partial(typed, capsys)


@pytest.fixture
def made(run, tmp_path):
    """A backup of the sample rows, in a file of its own."""
    assert run("backup", tmp_path / "made.zip").code == 0
    return tmp_path / "made.zip"


@pytest.fixture
def another(made, tmp_path):
    """Call it with what to do with each file of a backup: `change(name, content)` gives the content, or None."""

    def make(change, more=()):
        path = tmp_path / "another.zip"
        with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
            for name in old.namelist():
                content = change(name, old.read(name))
                if content is not None:
                    new.writestr(name, content)
            for name, content in more:
                new.writestr(name, content)
        return path

    return make


def manifest_of(path):
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read("manifest.json"))
