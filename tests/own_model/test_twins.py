"""The twins of a model of your own: with its fields and names, and equal in rows."""

import pytest

from app import create_app
from config import Settings
from models.shared.database import database

pytest.importorskip("lab")  # it can be taken away

from lab.sql.running import run_all_sql, run_sql
from lab.twins.acted import changes_of, statements_of
from lab.twins.compared import TwinSide, changed_rows_of, changed_tables, is_same_as
from lab.twins.texts import models_with_twins, twins_of


@pytest.fixture(autouse=True)
def connected(tmp_path):
    """A site in lesson mode, and a connection to its database."""
    create_app(Settings(volumes=tmp_path / "volumes", sample_data="lesson"))
    with database.connection_context():
        yield
    database.close_all()


def some_side(columns=(), rows=(), tables=None):
    return TwinSide("", list(columns), list(rows), tables or {}, 0, [])


def test_the_texts_have_the_models_own_names():
    texts = {each.name: (each.python, each.sql) for each in twins_of(models_with_twins()["planets"])}
    python, sql = texts["create"]
    assert python.startswith('Planet.create(owner=2, name="Saturn2", code="')
    assert sql.startswith("INSERT INTO planets (owner_id, name, notes, moons, rings, code, size)")
    assert "JOIN users ON users.id = planets.owner_id" in texts["join"][1]


def test_a_name_that_is_a_word_of_sql_is_in_quotes():
    assert 'FROM "delete"' in next(each.sql for each in twins_of(models_with_twins()["delete"]) if each.name == "all")


@pytest.mark.parametrize("table", ["planets", "branches", "shelves", "delete", "stars"])
def test_each_pair_of_queries_gives_the_same_rows(table):
    twins = [each for each in twins_of(models_with_twins()[table]) if not each.changes]
    acted = statements_of([each.python for each in twins], 1000)
    answers = run_all_sql([(each.sql, ()) for each in twins])
    assert answers["problem"] == ""
    for twin, python, person in zip(twins, acted, answers["statements"], strict=True):
        assert python["error"] == "", twin.python
        given = some_side(python["columns"], python["rows"])
        assert is_same_as(given, some_side(person["columns"], person["rows"]), "ORDER BY" in twin.sql), twin.python


@pytest.mark.parametrize("table", ["planets", "branches"])
def test_each_pair_that_changes_rows_changes_the_same(table):
    twins = [each for each in twins_of(models_with_twins()[table]) if each.changes]
    assert [each.name for each in twins] == ["create", "update", "delete"]
    for twin, python in zip(twins, changes_of([each.python for each in twins]), strict=True):
        changes = [python["changes"], run_sql(twin.sql)["changes"]]
        by_python, by_person = (changed_rows_of(some_side(tables=changed_tables(each))) for each in changes)
        assert by_python == by_person, twin.python
        assert by_python[table]
