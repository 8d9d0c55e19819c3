"""Keeps the index of folded texts: made when a table gets long, and brought up to date when much is pending."""

import json
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from peewee import InternalError, OperationalError

from models.shared.database import database
from models.shared.folding import fold_some
from models.shared.sql_names import sql_name
from models.shared.text_index import STATE, THESE, TextIndex, has_fts5, has_table, pairs, places_of
from models.shared.totals import total_of
from models.shared.trigram_index import make_trigram_index
from models.shared.waiting import without_waiting

SHORT_TABLE = 3000  # rows, which are looked through in some milliseconds
MOST_PENDING = 1000  # copies
COPIES_AT_ONCE, TEXTS_IN_MEMORY = 20_000, 1000
PAUSE_SHARE = 0.1  # of the time that a transaction took

PUNCTUATION = "".join(chr(number) for number in range(33, 127) if not chr(number).isalnum())
LONG_WORDS = "tokenize = 'trigram case_sensitive 1', columnsize = 0"
SHORT_WORDS = "tokenize = \"ascii tokenchars '{}'\", prefix = 1, detail = none, columnsize = 0, content = ''".format(
    PUNCTUATION.replace("'", "''").replace('"', '""')
)


def index_texts(models: Iterable[Any]) -> Iterator[int]:
    """Make and fill the indexes of long tables; yields how many copies were looked at, after each transaction.

    Others can write in the pauses. Where nothing can be written just now, it ends: a search goes on with it.
    """
    make_trigram_index()
    for model in models:
        with suppress(OperationalError, InternalError):
            while is_behind(model, before := TextIndex.of(model)):
                started = time.perf_counter()
                index_some(model)
                after = TextIndex.of(model)
                yield (after.up_to if after else 0) - (before.up_to if before else 0)
                time.sleep((time.perf_counter() - started) * PAUSE_SHARE)


def copies_ahead(models: Iterable[Any]) -> int:
    """How many `index_texts` will look at."""
    indexes = [(model, TextIndex.of(model)) for model in models]
    return sum(
        TextIndex.newest() - (index.up_to if index else 0) for model, index in indexes if is_behind(model, index)
    )


def ready_index(model: Any) -> TextIndex | None:
    """The index of `model`, with little pending; None where the texts have to be looked through."""
    index = TextIndex.of(model)
    if is_behind(model, index):
        with suppress(InternalError), without_waiting():
            index_some(model)
        index = TextIndex.of(model)
    return None if is_behind(model, index) else index


def is_behind(model: Any, index: TextIndex | None) -> bool:
    """Whether there is more to look through than should be."""
    return index.newest() - index.up_to > MOST_PENDING if index else has_fts5() and is_long(model)


def is_long(model: Any) -> bool:
    """Whether it is worth an index."""
    if not model.searched:
        return False
    sql = f"SELECT 1 FROM {sql_name(model._meta.table_name)} LIMIT 1 OFFSET {SHORT_TABLE}"  # noqa: S608
    return database.execute_sql(sql).fetchone() is not None


def index_some(model: Any) -> bool:
    """Bring some of what is pending into the index. Whether there may be more of it."""
    with database.atomic():
        while fold_some(model):
            pass
        index = TextIndex.of(model) or make_index(model)
        newest = index.newest()
        top = min(index.up_to + COPIES_AT_ONCE, newest)
        documents = index.documents - remove_documents(index, f"IN (SELECT {index.newer()})", index.up_to, top)
        documents += add_documents(index, top)
        if top == newest and documents != total_of(model.select()):
            documents -= remove_documents(index, f"NOT IN (SELECT id FROM {sql_name(index.table)})")  # noqa: S608
        sql = f"UPDATE {STATE} SET documents = ?, up_to = ? WHERE name = ?"  # noqa: S608
        database.execute_sql(sql, (documents, top, index.table))
    return top < newest


def make_index(model: Any) -> TextIndex:
    """An empty one, in place of one of other texts."""
    index = TextIndex(model._meta.table_name, places_of(model), documents=0, up_to=0)
    drop_indexes(index.table)
    columns = "name TEXT PRIMARY KEY, places TEXT NOT NULL, documents INTEGER NOT NULL, up_to INTEGER NOT NULL"
    database.execute_sql(f"CREATE TABLE IF NOT EXISTS {STATE} ({columns})")
    database.execute_sql(f"INSERT INTO {STATE} VALUES (?, ?, 0, 0)", (index.table, index.places))  # noqa: S608
    for name, words in ((index.name, LONG_WORDS), (index.short_name, SHORT_WORDS)):
        database.execute_sql(f"CREATE VIRTUAL TABLE {name} USING fts5(texts, {words})")
    return index


def remove_documents(index: TextIndex, which: str, *numbers: int) -> int:
    """Those of these rows; how many there were."""
    rows = database.execute_sql(f"SELECT id FROM {index.content} WHERE id {which}", numbers).fetchall()  # noqa: S608
    short = index.short_name
    for start in range(0, len(rows), TEXTS_IN_MEMORY):
        some = json.dumps([row_id for (row_id,) in rows[start : start + TEXTS_IN_MEMORY]])
        old = database.execute_sql(f"SELECT id, c0 FROM {index.content} WHERE id {THESE}", (some,)).fetchall()  # noqa: S608
        sql = f"INSERT INTO {short} ({short}, rowid, texts) VALUES ('delete', ?, ?)"  # noqa: S608
        database.execute_many(sql, [(row_id, pairs(text)) for row_id, text in old])
        database.execute_many(f"DELETE FROM {index.name} WHERE rowid = ?", [(row_id,) for row_id, _ in old])  # noqa: S608
    return len(rows)


def add_documents(index: TextIndex, top: int) -> int:
    """Those of the rows whose newest copy is up to `top`; how many these are."""
    found = database.execute_sql(
        f"SELECT row_id, group_concat(text, char(10)) FROM folded WHERE row_id IN (SELECT {index.newer()}) "  # noqa: S608
        f"AND place IN ({index.places}) GROUP BY row_id HAVING max(id) <= ?",
        (index.up_to, top, top),
    )
    added = 0
    while new := found.fetchmany(TEXTS_IN_MEMORY):
        database.execute_many(f"INSERT INTO {index.name} (rowid, texts) VALUES (?, ?)", new)  # noqa: S608
        sql = f"INSERT INTO {index.short_name} (rowid, texts) VALUES (?, ?)"  # noqa: S608
        database.execute_many(sql, [(row_id, pairs(text)) for row_id, text in new])
        added += len(new)
    return added


def drop_indexes(table: str = "") -> None:
    """That of `table`, or all."""
    if not (has_fts5() and has_table(STATE)):
        return
    for (name,) in database.execute_sql(f"SELECT name FROM {STATE}").fetchall():  # noqa: S608
        if table in ("", name):
            index = TextIndex(name, "", 0, 0)
            for each in (index.name, index.short_name):
                database.execute_sql(f"DROP TABLE IF EXISTS {each}")
            database.execute_sql(f"DELETE FROM {STATE} WHERE name = ?", (name,))  # noqa: S608
