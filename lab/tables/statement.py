"""A query for rows of one table, as it is sent, and as it is told to who reads it."""

from typing import Any

from lab.tables.asked import PLAIN_NUMBER, TAKES_NO_VALUE, RowsAsked, Wanted
from lab.tables.reader import TableReader
from lab.tables.stored import StoredColumn, StoredTable
from models.shared.sql_names import sql_name, sql_text


class QueryWriter:
    """Writes a query for the database: its values go beside it."""

    def __init__(self, reader: TableReader) -> None:
        self.reader = reader
        self.values: list[Any] = []

    def name(self, name: str) -> str:
        """The name of a table or a column."""
        return self.reader.name(name)

    def value(self, value: Any) -> str:
        """A value that something is compared with."""
        self.values.append(value)
        return self.reader.param

    def source(self, table: StoredTable, wanted: tuple[Wanted, ...]) -> str:
        """FROM and WHERE."""
        parts = [self.comparison(table.by_name[each.column], each) for each in wanted]
        return f"FROM {self.name(table.name)}" + (f" WHERE {' AND '.join(parts)}" if parts else "")

    def comparison(self, column: StoredColumn, wanted: Wanted) -> str:
        """A filter."""
        name = self.name(column.name)
        if wanted.way in TAKES_NO_VALUE:
            return f"{name} {wanted.way}"
        if wanted.way == "contains":
            word = "LIKE" if self.reader.is_sqlite else "ILIKE"
            return f"CAST({name} AS TEXT) {word} {self.value(like(wanted.value))} ESCAPE '!'"
        values = meanings(self.reader, column, wanted.value)
        if len(values) > 1 and wanted.way in ("=", "<>"):
            these = ", ".join(self.value(each) for each in values)
            return f"{name} {'NOT ' * (wanted.way == '<>')}IN ({these})"
        return f"{name} {wanted.way} {self.value(values[-1])}"

    def order(self, table: StoredTable, asked: RowsAsked, is_backwards: bool = False) -> str:
        """By what is asked for, then by the key, so that each row has one place. NULL comes last, up or down."""
        keys = {asked.sort: self.name(asked.sort)} if asked.sort else {}
        keys |= self.key(table)
        is_down = asked.is_down != is_backwards
        parts = []
        for name, written in keys.items():
            may_be_null = name in table.by_name and table.by_name[name].is_null
            nulls = f" NULLS {'FIRST' if is_backwards else 'LAST'}" * may_be_null
            parts.append(f"{written}{' DESC' * is_down}{nulls}")
        return f" ORDER BY {', '.join(parts)}" if parts else ""

    def key(self, table: StoredTable) -> dict[str, str]:
        """What tells its rows apart, in SQL; nothing for a view. In SQLite a key of texts may be NULL."""
        has_number = table.kind == "table" and not (self.reader.is_sqlite and table.is_without_rowid)
        number = "rowid" if self.reader.is_sqlite else "ctid"
        is_certain = not self.reader.is_sqlite or table.is_without_rowid or table.is_numbered
        if table.primary_key and (is_certain or number in table.by_name):
            return {name: self.name(name) for name in table.primary_key}
        return {number: number} if has_number and number not in table.by_name else {}

    def select(self, table: StoredTable, asked: RowsAsked, cells: str, is_backwards: bool, part: str) -> str:
        """These `cells` of a `part` of the rows. Their keys are found first, so that only those rows are read whole."""
        source, order = self.source(table, asked.wanted), self.order(table, asked, is_backwards)
        key = ", ".join(self.key(table).values())
        if not key:
            return f"SELECT {cells} {source}{order}{part}"
        keys = f"SELECT {key} {source}{order}{part}"
        return f"SELECT {cells} FROM {self.name(table.name)} WHERE ({key}) IN ({keys}){order}"  # noqa: S608 - as above


class QueryTeller(QueryWriter):
    """Writes it for people."""

    def name(self, name: str) -> str:
        """As Writing's."""
        return sql_name(name)

    def value(self, value: Any) -> str:
        """As Writing's."""
        return sql_text(value) if isinstance(value, str) else str(value)


def meanings(reader: TableReader, column: StoredColumn, text: str) -> list[Any]:
    """What a text may stand for: in SQLite a column may hold a number or the text of it, whatever its type is."""
    if not reader.is_sqlite or column.is_text or not PLAIN_NUMBER.fullmatch(text):
        return [text]
    return [text, float(text) if "." in text else int(text)]


def like(text: str) -> str:
    """What finds a text within another one."""
    return "%" + "".join(f"!{each}" if each in "!%_" else each for each in text) + "%"
