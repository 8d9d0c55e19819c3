"""A table that no longer fits its class is changed with its rows, or it is told what is in the way."""

import sqlite3
from contextlib import closing

import pytest

from models.shared.database import bind_database, database
from models.shared.schema import prepare

pytest.register_assert_rewrite("tests.altered")

from tests.altered import CASES, check_change, every_case, jokes_now, make_old, run_change, whole


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("VOLUMES", str(tmp_path))
    monkeypatch.setenv("SAMPLE_DATA", "none")
    bind_database(tmp_path / "sqlite.db")
    prepare()
    yield tmp_path
    database.close_all()


@pytest.fixture
def change(place, capsys, monkeypatch):
    """Call it with what an older class has left, then with arguments for the command."""

    def old(*statements):
        make_old("sqlite", statements)
        return lambda *arguments, **options: run_change(capsys, monkeypatch, *arguments, **options)

    return old


@every_case
def test_each_difference_is_told_and_made_and_brought_back(change, case):
    check_change(change(*case.old), case)
