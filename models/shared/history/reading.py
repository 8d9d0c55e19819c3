"""What is asked of the history, each by one of its indexes."""

from typing import Any

from peewee import SQL

from models.changed_row import ChangedRow


def changes_of_row(table: str, row_id: int) -> Any:
    """What was done to a row, the newest first."""
    here = (ChangedRow.table_name == table) & (ChangedRow.row_id == row_id) & ChangedRow.change.is_null(False)
    return ChangedRow.select().where(here).order_by(ChangedRow.change.desc(), ChangedRow.id.desc())


def deleted_lately(table: str = "") -> Any:
    """Rows of a table, or of all, that were deleted, the newest first."""
    gone = ChangedRow.select().where(SQL("done = 'delete'"), ChangedRow.change.is_null(False))
    return (gone.where(ChangedRow.table_name == table) if table else gone).order_by(ChangedRow.id.desc())
