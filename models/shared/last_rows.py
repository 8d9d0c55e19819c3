"""The newest row of each of several tables, in one query."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from models.shared.database import database
from models.shared.drivers import fetch_all
from models.shared.prepared import Prepared, prepared

AT_ONCE = 30  # tables in one query: SQLite joins 64, and the more there are, the longer it thinks


def last_rows(queries: Sequence[Any]) -> list[Any]:
    """The row with the highest id of each query, in this order; None for one that has no rows."""
    asked = [last_row(query) for query in queries]
    parts = [asked[start : start + AT_ONCE] for start in range(0, len(asked), AT_ONCE)]
    return [row for part in parts for row in rows_beside_each_other(part)]


@prepared
def last_row(query: Any) -> Any:
    """The row with the highest id."""
    return query.order_by(query.model.id.desc()).limit(1)


def rows_beside_each_other(asked: list[Prepared]) -> list[Any]:
    """What each of these finds, at most one row. They are joined, so the columns of all are in one line."""
    joins = " ".join(f"LEFT JOIN ({each.sql}) AS part{number} ON 1 = 1" for number, each in enumerate(asked))
    parameters = [value for each in asked for value in each.parameters()]
    ask = partial(database.execute_sql, f"SELECT * FROM (SELECT 1 AS one) AS start {joins}", parameters)  # noqa: S608
    (line,) = fetch_all(ask(), ask)
    values, rows = iter(line[1:]), []
    for each in asked:
        found = [next(values) for _ in each.query._returning]
        is_there = any(value is not None for value in found)
        rows.append(made_of(each, found) if is_there else None)
    return rows


def made_of(asked: Prepared, values: list[Any]) -> Any:
    """The row of these values."""
    maker = asked.query.maker
    return maker(values) if maker else asked.rows()[0]  # its class makes rows in its own way, so Peewee asks again
