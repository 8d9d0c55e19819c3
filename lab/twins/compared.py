"""The three sides of a twin, run, and whether they gave or changed the same."""

from dataclasses import dataclass
from typing import Any

from lab.housekeeping import is_housekeeping_table
from lab.sql.limits import MOST_ROWS_OF_SQL
from lab.sql.results import KINDS_OF_CHANGE
from lab.sql.running import run_all_sql, run_sql
from lab.twins.acted import changes_of, statements_of
from lab.twins.twin import Twin


@dataclass
class TwinSide:
    """What one of them gave: its rows, or what it changed. `problem` says why it came to nothing.

    `tables` has for each table that changes its rows, before and after. `ms` are milliseconds, None where nobody knows.
    """

    problem: str
    columns: list[str]
    rows: list[list[Any]]
    tables: dict[str, Any]
    ms: float | None
    plan: list[str]
    cut: str = ""


@dataclass
class Compared:
    """All three. `statements` are what Peewee asked; `gives` is the dictionary of `read()`."""

    python: TwinSide
    peewee: TwinSide
    person: TwinSide
    statements: list[dict[str, Any]]
    gives: str
    is_same: bool


def compared(twin: Twin) -> Compared:
    """Run all three on copies of the same moment."""
    acted = (changes_of([twin.python]) if twin.changes else statements_of([twin.python], MOST_ROWS_OF_SQL))[0]
    person = side_of(run_sql(twin.sql))
    statements = acted["statements"]
    peewee = side_of(run_all_sql([(each["sql"], each["values"]) for each in statements]), first=twin.name == "read")
    python = TwinSide(
        acted["error"], acted["columns"], acted["rows"], changed_tables(acted["changes"]), acted["ms"], []
    )
    others = [python] if twin.is_loop else [python, peewee]
    is_same = all(is_same_as(each, person, "ORDER BY" in twin.sql) for each in others)
    return Compared(python, peewee, person, statements, acted["gives"], is_same)


def side_of(said: dict[str, Any], first: bool = False) -> TwinSide:
    """What statements gave: the rows of the last one, or of the first."""
    given = [each for each in said["statements"] if each["columns"]]
    nothing: dict[str, Any] = {"columns": [], "rows": [], "cut": ""}
    shown = given[0 if first else -1] if given else nothing
    tables = changed_tables(said["changes"])
    columns, rows = ([], []) if said["changes"] is not None else (shown["columns"], shown["rows"])
    milliseconds = sum(each["ms"] for each in said["statements"])
    plans = [words for each in said["statements"] for words in each["plan"]["words"]]
    return TwinSide(said["problem"], columns, rows, tables, milliseconds, list(dict.fromkeys(plans)), shown["cut"])


def changed_tables(changes: dict[str, Any] | None) -> dict[str, Any]:
    """The tables that are other ones than before, without those in which the site itself keeps logins and copies."""
    tables = changes["tables"] if changes else {}
    return {name: table for name, table in tables.items() if not is_housekeeping_table(name)}


def is_same_as(side: TwinSide, other: TwinSide, is_ordered: bool) -> bool:
    """Whether both gave the same rows, and changed the same. Without an order, none is looked for."""
    if side.problem or other.problem:
        return bool(side.problem) == bool(other.problem)
    left, right = side.rows, other.rows
    names = dict(zip(side.columns, range(len(side.columns)), strict=True))
    if len(names) == len(side.columns) == len(other.columns) and set(names) == set(other.columns):
        left = [[row[names[name]] for name in other.columns] for row in left]
    if side.cut or other.cut:  # what was cut at another place is the same up to there
        count = min(len(left), len(right))
        left, right = left[:count], right[:count]
    elif not is_ordered:
        left, right = sorted(left, key=in_some_order), sorted(right, key=in_some_order)
    return left == right and changed_rows_of(side) == changed_rows_of(other)


def in_some_order(row: list[Any]) -> list[str]:
    """Any order, in which a whole number stands where the same one with a point does."""
    return [str(float(cell)) if isinstance(cell, int | float) else str(cell) for cell in row]


def changed_rows_of(side: TwinSide) -> dict[str, Any]:
    """The rows that it changed, by their tables."""
    return {name: [table["rows"], *(table[kind] for kind in KINDS_OF_CHANGE)] for name, table in side.tables.items()}
