"""What the history knows of a row goes on under the new names of its table and its columns."""

from collections.abc import Mapping

from models.shared.alteration.rows_in_words import all_tables
from models.shared.database import database, is_sqlite
from models.shared.sql_names import sql_name

HISTORY_TABLE = "changed_rows"
SIDES = ("before", "after")  # columns with a JSON object each, whose names are columns


def rename_in_history(old: str, new: str, columns: Mapping[str, str]) -> None:
    """The table `old` is called `new`, and its columns have new names by their old ones."""
    if HISTORY_TABLE not in all_tables():
        return
    mark = database.param
    if old != new:
        database.execute_sql(f"UPDATE {HISTORY_TABLE} SET table_name = {mark} WHERE table_name = {mark}", (new, old))  # noqa: S608
    for before, after in columns.items():
        for side in SIDES:
            rename_member(new, side, before, after)


def rename_member(table: str, side: str, before: str, after: str) -> None:
    """In each object that has it, the value keeps its kind."""
    place, mark = sql_name(side), database.param
    if is_sqlite():
        old, new = f'$."{before}"', f'$."{after}"'
        value = f"json_remove(json_set({place}, ?, json_extract({place}, ?)), ?)"
        where, values = f"json_type({place}, ?) IS NOT NULL", (new, old, old, table, old)
    else:
        value = f"(({place}::jsonb - %s) || jsonb_build_object(%s::text, {place}::jsonb -> %s))::text"
        where, values = f"jsonb_exists({place}::jsonb, %s)", (before, after, before, table, before)
    sql = f"UPDATE {HISTORY_TABLE} SET {place} = {value} WHERE table_name = {mark} AND {where}"  # noqa: S608
    database.execute_sql(sql, values)
