"""What is asked of the history, each by one of its indexes."""

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from typing import Any

from peewee import chunked

from models.changed_row import ChangedRow

Parts = list[tuple[str, int]]  # tables and ids of rows


def changes_of_row(table: str, row_id: int) -> Any:
    """What was done to a row, the newest first."""
    here = (ChangedRow.table_name == table) & (ChangedRow.row_id == row_id) & ChangedRow.change.is_null(False)
    return ChangedRow.select().where(here).order_by(ChangedRow.change.desc(), ChangedRow.id.desc())


def changes_of_rows(parts: Iterable[tuple[str, int]], told: Any = None) -> Iterator[ChangedRow]:
    """What was done to these rows, or what a query has of it; some hundred rows at a time."""
    told = ChangedRow.select() if told is None else told
    for some in chunked(sorted(parts), 500):
        of_tables: dict[str, list[int]] = {}
        for table, row_id in some:
            of_tables.setdefault(table, []).append(row_id)
        each = ((ChangedRow.table_name == table) & ChangedRow.row_id.in_(ids) for table, ids in of_tables.items())
        yield from told.where(reduce(or_, each), ChangedRow.change.is_null(False)).iterator()
