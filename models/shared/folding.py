"""Texts as a reader looks for them: without capitals and accents, in a table beside the others, for search and order.

Triggers in plain SQL mark each text that is new or has changed, whoever wrote it. What a model writes is folded at
once, what somebody typed with another program by the next list that needs it. The tables themselves stay as they are.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from peewee import SQL, CharField, Field, InternalError, NodeList, Table

from models.shared.database import database, is_sqlite
from models.shared.fold import fold
from models.shared.kinds import has_kind, kind_of
from models.shared.prepared import Given, prepared
from models.shared.waiting import without_waiting

LONGEST_START = 100  # characters by which a list is ordered; PostgreSQL's index takes no long texts
BATCH = 500
LOG_SECONDS = 1  # that a list waits at most: this process itself is in the way while it copies SQLite's log

folded: Any = Table("folded", ("id", "place", "row_id", "start", "text"))


class StartField(CharField):
    """The beginning of a folded text, which orders alike on every engine: by the numbers of Unicode."""

    def ddl(self, ctx: Any) -> NodeList:
        """As Peewee's, but PostgreSQL would order by the rules of its own place."""
        nodes: NodeList = super().ddl(ctx)
        return nodes if is_sqlite() else NodeList((nodes, SQL('COLLATE "C"')))


def folded_fields(model: Any) -> list[Field]:
    """The texts of a model that its lists are searched or ordered by."""
    named = {*model.searched, *model.sorts}
    fields = [field for field in model._meta.sorted_fields if field.name in named and has_kind(field)]
    return [field for field in fields if kind_of(field).is_text]


def text_place(field: Any) -> str:
    """Where the texts of `field` stand."""
    return f"{field.model._meta.table_name}.{field.column_name}"


def text_places(model: Any) -> list[str]:
    """Where all of its folded texts stand."""
    return [text_place(field) for field in folded_fields(model)]


def searched_places(model: Any) -> list[str]:
    """Those that a search looks through."""
    return [text_place(field) for field in folded_fields(model) if field.name in model.searched]


def fold_row(row: Any, changed: set[str]) -> None:
    """In the transaction that writes `row`: fold those of its texts that have been `changed`."""
    for field in folded_fields(type(row)):
        if field.name in changed:
            copy().execute(place=text_place(field), row_id=row.id, **copies(row.__data__[field.name]))


@prepared
def copy() -> Any:
    """What keeps the copy of one text."""
    here = (folded.place == Given("place")) & (folded.row_id == Given("row_id"))
    return folded.bind(database).update(text=Given("text"), start=Given("start")).where(here)


def fold_new(model: Any) -> int:
    """Fold the texts that other programs wrote; the number of the newest copy. One query, which usually finds nothing.

    Where the database cannot be written just now, they stay unfolded: not found, and last in order.
    """
    places = text_places(model)
    these = ", ".join([database.param] * len(places))
    some = f"SELECT 1 FROM folded WHERE text IS NULL AND place IN ({these})"  # noqa: S608
    sql = f"SELECT (SELECT coalesce(max(id), 0) FROM folded), EXISTS ({some})"  # noqa: S608
    newest, is_any = database.execute_sql(sql, places).fetchone()
    if is_any:
        # Another program may be writing, or this one may only read.
        with suppress(InternalError), without_waiting(longer_than=LOG_SECONDS), database.atomic():
            while fold_some(model):
                pass
    return int(newest)


def unfolded(model: Any, most: int) -> list[tuple[int, str, int]]:
    """The id, the place and the row of marks of texts that have not been folded."""
    marks = folded.bind(database)
    is_new = marks.text.is_null() & marks.place.in_(text_places(model))
    found = marks.select(marks.id, marks.place, marks.row_id).where(is_new)
    return list(found.limit(most).tuples())


def fold_some(model: Any) -> bool:
    """Whether there may be more of them."""
    marks, found = folded.bind(database), unfolded(model, BATCH)
    for field in folded_fields(model):
        ids = {row_id: mark for mark, place, row_id in found if place == text_place(field)}
        texts = model.select(model.id, field).where(model.id.in_(list(ids))).tuples()
        write_copies((ids.pop(row_id), text) for row_id, text in list(texts))
        marks.delete().where(marks.id.in_(list(ids.values()))).execute()  # their rows are gone
    return len(found) == BATCH


def write_copies(texts: Iterator[tuple[int, Any]]) -> None:
    """The copies of texts by the ids of their marks: a text that has just been changed has another mark by now."""
    values = [(*copies(text).values(), mark) for mark, text in texts]
    sql = "UPDATE folded SET text = ?, start = ? WHERE id = ?".replace("?", database.param)
    database.execute_many(sql, values)


def copies(text: Any) -> dict[str, str | None]:
    """What is kept of a text; of none, that there is none."""
    if text is None:
        return {"text": "", "start": None}
    whole = fold(text)
    return {"text": whole, "start": whole[:LONGEST_START]}
