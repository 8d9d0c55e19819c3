"""Changes as they are asked for: the newest first, of a person, a table, a row or a day; each list is one query."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from peewee import fn

from models.change import Change
from models.changed_row import ChangedRow

SHOWN_ROWS = 5  # of one change, in a list


class Which(NamedTuple):
    """Which changes: those of a `person`, of rows of a `table`, of one row of it, of a `day`, before one in a list."""

    person: int | None = None
    table: str | None = None
    row: int | None = None
    day: date | None = None
    before: int | None = None


def newest_changes(which: Which, most: int) -> list[Change]:
    """At most so many of them. Those that are still being written are not there yet."""
    query = Change.select().where(Change.created.is_null(False))
    if which.person is not None:
        query = query.where(Change.person == which.person)
    if which.day:
        start = datetime.combine(which.day, time())
        query = query.where((Change.created >= start) & (Change.created < start + timedelta(days=1)))
    if which.table is None:
        if which.before is not None:
            query = query.where(Change.id < which.before)
        return list(query.order_by(Change.id.desc()).limit(most))
    # From the table's own index, as its rows may be few among many.
    rows = query.select(ChangedRow.change).distinct().join(ChangedRow).where(ChangedRow.table_name == which.table)
    if which.row is not None:
        rows = rows.where(ChangedRow.row_id == which.row)
    if which.before is not None:
        rows = rows.where(ChangedRow.change < which.before)
    found: Any = rows.order_by(ChangedRow.change.desc()).limit(most).tuples()
    ids = [number for (number,) in found]
    return list(Change.select().where(Change.id.in_(ids)).order_by(Change.id.desc()))


def since(person: int, moment: datetime) -> list[Change]:
    """What somebody has done since then, and nobody has undone; the newest first."""
    theirs = (Change.person == person) & (Change.created >= moment)
    open_ones = Change.undone_by.is_null() & Change.label.is_null()
    return list(Change.select().where(theirs, open_ones).order_by(Change.id.desc()))


class RowsOfChange(NamedTuple):
    """What a change did: the first rows, and how many there are in all."""

    rows: list[ChangedRow]
    total: int


def rows_of_changes(changes: Sequence[Change], most: int = SHOWN_ROWS) -> dict[int, RowsOfChange]:
    """By the ids of the changes, in one query."""
    ids = [change.id for change in changes]
    window: dict[str, Any] = {"partition_by": [ChangedRow.change]}
    number = fn.ROW_NUMBER().over(order_by=[ChangedRow.id], **window).alias("number")
    total = fn.COUNT(ChangedRow.id).over(**window).alias("total")
    numbered = ChangedRow.select(ChangedRow, number, total).where(ChangedRow.change.in_(ids)).alias("numbered")
    columns = [getattr(numbered.c, each.column_name).alias(each.name) for each in ChangedRow._meta.sorted_fields]
    rows: Any = ChangedRow.select(*columns, numbered.c.total).from_(numbered).where(numbered.c.number <= most)
    found = {number: RowsOfChange([], 0) for number in ids}
    for row in rows.order_by(numbered.c.id):
        known = found[row.change_id]
        found[row.change_id] = RowsOfChange([*known.rows, row], row.total)
    return found
