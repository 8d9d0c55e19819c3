"""What is asked of the history, each by one of its indexes."""

from typing import Any

from models.changed_row import ChangedRow


def changes_of_row(table: str, row_id: int) -> Any:
    """What was done to a row, the newest first."""
    here = (ChangedRow.table_name == table) & (ChangedRow.row_id == row_id) & ChangedRow.change.is_null(False)
    return ChangedRow.select().where(here).order_by(ChangedRow.change.desc(), ChangedRow.id.desc())
