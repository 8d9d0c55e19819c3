"""How many rows have which value is counted in the database, whatever stands there, and in few bars."""

import math
import sqlite3
from contextlib import closing
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playhouse.test_utils import assert_query_count

from models.post import Post
from models.shared import totals
from models.shared.counts import countable, counts_of
from models.shared.database import database
from models.shared.listing import rows_of_list
from models.shared.row_checks import Invalid
from models.user import User
from tests.counted import CASES, Thing, check_case, counted, put

pytestmark = pytest.mark.usefixtures("tables")
in_one_table = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize(("name", "values", "expected"), CASES)
def test_every_kind_is_counted_in_its_way(name, values, expected):
    check_case(name, values, expected)


@pytest.mark.parametrize("name", countable(Thing))
def test_it_is_one_query_and_an_empty_table_has_no_bars(name):
    put(name, [])
    with assert_query_count(1):
        counts = counts_of(Thing.select(), name)
    assert (counts.total, counts.others, sum(bar.number for bar in counts.bars)) == (0, 0, 0)


@pytest.mark.parametrize("name", countable(Thing))
def test_a_column_of_nothing_is_one_bar(name):
    put(name, [None] * 3)
    assert [bar for bar in counted(name) if bar[2]] == [(None, None, 3)]


def test_what_differs_from_row_to_row_or_is_long_or_not_shown_is_not_counted():
    assert countable(Thing) == tuple("text size number stars huge share price truth day time other".split())
    assert countable(User) == ("name", "role", "dob")
    assert countable(Post) == ("user", "alt", "created", "group")


def test_of_many_values_the_most_frequent_have_bars_and_the_others_are_told_together():
    put("text", [f"t{number}" for number in range(100) for _ in range(1 + (number == 77))] + [None] * 5)
    counts = counts_of(Thing.select(), "text")
    assert counted("text")[0] == ("t77", None, 2)
    assert len(counts.bars) == 21
    assert counts.bars[-1] == (None, 5, None)
    assert (counts.total, counts.others) == (106, 80)


def test_rows_without_a_value_have_their_bar_also_where_they_are_the_fewest():
    put("text", [f"t{number}" for number in range(40)] * 2 + [None])
    counts = counts_of(Thing.select(), "text")
    assert counts.bars[-1] == (None, 1, None)
    assert (len(counts.bars), counts.others) == (21, 40)


def test_what_somebody_typed_into_the_table_counts_as_nothing():
    put("text", [None] * 9)
    typed = [
        *("number = 'many', share = 9e999, price = 1e300, day = '31/02', time = 'now'", "number = 2.5, day = 5"),
        *("number = x'00', share = 'x', day = '2026-02-31', time = '2026-13-01'", "number = -9223372036854775808"),
        *("truth = 'yes', size = x'ff'", "huge = 3, number = 7, day = '2026-02-01', share = 2, price = 3"),
    ]
    with closing(sqlite3.connect(database.database)) as program:
        for number, line in enumerate(typed, start=1):
            program.execute(f"update thing set {line} where id = {number}")
        program.commit()
    assert counted("number") == [(7, 8, 1), (None, None, 8)]
    assert counted("share")[-1] == counted("price")[-1] == counted("huge")[-1] == counted("day")[-1] == (None, None, 8)
    assert counted("day")[0] == ("2026-02-01", "2026-02-02", 1)
    assert counted("time") == [(None, None, 9)]
    assert counted("truth") == [(True, None, 0), (False, None, 0), (None, None, 9)]
    assert counted("size") == [("s", None, 0), ("l", None, 0), (None, None, 9)]


@in_one_table
@given(st.lists(st.integers(-(2**63) + 1, 2**63 - 1) | st.integers(-50, 50), min_size=1, max_size=8))
def test_each_whole_number_is_in_its_range(numbers):
    put("huge", numbers)
    bars = counted("huge")
    assert len(bars) <= 21
    assert [number for *_, number in bars] == [sum(low <= each < below for each in numbers) for low, below, _ in bars]


@in_one_table
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=8))
def test_each_float_is_in_a_bar_and_every_edge_is_a_number(numbers):
    put("share", numbers)
    bars = counted("share")
    assert len(bars) <= 22
    assert sum(number for *_, number in bars) == len(numbers)
    assert all(math.isfinite(edge) for bar in bars for edge in bar[:2])


@in_one_table
@given(st.lists(st.dates(), min_size=1, max_size=8))
def test_each_day_is_in_its_span(dates):
    put("day", dates)
    bars = [(date.fromisoformat(first), below, number) for first, below, number in counted("day")]
    assert len(bars) <= 101
    held = [sum(first <= day and (not below or day.isoformat() < below) for day in dates) for first, below, _ in bars]
    assert [number for *_, number in bars] == held


def test_the_rows_of_a_list_are_counted_with_its_search_and_its_filters():
    for number, role in enumerate(("user", "user", "admin")):
        User.create(name=f"Ada {number}", uid=f"ada{number}", role=role)
    User.create(name="Émile", uid="emile")

    def roles(**asked):
        return [bar.number for bar in counts_of(rows_of_list(User.select(), **asked), "role").bars]

    assert roles() == [3, 1]
    assert roles(search="emile") == [1, 0]
    assert roles(role="admin") == [0, 1]
    assert roles(search="ada", role="user") == [2, 0]
    with pytest.raises(Invalid, match="password_hash is not a field"):
        roles(password_hash="x")


def test_slow_counts_are_remembered_until_somebody_writes(monkeypatch):
    monkeypatch.setattr(totals, "SLOW_COUNT", 0)
    put("number", [1, 2, 2])
    assert counted("number") == [(1, 2, 1), (2, 3, 2)]
    with assert_query_count(0):
        assert counted("number") == [(1, 2, 1), (2, 3, 2)]
    with closing(sqlite3.connect(database.database)) as program:
        program.execute("update thing set number = 1")
        program.commit()
    assert counted("number") == [(1, 2, 3)]
