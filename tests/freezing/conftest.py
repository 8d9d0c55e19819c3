"""A site of sample rows, and what freezing it makes of a folder."""

from functools import partial

import pytest

from models.shared.database import bind_database, database
from tests.typed import typed


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


@pytest.fixture
def freeze(place, capsys, out):
    """Call it with options; it gives what the command prints, its errors, and its exit code."""
    return partial(typed, capsys, "freeze", out)


@pytest.fixture
def rows(place):
    """Call it with a function that writes rows."""

    def write(function):
        bind_database(place / "sqlite.db")
        with database.connection_context(), database.atomic():
            function()
        database.close_all()

    return write


def files_in(folder):
    """The content of each public file, by its name."""
    found = {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    return {name: content for name, content in found.items() if not name.startswith(".freeze/")}
