"""The tables say what was measured, and a dash where there is nothing to measure."""

from benchmarks.names import PLAIN, POCKETBASE, VISITOR
from benchmarks.report import all_tables, in_columns, in_markdown, of_million

VISITORS = {"name": VISITOR, "written": "WAL", "start": 200.0, "memory": 40.0, "list": 6000.0, "cpu": {"list": 0.157}}
PEER = {"name": PLAIN, "written": "WAL", "start": 100.0, "memory": 32.0, "list": 1500.4, "cpu": {"list": 0.5}}


def test_each_peer_has_a_line():
    rates, _ratios, computing = all_tables({"peers": [VISITORS, PEER]})
    assert rates[1:] == [
        [VISITOR, "200", "40", "6,000", "–", "–", "–", "–", "WAL"],
        [PLAIN, "100", "32", "1,500", "–", "–", "–", "–", "WAL"],
    ]
    assert computing[1:] == [[VISITOR, "0.16", "–", "–", "–", "–"], [PLAIN, "0.50", "–", "–", "–", "–"]]


def test_a_ratio_is_told_where_both_have_been_measured():
    assert all_tables({"peers": [VISITORS, PEER]})[1][1:] == [
        [f"{VISITOR} ÷ {PLAIN}", "2.00", "1.25", "4.00", "–", "–", "–", "–"]
    ]
    alone = [VISITORS, PEER | {"name": POCKETBASE.lower()}]
    assert len(all_tables({"peers": alone})) == 2


def test_a_million_is_told_beside_a_few():
    few = {"users": 100, "rows_a_second": 300.0, "answers": {"first page": 2.0}}
    many = {"users": 1000000, "rows_a_second": 100000.4, "answers": {"first page": 3.0}}
    heads, page, seeded = of_million({"few": few, "many": many})
    assert heads == ["", "100 users, ms", "1,000,000 users, ms", "÷"]
    assert page == ["first page", "2.0", "3.0", "1.50"]
    assert seeded == ["rows put in a second", "300", "100,000", "333.33"]


def test_columns_stand_below_each_other():
    assert (
        in_columns([["", "list"], ["ours", "1,000"], ["a peer", "5"]]) == "         list\nours    1,000\na peer      5"
    )


def test_the_page_has_a_table_of_markdown():
    assert in_markdown([["", "list"], ["ours", "1,000"]]) == "|  | list |\n| --- | ---: |\n| ours | 1,000 |"
