"""What came of statements, as it is kept for a while and told to programs."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any

from models.shared.tokens import new_token

MOST_RESULTS = 10  # that are remembered
KINDS_OF_CHANGE = ("gone", "new", "changed")


@dataclass
class SqlResult:
    """What came of the text `sql`. It is found again by its `key`, which nobody can guess."""

    key: str
    sql: str
    said: dict[str, Any]
    reason: str = ""  # why it cannot be done for real; also nothing when nothing would change
    done: str = ""  # what was done for real

    @property
    def problem(self) -> str:
        """Why it came to nothing."""
        return str(self.said["problem"])

    @property
    def changes(self) -> dict[str, Any] | None:
        """What would be another one afterwards; None for what only reads."""
        found: dict[str, Any] | None = self.said["changes"]
        return found

    @property
    def statements(self) -> list[dict[str, Any]]:
        """What each statement said."""
        found: list[dict[str, Any]] = self.said["statements"]
        return found

    @property
    def rows_from(self) -> dict[str, Any] | None:
        """The last statement that gave rows."""
        return next((each for each in reversed(self.statements) if each["columns"]), None)


class SqlResults:
    """The last ones, by their keys."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.kept: OrderedDict[str, SqlResult] = OrderedDict()

    def add(self, sql: str, said: dict[str, Any]) -> SqlResult:
        """Remember one, and forget the oldest."""
        result = SqlResult(new_token(), sql, said)
        with self.lock:
            self.kept[result.key] = result
            while len(self.kept) > MOST_RESULTS:
                self.kept.popitem(last=False)
        return result

    def get(self, key: str) -> SqlResult | None:
        """None when it is forgotten."""
        with self.lock:
            return self.kept.get(key)


sql_results = SqlResults()


def result_as_json(result: SqlResult) -> dict[str, Any]:
    """For programs: of a query its columns and rows, of what changes something the rows by their tables."""
    found: dict[str, Any] = {}
    last = result.rows_from or (result.statements[-1] if result.statements else None)
    if last and (last["columns"] or result.changes is None):
        found |= {name: last[name] for name in ("columns", "rows", "cut")}
    found["plan"] = last["plan"] if last else None
    found["ms"] = round(sum(each["ms"] for each in result.statements), 2)
    if result.changes is not None:
        found["changes"] = {name: changes_as_json(each) for name, each in result.changes["tables"].items()}
        found["tables"] = result.changes["schema"]
        found["touches"] = [touched_as_json(each) for each in result.said["touches"]]
        found["notes"] = result.said["notes"]
    if len(result.statements) > 1:
        found["statements"] = [part_as_json(each) for each in result.statements]
    return found


def changes_as_json(table: dict[str, Any]) -> dict[str, Any]:
    """The first rows of a table that are gone, new and changed, and how many there are."""
    found: dict[str, Any] = {kind: [] for kind in KINDS_OF_CHANGE}
    for row in table["rows"]:
        both = {"before": row["before"], "after": row["after"]}
        found[row["is"]].append(both if row["is"] == "changed" else row["before"] or row["after"])
    return found | {"counts": {name: table[name] for name in (*KINDS_OF_CHANGE, "before", "after")}}


def touched_as_json(touched: list[list[str]]) -> list[dict[str, str]]:
    """Which rows a statement would write, and by which trigger."""
    return [{"table": table, "what": what, "by": by} for table, what, by in touched]


def part_as_json(statement: dict[str, Any]) -> dict[str, Any]:
    """One of several."""
    return {name: statement[name] for name in ("sql", "columns", "rows", "cut", "changed", "plan", "ms")}
