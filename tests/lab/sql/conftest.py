"""Where copies are made, and what SQL answers."""

import tempfile

import pytest

from lab.sql.running import reading_copy
from models.shared.database import database


@pytest.fixture(autouse=True)
def copies(tmp_path, monkeypatch):
    """Where copies are made. In the end there is one at most, that which is read, and it can be forgotten."""
    place = tmp_path / "copies"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    yield place
    assert [file.name for folder in place.iterdir() for file in folder.iterdir()] in ([], ["copy.db"])
    reading_copy.forget()
    assert list(place.iterdir()) == []


@pytest.fixture
def counted():
    """Call it for how many users there are in the live table."""

    def count(table="users"):
        with database.connection_context():
            return database.execute_sql(f"SELECT count(*) FROM {table}").fetchone()[0]

    return count
