"""What is noted of a table: which columns it has now, and what its class says of them."""

from typing import Any, NamedTuple

from models.shared.database import database, is_sqlite

COLUMNS_OF_TABLES = (
    "SELECT tables.name, columns.name FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns "
    "WHERE tables.type = 'table' ORDER BY tables.name, columns.cid"
)
UNIQUE_INDEXES = (
    "SELECT tables.name, indexes.name, columns.name, columns.coll FROM sqlite_master AS tables, "
    "pragma_index_list(tables.name) AS indexes, pragma_index_xinfo(indexes.name) AS columns "
    "WHERE tables.type = 'table' AND indexes.\"unique\" AND columns.key "
    "ORDER BY tables.name, indexes.name, columns.seqno"
)


class Noted(NamedTuple):
    """A table whose rows have a history. `unique` has the columns, with their collations, of what is there once."""

    table: str
    columns: tuple[str, ...]
    unique: tuple[tuple[tuple[str, str], ...], ...]
    counters: tuple[str, ...]
    secrets: tuple[str, ...]

    @property
    def kept(self) -> list[str]:
        """The columns that are noted of a whole row, beside its id."""
        return [each for each in self.columns if each not in (*self.secrets, "id")]

    @property
    def values(self) -> list[str]:
        """Those that are noted when they change."""
        return [each for each in self.kept if each not in self.counters]


def noted_tables(models: list[Any]) -> list[Noted]:
    """Those of the models that have a history, as far as their tables are there. SQLite tells of columns; PostgreSQL's
    triggers need not know them."""
    noted = [model for model in models if model.history]
    if not is_sqlite():
        tables = set(database.get_tables())
        return [noted_table(model, (), ()) for model in noted if model._meta.table_name in tables]
    columns: dict[str, list[str]] = {}
    for table, column in database.execute_sql(COLUMNS_OF_TABLES).fetchall():
        columns.setdefault(table, []).append(column)
    unique: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for table, index, column, collation in database.execute_sql(UNIQUE_INDEXES).fetchall():
        if column is not None:  # an expression; what it makes of two rows, nobody can say before
            unique.setdefault(table, {}).setdefault(index, []).append((column, collation))
    there = [(model, model._meta.table_name) for model in noted if model._meta.table_name in columns]
    return [
        noted_table(model, tuple(columns[table]), tuple(map(tuple, unique.get(table, {}).values())))
        for model, table in there
    ]


def noted_table(model: Any, columns: tuple[str, ...], unique: tuple[Any, ...]) -> Noted:
    """What the class says beside them."""
    counters, secrets = (
        tuple(model._meta.fields[name].column_name for name in names) for names in (model.counters, model.secrets)
    )
    return Noted(model._meta.table_name, columns, unique, counters, secrets)
