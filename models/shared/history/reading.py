"""What is asked of the history, each by one of its indexes."""

from typing import Any

from peewee import SQL

from models.changed_row import ChangedRow


def changes_of_row(table: str, row_id: int) -> Any:
    """What was done to a row, the newest first."""
    return (
        ChangedRow.select().where(ChangedRow.table_name == table, ChangedRow.row_id == row_id).order_by(newest_first())
    )


def deleted_lately(table: str = "") -> Any:
    """Rows of a table, or of all, that were deleted, the newest first."""
    gone = ChangedRow.select().where(SQL("done = 'delete'"), ChangedRow.change.is_null(False)).order_by(newest_first())
    return gone.where(ChangedRow.table_name == table) if table else gone


def newest_first() -> Any:
    """The order in which rows were written, backwards."""
    return ChangedRow.id.desc()
