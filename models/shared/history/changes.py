"""Changes as they are asked for: the newest first, of a person, a table, a row, a day, or what was deleted."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import and_
from typing import Any, NamedTuple

from peewee import SQL, Case, fn

from models.change import Change
from models.changed_row import ChangedRow

SHOWN_ROWS = 5  # of one change, in a list
MARGIN = 1000  # changes that may be written at once, and end in another order


class Which(NamedTuple):
    """Which changes: those of a `person`, of rows of a `table` or one of it, of a `day`, before one in a list."""

    person: int | None = None
    table: str | None = None
    row: int | None = None
    only_deleted: bool = False
    day: date | None = None
    before: int | None = None


EVERY = Which()


def newest_changes(which: Which, most: int) -> list[Change]:
    """At most so many of them. Those that are still being written are not there yet."""
    where = conditions(which)
    if which.row is not None:
        where.append(Change.id.in_(ChangedRow.select(ChangedRow.change).where(*row_conditions(which))))
    elif which.table is not None or which.only_deleted:
        return of_rows(which, where, most)
    where += numbers(which, Change.id)
    return list(Change.select().where(*where).order_by(Change.id.desc()).limit(most))


def of_rows(which: Which, where: list[Any], most: int) -> list[Change]:
    """From an index of such rows, as they may be few among many."""
    ids = [number for (number,) in of_rows_query(which, where, most).tuples()]
    return list(Change.select().where(Change.id.in_(ids)).order_by(Change.id.desc()))


def of_rows_query(which: Which, where: list[Any], most: int) -> Any:
    """Their numbers."""
    rows: Any = ChangedRow.select(ChangedRow.change).distinct().join(Change).where(*where)
    rows = rows.where(*row_conditions(which), *numbers(which, Change.id, ChangedRow.change))
    return rows.order_by(ChangedRow.change.desc()).limit(most)


def row_conditions(which: Which) -> list[Any]:
    """What the rows of such changes meet that are asked for; nothing where all are."""
    found: list[Any] = [] if which.table is None else [ChangedRow.table_name == which.table]
    if which.row is not None:
        found.append(ChangedRow.row_id == which.row)
    if which.only_deleted:
        found.append(SQL("done = 'delete'"))  # as the index of them says it, which takes no parameter
    return found


def conditions(which: Which) -> list[Any]:
    """What such changes meet, but for their numbers."""
    found = [Change.created.is_null(False)]
    if which.person is not None:
        found.append(Change.person == which.person)
    if which.day:
        found.append(Change.created.between(*of_day(which.day)))
    return found


def numbers(which: Which, *columns: Any) -> Iterator[Any]:
    """Between which ones they are: numbers are given in the order of time, so a day is narrowed by its ends."""
    if which.before is not None:
        yield from (column < which.before for column in columns)
    if which.day:
        theirs = Change.select(Change.id).where(Change.created.between(*of_day(which.day)))
        ends = [theirs.order_by(order).limit(1).scalar() for order in (Change.created, Change.created.desc())]
        if None not in ends:
            yield from (column.between(ends[0] - MARGIN, ends[1] + MARGIN) for column in columns)


def of_day(day: date) -> tuple[datetime, datetime]:
    """Its first and its last second."""
    start = datetime.combine(day, time())
    return start, start + timedelta(days=1, seconds=-1)


def since(person: int, moment: datetime) -> list[Change]:
    """What somebody has done since then, and nobody has undone; the newest first."""
    theirs = (Change.person == person) & (Change.created >= moment)
    open_ones = Change.undone_by.is_null() & Change.label.is_null()
    return list(Change.select().where(theirs, open_ones).order_by(Change.id.desc()))


class RowsOfChange(NamedTuple):
    """What a change did: the first rows, and how many there are in all."""

    rows: list[ChangedRow]
    total: int


def rows_of_changes(changes: Sequence[Change], most: int = SHOWN_ROWS, which: Which = EVERY) -> dict[int, RowsOfChange]:
    """By the ids of the changes, in one query; of their rows those that are asked for."""
    ids = [change.id for change in changes]
    window: dict[str, Any] = {"partition_by": [ChangedRow.change]}
    asked = row_conditions(which)
    fits: Any = Case(None, [(reduce(and_, asked), 1)], 0) if asked else SQL("1")
    number = fn.ROW_NUMBER().over(order_by=[fits.desc(), ChangedRow.id] if asked else [ChangedRow.id], **window)
    total = fn.COUNT(ChangedRow.id).over(**window).alias("total")
    told = (number.alias("number"), fits.alias("fits"), total)
    numbered = ChangedRow.select(ChangedRow, *told).where(ChangedRow.change.in_(ids)).alias("numbered")
    columns = [getattr(numbered.c, each.column_name).alias(each.name) for each in ChangedRow._meta.sorted_fields]
    rows: Any = ChangedRow.select(*columns, numbered.c.total).from_(numbered)
    rows = rows.where(numbered.c.number <= most, numbered.c.fits == 1)
    found = {number: RowsOfChange([], 0) for number in ids}
    for row in rows.order_by(numbered.c.id):
        known = found[row.change_id]
        found[row.change_id] = RowsOfChange([*known.rows, row], row.total)
    return found
