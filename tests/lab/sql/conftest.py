"""Where copies are made, and what SQL answers."""

import atexit
import shutil
import tempfile

import pytest

from models.shared.database import database


@pytest.fixture(autouse=True)
def copies(tmp_path, monkeypatch):
    """Where copies are made. In the end there is one at most, that which is read."""
    place = tmp_path / "copies"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    yield place
    left = list(place.iterdir())
    assert len(left) <= 1
    for folder in left:
        atexit.unregister(shutil.rmtree)
        assert [file.name for file in folder.iterdir()] == ["copy.db"]


@pytest.fixture
def counted():
    """Call it for how many users there are in the live table."""

    def count(table="users"):
        with database.connection_context():
            return database.execute_sql(f"SELECT count(*) FROM {table}").fetchone()[0]

    return count
