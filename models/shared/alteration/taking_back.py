"""A change is undone: its tables and rows are brought back, unless something was written since."""

from models.shared.alteration.carrying_out import Report, forget_texts, lost_references, refuse_damage
from models.shared.alteration.kept import KeptAlteration, bring_table_back, forget_alterations, written_since
from models.shared.alteration.names_in_history import rename_in_history
from models.shared.alteration.remade import broken_by_names
from models.shared.changing_tables import changing_tables
from models.shared.database import checkpoint, database, is_sqlite
from models.shared.migrating import APPLIED
from models.shared.start_errors import Unusable


def rows_since(kept: KeptAlteration) -> list[str]:
    """What was written since, in words."""
    return [line for table in kept.tables for line in written_since(table)]


def undo(kept: KeptAlteration) -> None:
    """Bring its tables and rows back. Unusable when rows have been written since."""
    with changing_tables():
        if news := rows_since(kept):
            raise Unusable(" ".join(news))
        lost, broken = lost_references(), broken_by_names() if is_sqlite() else ""
        for table in kept.tables:
            for name in {table.old, table.new} - {""}:
                forget_texts(name)
        for table in reversed(kept.tables):
            bring_table_back(table)
            names = {new: old for old, new in table.state["renamed"].items()}
            rename_in_history(table.new or table.old, table.old, names)
        if kept.file:
            database.execute_sql(f"DELETE FROM {APPLIED} WHERE name = {database.param}", (kept.file,))  # noqa: S608
        refuse_damage(Report(lost_before=lost, lost_after=lost_references()), broken)
        forget_alterations([kept])
    checkpoint()
