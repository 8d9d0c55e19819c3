"""Which class a table belongs to, or what it is for where it belongs to none."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from lab.cures import models_by_table
from lab.housekeeping import is_housekeeping
from lab.tables.hidden import hidden_columns
from lab.tables.postgresql_tables import postgresql_tables
from lab.tables.reader import TableReader
from lab.tables.sqlite_tables import sqlite_tables
from lab.tables.stored import StoredColumn, StoredKey, StoredTable
from models.shared.alteration.kept import is_kept_aside
from models.shared.migrating import APPLIED
from models.shared.text_index import STATE

KEPT_FOR = {
    APPLIED: "The migrations that have been applied.",
    STATE: "How far each index of texts goes.",
    "sqlite_sequence": "SQLite's own: the last id that each table has given.",
}


@dataclass(frozen=True)
class KnownTable:
    """A table as it is stored, its class where it has one, and else what the site has it `kept_for`, if it does.

    `is_missing` when only the class knows it.
    """

    stored: StoredTable
    model: Any = None
    kept_for: str = ""
    is_missing: bool = False

    @property
    def name(self) -> str:
        """As the database has it."""
        return self.stored.name

    @property
    def is_own(self) -> bool:
        """Whether it is a student's: no table that the site has for itself."""
        return not self.kept_for and not (self.model and is_housekeeping(self.model.__name__))

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The columns of which nobody sees a value."""
        return hidden_columns(self.name, list(self.stored.by_name))

    @property
    def open_columns(self) -> list[StoredColumn]:
        """Those by which its rows may be sorted and looked for: a secret could be guessed by either."""
        return [column for column in self.stored.columns if column.name not in self.hidden]

    @cached_property
    def fields(self) -> dict[str, Any]:
        """The fields of the class, by the names of their columns."""
        return {field.column_name: field for field in self.model._meta.sorted_fields} if self.model else {}


def known_tables(reader: TableReader) -> list[KnownTable]:
    """All tables: those of classes in the order of these, then the others by their names."""
    stored = {each.name: each for each in with_whole_keys(tables_in_database(reader))}
    models = models_by_table()
    ours = [known_table(models[name], stored.pop(name, None)) for name in by_weight()]
    virtual = [each.name for each in stored.values() if each.kind == "virtual"]
    return ours + [KnownTable(each, kept_for=kept_for(name, virtual)) for name, each in stored.items()]


def known_table(model: Any, stored: StoredTable | None) -> KnownTable:
    """That of a class; None where the database has none."""
    return KnownTable(stored or StoredTable(model._meta.table_name), model, is_missing=stored is None)


def tables_in_database(reader: TableReader) -> list[StoredTable]:
    """As its engine tells them."""
    return sqlite_tables(reader) if reader.is_sqlite else postgresql_tables(reader)


def by_weight() -> list[str]:
    """The tables of classes: a student's own before those that the site has for itself."""
    return sorted(models_by_table(), key=lambda name: is_housekeeping(models_by_table()[name].__name__))


def kept_for(name: str, virtual: Iterable[str]) -> str:
    """What the site or the engine has a table for; nothing for one of which nobody knows."""
    if name in KEPT_FOR:
        return KEPT_FOR[name]
    if name.startswith("sqlite_"):
        return "SQLite's own."
    if is_kept_aside(name):
        return "What python -m models change --undo brings back."
    if name.startswith("folded_"):
        return "A part of an index of texts, for the search."
    whole = next((each for each in virtual if name.startswith(f"{each}_")), "")
    return f"A part of the virtual table {whole}." if whole else ""


def with_whole_keys(tables: list[StoredTable]) -> list[StoredTable]:
    """The same, and each foreign key names its table and columns as they are called: SQLite takes a for A in names."""
    by_name = {each.name.lower(): each for each in tables}
    return [replace(each, keys=tuple(whole_key(key, by_name) for key in each.keys)) for each in tables]


def whole_key(key: StoredKey, by_name: dict[str, StoredTable]) -> StoredKey:
    """One of them; what refers to no column refers to the primary key."""
    table = by_name.get(key.table.lower())
    if table is None:
        return key
    names = {column.name.lower(): column.name for column in table.columns}
    to = tuple(names.get(column.lower(), column) for column in key.to_columns) or table.primary_key
    return replace(key, table=table.name, to_columns=to)
