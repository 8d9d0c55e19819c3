"""Tables are changed on PostgreSQL as on SQLite."""

import os
from pathlib import Path

import pytest

from models.shared.database import bind_database, database
from models.shared.migrating import drop_tables
from models.shared.schema import prepare
from tests.altered import check_change, every_case, make_old, run_change

URL = os.environ["TEST_DATABASE_URL"]


@pytest.fixture
def change(tmp_path, capsys, monkeypatch):
    """Call it with what an older class has left, then with arguments for the command."""
    monkeypatch.setenv("VOLUMES", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", URL)
    monkeypatch.setenv("SAMPLE_DATA", "none")
    bind_database(Path(), URL)
    with database.connection_context():
        drop_tables()
    prepare()

    def old(*statements):
        make_old("postgresql", statements)
        return lambda *arguments, **options: run_change(capsys, monkeypatch, *arguments, **options)

    yield old
    bind_database(Path(), URL)
    with database.connection_context():
        database.execute_sql("DROP TABLE IF EXISTS puns")  # no class of the next test has it
    database.close_all()


@every_case
def test_each_difference_is_told_and_made_and_brought_back(change, case):
    check_change(change(*case.old), case)
