"""What SQLite says of a plan, in words. It needs the standard library only, for a process that starts quickly."""

import re
from collections.abc import Callable
from typing import Any

from lab.plan import Plan
from lab.sql_words import named_tables

LOOK = re.compile(r"(SEARCH|SCAN) (?:TABLE )?(.+?)(?: (?:USING|VIRTUAL) (.+))?")
USED = re.compile(r"(?:AUTOMATIC )?(?:PARTIAL )?(COVERING )?INDEX (\S+)(?: \((.*)\))?")
COLUMN_OF_INDEX = re.compile(r"([^\s(]+?)(?:=|<|>)\?")
SORTS = {
    "ORDER BY": "puts them in order, as no index has that order",
    "GROUP BY": "puts them in groups, as no index has that order",
    "DISTINCT": "leaves out what it has already",
}
# What only says how the parts of a plan belong together.
SAID_BY_OTHERS: tuple[str, ...] = (
    "LIST SUBQUERY",
    "SCALAR SUBQUERY",
    "CORRELATED",
    "REUSE",
    "MULTI-INDEX OR",
    "INDEX ",
)
SAID_BY_OTHERS += ("SCAN CONSTANT ROW", "SETUP", "RECURSIVE STEP", "LEFT", "RIGHT", "COMPOUND", "CO-ROUTINE")
SAID_BY_OTHERS += ("MATERIALIZE", "MERGE", "UNION", "EXCEPT", "INTERSECT", "BLOOM FILTER")


def plan_in_words(sql: str, steps: list[Any], execute: Callable[..., Any]) -> Plan:
    """What the steps of EXPLAIN QUERY PLAN say. `execute` is asked for the columns of an index."""
    tables = named_tables(sql)
    inner = inner_steps(steps)
    words, scanned, is_sorted = [], [], False
    reads = "reads every row of {}" if must_read_all(sql, steps) else "reads rows of {} until there are enough"
    for number, _, _, detail in steps:
        looked = LOOK.fullmatch(detail)
        if looked and detail != "SCAN CONSTANT ROW":
            name = tables.get(looked[2], looked[2])
            each_time = "each time " if number in inner else ""
            words.append(each_time + looked_words(execute, looked[1], name, looked[3] or "", reads))
            if looked[1] == "SCAN" and not looked[3] and looked[2] in tables:
                scanned.append(name)
        elif detail.startswith("USE TEMP B-TREE FOR"):
            is_sorted = is_sorted or detail.endswith("ORDER BY")
            words.append(next((text for word, text in SORTS.items() if detail.endswith(word)), detail.lower()))
        elif not detail.startswith(SAID_BY_OTHERS):
            words.append(detail.lower())
    return Plan(tuple(dict.fromkeys(words)), tuple(scanned), is_sorted)


def inner_steps(steps: list[Any]) -> set[int]:
    """The numbers of those that are done again for each row."""
    inner: set[int] = set()
    for number, parent, _, detail in steps:
        if parent in inner or detail.startswith("CORRELATED"):
            inner.add(number)
    return inner


def must_read_all(sql: str, steps: list[Any]) -> bool:
    """Whether a table is read to its end: to sort it, to count, or as nobody asks for fewer."""
    has_limit = " LIMIT " in sql.upper() and not sql.upper().startswith("SELECT COUNT(")
    return not has_limit or any("B-TREE" in detail for *_, detail in steps)


def looked_words(execute: Callable[..., Any], way: str, table: str, used: str, reads: str) -> str:
    """One way to find rows, as `searches users by the index on _uid`. `reads` is that of one without an index."""
    found = USED.fullmatch(used)
    if used.startswith("TABLE INDEX"):
        return f"searches {table}, which is an index itself"
    if used.startswith("INTEGER PRIMARY KEY"):
        return f"searches {table} by its id"
    if not found:
        return f"looks at one end of {table}" if way == "SEARCH" else reads.format(table)
    _, index, compared = found.groups()
    if used.startswith("AUTOMATIC"):
        columns = in_a_row(COLUMN_OF_INDEX.findall(compared or used))
        return f"makes an index of {table} on {columns} for this once, and searches by it"
    columns = in_a_row(COLUMN_OF_INDEX.findall(compared or "") or indexed(execute, index))
    if way == "SCAN":
        return f"goes through the index of {table} on {columns}"
    return f"searches {table} by the index on {columns}"


def indexed(execute: Callable[..., Any], index: str) -> list[str]:
    """The columns of an index."""
    return [str(name) for (name,) in execute("SELECT name FROM pragma_index_info(?)", [index]) if name]


def in_a_row(columns: list[str]) -> str:
    """Several names."""
    different = list(dict.fromkeys(columns))
    return " and ".join(filter(None, [", ".join(different[:-1]), different[-1]])) if different else "something"
