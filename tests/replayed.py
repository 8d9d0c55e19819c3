"""The rows of the tables, and the same as the history tells them."""

from models.changed_row import ChangedRow
from models.shared.database import database
from models.shared.history.stored import stored_values
from models.shared.loading import all_models


def rows_now():
    """The rows of each table that has a history, by their ids, without what only counts and what is secret."""
    found = {}
    for model in [model for model in all_models() if model.history]:
        apart = {model._meta.fields[name].column_name for name in (*model.counters, *model.secrets)}
        cursor = database.execute_sql(f'select * from "{model._meta.table_name}"')
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        found[model._meta.table_name] = {
            row["id"]: {name: comparable(value) for name, value in row.items() if name not in (*apart, "id")}
            for row in rows
        }
    return found


def rows_told(before):
    """Those of `before`, and what the history knows of since then. It must not contradict what is there."""
    tables = {table: {row_id: dict(row) for row_id, row in rows.items()} for table, rows in before.items()}
    apart = {
        model._meta.table_name: {model._meta.fields[name].column_name for name in (*model.counters, *model.secrets)}
        for model in all_models()
    }
    for row in ChangedRow.select().where(ChangedRow.change.is_null(False)).order_by(ChangedRow.id):
        rows, aside = tables.setdefault(row.table_name, {}), apart[row.table_name]
        old, new = (
            {name: comparable(value) for name, value in stored_values(text).items() if name not in aside}
            for text in (row.before, row.after)
        )
        if row.done == "create":
            assert row.row_id not in rows
            rows[row.row_id] = new
        elif row.done == "delete":
            assert rows.pop(row.row_id) == old
        else:
            assert {name: rows[row.row_id][name] for name in old} == old
            rows[row.row_id] |= new
    return tables


def comparable(value):
    """Of PostgreSQL's types, what the history writes."""
    return value if isinstance(value, str | int | float | bytes | None) else value.isoformat()
