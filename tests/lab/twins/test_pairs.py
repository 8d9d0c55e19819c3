"""Twins are equal: what Python gives or changes, Peewee's SQL does too, and a person's SQL as well."""

import pytest

from lab.sql.running import run_all_sql, run_sql
from lab.twins.acted import changes_of, statements_of
from lab.twins.compared import TwinSide, changed_rows_of, changed_tables, is_same_as, side_of
from lab.twins.texts import models_with_twins, twins_of
from models.shared.database import database


@pytest.mark.parametrize("table", ["users", "posts", "jokes"])
def test_each_pair_of_queries_gives_the_same_rows(here, table):
    with database.connection_context():
        twins = [each for each in twins_of(models_with_twins()[table]) if not each.changes]
        acted = statements_of([each.python for each in twins], 1000)
        answers = run_all_sql([(each.sql, ()) for each in twins])
        asked = run_all_sql([(each["statements"][0]["sql"], each["statements"][0]["values"]) for each in acted])
    assert (answers["problem"], asked["problem"]) == ("", "")
    assert len(twins) > 6
    for twin, python, person, peewee in zip(twins, acted, answers["statements"], asked["statements"], strict=True):
        sides = [side(python["columns"], python["rows"]), side(peewee["columns"], peewee["rows"])]
        assert python["error"] == ""
        assert python["rows"] or twin.name == "null", twin.name
        for each in sides[:1] if twin.is_loop else sides:
            assert is_same_as(each, side(person["columns"], person["rows"]), "ORDER BY" in twin.sql), twin.name


@pytest.mark.parametrize(
    ("table", "counts"),
    [
        ("users", {"create": (0, 1, 0), "update": (0, 0, 1), "delete": (1, 0, 0)}),
        ("posts", {"create": (0, 1, 0), "update": (0, 0, 1), "delete": (1, 0, 0)}),
        ("jokes", {"create": (0, 1, 0), "update": (0, 0, 1), "delete": (1, 0, 0)}),
    ],
)
def test_each_pair_that_changes_rows_changes_the_same(here, table, counts):
    with database.connection_context():
        twins = [each for each in twins_of(models_with_twins()[table]) if each.changes]
        acted = changes_of([each.python for each in twins])
        for twin, python in zip(twins, acted, strict=True):
            peewee = run_all_sql([(each["sql"], each["values"]) for each in python["statements"]])
            sides = [changed_tables(each["changes"]) for each in (python, run_sql(twin.sql), peewee)]
            changed, *others = [changed_rows_of(side(tables=each)) for each in sides]
            assert others == [changed, changed], twin.name
            assert tuple(changed[table][1:]) == counts.pop(twin.name)
    assert counts == {}


def test_what_goes_along_is_the_same_too(here):
    with database.connection_context():
        twin = next(each for each in twins_of(models_with_twins()["users"]) if each.name == "delete")
        (acted,) = changes_of([twin.python])
    assert acted["changes"]["tables"]["posts"]["gone"] == 2


def side(columns=(), rows=(), tables=None):
    return TwinSide("", list(columns), list(rows), tables or {}, 0, [])


@pytest.mark.parametrize(
    ("other", "is_ordered", "is_same"),
    [
        (side(["a", "b"], [[1, "x"], [2, "y"]]), True, True),
        (side(["b", "a"], [["x", 1], ["y", 2]]), True, True),
        (side(["a", "b"], [[2, "y"], [1, "x"]]), True, False),
        (side(["a", "b"], [[2, "y"], [1.0, "x"]]), False, True),
        (side([], [[1, "x"], [2, "y"]]), True, True),
        (side(["a", "b"], [[1, "x"]]), False, False),
        (side(["a", "b"], [[1, "x"], [2, None]]), False, False),
        (side(["a", "a"], [[1, "x"], [2, "y"]]), True, True),
    ],
)
def test_rows_are_the_same_in_any_order_of_their_columns(other, is_ordered, is_same):
    assert is_same_as(other, side(["a", "b"], [[1, "x"], [2, "y"]]), is_ordered) == is_same


def test_of_one_that_was_cut_the_rows_up_to_there_are_compared():
    cut = TwinSide("", ["a"], [[3], [2]], {}, 0, [], cut="Only the first 2 rows are shown.")
    assert is_same_as(side(["a"], [[3], [2], [1]]), cut, False)
    assert not is_same_as(side(["a"], [[3], [1], [2]]), cut, False)


def test_one_that_is_refused_is_not_the_same_as_one_that_is_done():
    refused = TwinSide("Invalid: name is required", [], [], {}, 0, [])
    assert not is_same_as(refused, side(), False)
    assert is_same_as(refused, TwinSide("NOT NULL constraint failed", [], [], {}, 0, []), False)


def test_what_a_query_gives_is_that_of_its_last_statement_and_of_read_that_of_the_first(here):
    said = run_sql("select 1 as one; select 2 as two")
    assert side_of(said).rows == [[2]]
    assert side_of(said, first=True).columns == ["one"]
