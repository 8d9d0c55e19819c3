"""SQLite's own index (FTS5) of the folded texts of a table with many rows.

A row has one document: its texts, a line each. The table `folded_users` finds any run of three letters or more exactly,
`folded_users_short` pairs of letters and single ones. The index knows all copies up to the number `up_to`. Whatever has
a newer copy is pending, and a search looks at that directly. So nothing is written here when a row is written, no
trigger knows of it, and programs without FTS5 write as before.
"""

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from operator import add
from typing import Any, Self

from models.shared.database import database, is_sqlite
from models.shared.folding import searched_places
from models.shared.sql_names import sql_name, sql_text

STATE = "folded_indexes"  # what each index knows
OLDEST_SQLITE = (3, 34)  # that has the tokenizer `trigram`
THESE = "IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True)
class TextIndex:
    """The index of one table: how many documents it has, and up to which copy."""

    table: str
    places: str  # of the texts, as SQL's list
    documents: int
    up_to: int

    @classmethod
    def of(cls, model: Any) -> Self | None:
        """That of `model`; None where there is none."""
        if not (has_fts5() and has_table(STATE)):
            return None
        table, places = model._meta.table_name, places_of(model)
        sql = f"SELECT documents, up_to FROM {STATE} WHERE name = ? AND places = ?"  # noqa: S608
        state = database.execute_sql(sql, (table, places)).fetchone()
        return cls(table, places, *state) if state else None

    @property
    def name(self) -> str:
        """The table that finds three letters and more."""
        return sql_name(f"folded_{self.table}")

    @property
    def short_name(self) -> str:
        """The table that finds one or two."""
        return sql_name(f"folded_{self.table}_short")

    @property
    def content(self) -> str:
        """Where FTS5 keeps the documents: their `id` is that of the row, `c0` the text."""
        return sql_name(f"folded_{self.table}_content")

    def match(self, text: str) -> tuple[str, str]:
        """The table that finds `text`, and how it is asked."""
        if len(text) > 2:
            return self.name, as_phrase(text)
        return self.short_name, as_phrase(without_blanks(text)) + " *" * (len(text) == 1)

    def hits(self, text: str, pending: list[int]) -> tuple[str, list[Any]]:
        """A query of the ids of all rows that have `text`, and its parameters. Those `pending` are looked through."""
        name, asked = self.match(text)
        sql = f"SELECT rowid FROM {name} WHERE {name} MATCH ?"  # noqa: S608
        if not pending:
            return sql, [asked]
        rows = json.dumps(pending)
        sql = f"{sql} AND rowid NOT {THESE} UNION ALL SELECT DISTINCT {self.looked_through()}"
        return sql, [asked, rows, rows, text]

    def hit_count(self, text: str, pending: list[int]) -> tuple[str, list[Any]]:
        """A query of how many these are, and its parameters: FTS5 is quick when nothing else is asked."""
        name, asked = self.match(text)
        count = f"SELECT count(*) FROM {name} WHERE {name} MATCH ?"  # noqa: S608
        if not pending:
            return count, [asked]
        old = f"SELECT count(*) FROM {self.content} WHERE id {THESE} AND instr(c0, ?)"  # noqa: S608
        new = f"SELECT count(DISTINCT row_id) FROM (SELECT {self.looked_through()})"  # noqa: S608
        rows = json.dumps(pending)
        return f"SELECT ({count}) - ({old}) + ({new})", [asked, rows, text, rows, text]

    def looked_through(self) -> str:
        """Of some rows, those with a copy that has a text, as a part of SQL."""
        return f"row_id FROM folded WHERE row_id {THESE} AND place IN ({self.places}) AND instr(text, ?)"

    def hits_after(self, text: str, row: int | None, is_down: bool, count: int) -> list[int]:
        """Up to `count` of the documents with `text`, up or down from a row."""
        name, asked = self.match(text)
        parameters: list[Any] = [asked] if row is None else [asked, row]
        start = "" if row is None else f"AND rowid {'<' if is_down else '>'} ?"
        sql = f"SELECT rowid FROM {name} WHERE {name} MATCH ? {start} ORDER BY rowid {'DESC' * is_down} LIMIT {count}"  # noqa: S608
        return [row_id for (row_id,) in database.execute_sql(sql, parameters).fetchall()]

    def pending(self) -> list[int]:
        """The rows with a copy that is newer than the index."""
        rows = database.execute_sql(f"SELECT DISTINCT {self.newer()}", (self.up_to, self.newest())).fetchall()
        return [row_id for (row_id,) in rows]

    def newer(self) -> str:
        """Of the rows with a copy between two numbers, as a part of SQL. The sign keeps SQLite from another index."""
        return f"row_id FROM folded WHERE id > ? AND id <= ? AND +place IN ({self.places})"

    @staticmethod
    def newest() -> int:
        """The number of the newest copy of all tables."""
        (number,) = database.execute_sql("SELECT coalesce(max(id), 0) FROM folded").fetchone()
        return int(number)

    def count_documents(self, rows: list[int]) -> int:
        """How many of these rows have one."""
        sql = f"SELECT count(*) FROM {self.content} WHERE id {THESE}"  # noqa: S608
        return int(database.execute_sql(sql, (json.dumps(rows),)).fetchone()[0])


def places_of(model: Any) -> str:
    """Where the texts of `model` stand that are searched, as SQL's list."""
    return ", ".join(map(sql_text, searched_places(model)))


def has_fts5() -> bool:
    """Whether this Python's SQLite has what an index is made of."""
    return is_sqlite() and sqlite3.sqlite_version_info >= OLDEST_SQLITE and is_built_in("ENABLE_FTS5")


@cache
def is_built_in(option: str) -> bool:
    """Whether this Python's SQLite was built with that."""
    with closing(sqlite3.connect(":memory:")) as nothing:
        return bool(nothing.execute("SELECT sqlite_compileoption_used(?)", (option,)).fetchone()[0])


def has_table(table: str) -> bool:
    """Whether there is such a table."""
    sql = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return database.execute_sql(sql, (table,)).fetchone() is not None


def pairs(text: str) -> str:
    """The pairs of letters in a text, each once, and its last letter: all that one or two letters can be found by."""
    text = without_blanks(text)
    return " ".join({*map(add, text, text[1:]), text[-1:]})


def without_blanks(text: str) -> str:
    """With a sign that no folded text has, as a blank ends a word."""
    return text.replace(" ", "\xa0")


def as_phrase(text: str) -> str:
    """As FTS5 writes a text."""
    return '"' + text.replace('"', '""') + '"'
