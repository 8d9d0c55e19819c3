"""Rows of any table or view, a page at a time. What is secret never leaves the database.

Pages have numbers here: so a view can be read, too, and a table without a key. The second half of a long table is read
from its end.
"""

from dataclasses import dataclass
from typing import Any

from lab.secrets import HIDDEN, without_hashes
from lab.sql_words import in_lines
from lab.tables.asked import RowsAsked
from lab.tables.reader import TableReader, TooSlow
from lab.tables.statement import QueryTeller, QueryWriter
from lab.tables.stored import StoredColumn
from lab.tables.whose import KnownTable

LETTERS_IN_LIST, LETTERS_ALONE = 100, 20_000
SPARE_LETTERS = 200  # so that a secret is whole when it is looked for


@dataclass(frozen=True)
class ShownValue:
    """A value as a page shows it: `kind` is `null`, `secret`, `bytes`, `number` or `text`.

    `whole` is the text by which it can be looked for; None where that is not all of it.
    """

    text: str
    kind: str = "text"
    whole: str | None = None


@dataclass(frozen=True)
class RowPage:
    """Some rows, the number of the first one, and the SQL for them. A `total` of None took too long to count."""

    rows: list[list[ShownValue]]
    total: int | None
    first: int
    sql: str


def page_of_rows(reader: TableReader, known: KnownTable, asked: RowsAsked) -> RowPage:
    """The rows that are asked for. TooSlow, or one of Peewee's errors where a value is none of its column."""
    table, writer, teller = known.stored, QueryWriter(reader), QueryTeller(reader)
    total = counted_rows_of(reader, writer.source(table, asked.wanted), writer.values)
    start = asked.limit * (asked.page - 1)
    count = asked.limit if total is None else max(0, min(asked.limit, total - start))
    is_backwards = total is not None and start > total // 2 and bool(writer.key(table))
    skipped = (total or 0) - start - count if is_backwards else start
    letters = LETTERS_ALONE if count == 1 else LETTERS_IN_LIST
    rows: list[tuple[Any, ...]] = []
    if count:
        writer, part = QueryWriter(reader), f" LIMIT {count} OFFSET {skipped}"
        sql = writer.select(table, asked, cells_of(reader, known, letters), is_backwards, part)
        rows = reader.rows(sql, writer.values)
    end = f" LIMIT {asked.limit}" + f" OFFSET {start}" * (start > 0)
    said = f"SELECT * {teller.source(table, asked.wanted)}{teller.order(table, asked)}{end}"
    shown = [shown_row_of(known, row, letters) for row in rows]
    return RowPage(shown[::-1] if is_backwards else shown, total, start + 1, in_lines(said))


def counted_rows_of(reader: TableReader, source: str, values: list[Any]) -> int | None:
    """How many there are; None when it takes too long."""
    try:
        return int(reader.rows(f"SELECT count(*) {source}", values)[0][0])
    except TooSlow:
        reader.more_time()
        return None


def cells_of(reader: TableReader, known: KnownTable, letters: int) -> str:
    """The columns in SQL: of a long text its beginning, of bytes how many, of a secret whether it is there."""
    most, hidden = letters + SPARE_LETTERS, known.hidden
    return ", ".join(cell_sql(reader, column, most, is_hidden=column.name in hidden) for column in known.stored.columns)


def cell_sql(reader: TableReader, column: StoredColumn, most: int, is_hidden: bool) -> str:
    """One of them."""
    name = reader.name(column.name)
    if is_hidden:
        return f"CASE WHEN {name} IS NULL THEN NULL ELSE '{HIDDEN}' END"
    if reader.is_sqlite:
        # Of the bytes, as SQLite's functions for texts stop at a NUL; a letter has four at most.
        text, size = f"CAST(substr(CAST({name} AS BLOB), 1, {4 * most}) AS TEXT)", f"CAST(length({name}) AS BLOB)"
        return f"CASE typeof({name}) WHEN 'text' THEN {text} WHEN 'blob' THEN {size} ELSE {name} END"
    return f"octet_length({name})" if column.type == "bytea" else f"left(CAST({name} AS TEXT), {most})"


def shown_row_of(known: KnownTable, row: tuple[Any, ...], letters: int) -> list[ShownValue]:
    """A row of such cells."""
    return [
        ShownValue(HIDDEN, "secret")
        if column.name in known.hidden and value is not None
        else value_as_shown(value, column, letters)
        for value, column in zip(row, known.stored.columns, strict=True)
    ]


def value_as_shown(value: Any, column: StoredColumn, letters: int) -> ShownValue:
    """A value as it came."""
    if value is None:
        return ShownValue("NULL", "null")
    if isinstance(value, bytes) or column.type == "bytea":
        return ShownValue(f"{int(value):,} bytes", "bytes")
    text = str(value)
    said = without_hashes(text).replace("\x00", "\u2400")
    is_whole = said == text and len(said) <= letters
    is_number = isinstance(value, int | float) or (column.is_number and not column.is_text)
    kind = "number" if is_number else "text"
    return ShownValue(said if len(said) <= letters else f"{said[:letters]}…", kind, text if is_whole else None)
