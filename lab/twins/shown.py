"""What Peewee asks, as a page shows it: with its values, what is alike once, the site's own keeping apart."""

from typing import Any, NamedTuple

from lab.housekeeping import is_housekeeping_table
from lab.literals import with_literals
from lab.secrets import Secrets
from lab.sql_words import in_lines, main_table
from lab.twins.acted import NotActed, statements_of
from lab.twins.caught import sql_of_expression
from lab.twins.twin import Twin
from lab.twins.typed import NotOpen
from models.shared.database import is_sqlite

ONLY_ON_SQLITE = "On PostgreSQL this is not run, as there is no copy to run it on."


class ShownStatement(NamedTuple):
    """A statement in lines, and how many `more` are like it, with other values. `is_quiet` for the site's own."""

    sql: str
    more: int
    is_quiet: bool


class ShownTwin(NamedTuple):
    """A twin and what Peewee asks for it; or the `problem` why that is not known."""

    twin: Twin
    statements: list[ShownStatement]
    problem: str


def shown_twins(twins: list[Twin]) -> list[ShownTwin]:
    """All of a page: on a copy they are run by one process."""
    if not is_sqlite():
        return [without_running(twin) for twin in twins]
    try:
        found = statements_of([twin.python for twin in twins])
    except NotActed as error:
        return [ShownTwin(twin, [], str(error)) for twin in twins]
    return [ShownTwin(t, shown_statements(f["statements"]), f["error"]) for t, f in zip(twins, found, strict=True)]


def without_running(twin: Twin) -> ShownTwin:
    """What Peewee makes of a query, without asking it."""
    try:
        sql, values = sql_of_expression(twin.python)
    except NotOpen:
        return ShownTwin(twin, [], ONLY_ON_SQLITE)
    return ShownTwin(twin, shown_statements([{"sql": sql, "values": values}]), "")


def shown_statements(statements: list[dict[str, Any]]) -> list[ShownStatement]:
    """Those that are alike are told once, where the first one stands."""
    alike: dict[str, list[Any]] = {}
    for each in statements:
        alike.setdefault(each["sql"], []).append(each["values"])
    return [
        ShownStatement(in_one_text(sql, values[0]), len(values) - 1, is_quiet(sql)) for sql, values in alike.items()
    ]


def in_one_text(sql: str, values: list[Any]) -> str:
    """With its values, in lines, and without secrets."""
    return Secrets().hide(with_literals(in_lines(sql), values))


def is_quiet(sql: str) -> bool:
    """Whether it is the site's own keeping, or only prepares for others."""
    return is_housekeeping_table(main_table(sql)) or sql.startswith("PRAGMA")
