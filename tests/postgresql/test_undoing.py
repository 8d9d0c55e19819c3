"""Undoing changes is alike on PostgreSQL."""

import os
from pathlib import Path

import pytest

from models.shared.database import bind_database, database
from models.shared.migrating import drop_tables
from models.shared.schema import prepare
from tests.models.shared.history import test_undoing as on_sqlite
from tests.models.shared.history.test_undoing import ada, post

__all__ = ["ada", "post"]
NOT_HERE = "test_what_the_shell_wrote_is_undone_too"
pytestmark = pytest.mark.usefixtures("tables")


@pytest.fixture
def tables():
    """Empty tables on the server, and a connection to them."""
    bind_database(Path(), os.environ["TEST_DATABASE_URL"])
    with database.connection_context():
        drop_tables()
    prepare()
    with database.connection_context():
        yield
    database.close_all()


for name, each in vars(on_sqlite).items():
    if name.startswith("test_") and name != NOT_HERE:
        globals()[name] = each
